#include "views/dialogs/shortcuts_dialog.h"

#include "views/widgets/buttons.h"
#include "views/widgets/environment.h"
#include "views/widgets/key_cap.h"
#include "views/widgets/scrim.h"
#include "views/widgets/text.h"

#include <QGridLayout>
#include <QShortcut>
#include <QVBoxLayout>

namespace dialogs {

using widgets::Ink;
using widgets::TextRole;
using widgets::Theme;

namespace {

QVBoxLayout *column(const ShortcutGroup &group, QWidget *parent)
{
    auto *box = new QVBoxLayout;
    box->setSpacing(6);
    box->addWidget(widgets::makeLabel(group.title, TextRole::Small12, 600, Ink::Third, parent));
    for (const ShortcutGroup::Key &key : group.keys) {
        auto *row = new QHBoxLayout;
        row->setSpacing(widgets::space::l);
        row->addWidget(widgets::makeLabel(key.what, TextRole::Base13, 400, Ink::Text, parent));
        row->addStretch();
        auto *caps = new QHBoxLayout;
        caps->setSpacing(widgets::space::xs);
        for (const QString &one : key.keys)
            caps->addWidget(new widgets::KeyCap(one, parent));
        row->addLayout(caps);
        box->addLayout(row);
    }
    return box;
}

} // namespace

ShortcutsDialog::ShortcutsDialog(const QList<ShortcutGroup> &groups, const QList<QKeySequence> &closeKeys,
                                 QWidget *parent)
    : QDialog(parent)
{
    new widgets::Scrim(this);
    setObjectName(QStringLiteral("shortcuts"));
    setWindowTitle(tr("Keyboard shortcuts"));
    setAccessibleName(windowTitle());
    setMinimumWidth(760);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    auto *band = new widgets::EnvironmentBand(widgets::environmentOf(parent), this);
    band->setInteractive(false);
    outer->addWidget(band);
    auto *body = new QVBoxLayout;
    body->setContentsMargins(widgets::space::xxl, widgets::space::xl, widgets::space::xxl, widgets::space::xl);
    body->setSpacing(widgets::space::l);
    body->addWidget(widgets::makeLabel(windowTitle(), TextRole::Title15, 600, Ink::Text, this));
    auto *columns = new QHBoxLayout;
    columns->setSpacing(40);
    auto *right = new QVBoxLayout;
    right->setSpacing(widgets::space::xl);
    for (qsizetype i = 0; i < groups.size(); ++i) {
        if (i == 0) {
            auto *left = column(groups[i], this);
            left->addStretch();
            columns->addLayout(left, 1);
        } else {
            right->addLayout(column(groups[i], this));
        }
    }
    right->addStretch();
    columns->addLayout(right, 1);
    body->addLayout(columns);
    auto *change = new widgets::SecondaryButton(tr("Change keys…"), QStringLiteral("shortcuts.change"), this);
    auto *close = new widgets::SecondaryButton(tr("Close"), QStringLiteral("shortcuts.close"), this);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(change);
    buttons->addStretch();
    buttons->addWidget(close);
    body->addLayout(buttons);
    outer->addLayout(body);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    connect(change, &QPushButton::clicked, this, [this] {
        accept();
        Q_EMIT changeRequested();
    });
    for (const QKeySequence &key : closeKeys)
        connect(new QShortcut(key, this), &QShortcut::activated, this, &QDialog::accept);
}

} // namespace dialogs
