#include "views/dialogs/shortcuts_dialog.h"

#include "views/widgets/buttons.h"
#include "views/widgets/environment.h"
#include "views/widgets/scrim.h"
#include "views/widgets/text.h"

#include <QGridLayout>
#include <QPainter>
#include <QShortcut>
#include <QVBoxLayout>

namespace dialogs {

using widgets::Ink;
using widgets::TextRole;
using widgets::Theme;

namespace {

/// A key drawn as a cap.
class KeyCap : public QWidget {
public:
    KeyCap(const QString &text, QWidget *parent) : QWidget(parent), m_text(text)
    {
        setFixedSize(QFontMetrics(Theme::instance().font(TextRole::Small12, 500)).horizontalAdvance(text) + 14, 22);
        setAccessibleName(text);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const auto &c = Theme::instance().colors();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(c.border);
        painter.setBrush(c.surface2);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
        painter.setFont(Theme::instance().font(TextRole::Small12, 500));
        painter.setPen(c.text);
        painter.drawText(rect(), Qt::AlignCenter, m_text);
    }

private:
    QString m_text;
};

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
        row->addWidget(new KeyCap(key.keys, parent));
        box->addLayout(row);
    }
    return box;
}

} // namespace

ShortcutsDialog::ShortcutsDialog(const QList<ShortcutGroup> &groups, QWidget *parent) : QDialog(parent)
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
    auto *close = new widgets::SecondaryButton(tr("Close"), QStringLiteral("shortcuts.close"), this);
    body->addWidget(close, 0, Qt::AlignRight);
    outer->addLayout(body);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    auto *again = new QShortcut(QKeySequence(QStringLiteral("?")), this);
    connect(again, &QShortcut::activated, this, &QDialog::accept);
}

} // namespace dialogs
