#include "views/widgets/review_sheet.h"

#include "views/widgets/buttons.h"
#include "views/widgets/effect_list.h"
#include "views/widgets/environment.h"
#include "views/widgets/scrim.h"
#include "views/widgets/text.h"

#include <QEvent>
#include <QPlainTextEdit>
#include <QShortcut>
#include <QVBoxLayout>

namespace widgets {

struct ReviewSheet::Private {
    QLabel *title, *subtitle, *reasonLabel, *reasonHint, *error;
    QVBoxLayout *body;
    EffectList *effects;
    QPlainTextEdit *reason;
    QPushButton *cancel, *commit, *danger;
    bool required = false, busy = false, dangerous = false;
    int maxChars = 500;
    QString blocked;

    QPushButton *verb() const { return dangerous ? danger : commit; }
};

ReviewSheet::ReviewSheet(const QString &name, QWidget *parent) : QDialog(parent), d(std::make_unique<Private>())
{
    new Scrim(this);
    setObjectName(name);
    setWindowModality(Qt::WindowModal);
    setMinimumWidth(540);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    auto *band = new EnvironmentBand(environmentOf(parent), this);
    band->setInteractive(false);
    outer->addWidget(band);
    auto *column = new QVBoxLayout;
    column->setContentsMargins(space::xxl, space::xl, space::xxl, space::xl);
    column->setSpacing(space::m);
    outer->addLayout(column);

    d->title = makeLabel({}, TextRole::Title15, 600, Ink::Text, this);
    d->title->setWordWrap(true);
    d->subtitle = makeLabel({}, TextRole::Small12, 400, Ink::Second, this);
    auto *heading = new QVBoxLayout;
    heading->setSpacing(2);
    heading->addWidget(d->title);
    heading->addWidget(d->subtitle);
    column->addLayout(heading);
    d->body = new QVBoxLayout;
    d->body->setSpacing(space::s);
    column->addLayout(d->body);
    d->effects = new EffectList(this);
    d->effects->setObjectName(name + QStringLiteral(".effects"));
    d->effects->hide();
    column->addWidget(d->effects);

    d->reasonLabel = makeLabel(tr("Reason"), TextRole::Small12, 500, Ink::Text, this);
    d->reasonHint = makeLabel({}, TextRole::Small12, 400, Ink::Third, this);
    d->reason = new QPlainTextEdit(this);
    d->reason->setObjectName(name + QStringLiteral(".reason"));
    d->reason->setAccessibleName(tr("Reason"));
    d->reason->setPlaceholderText(tr("Why, for the audit log and whoever asks later"));
    d->reason->setTabChangesFocus(true);
    d->reason->setFixedHeight(66);
    d->reasonLabel->setBuddy(d->reason);
    auto *reasonRow = new QHBoxLayout;
    reasonRow->addWidget(d->reasonLabel);
    reasonRow->addStretch();
    reasonRow->addWidget(d->reasonHint);
    auto *reasonBox = new QVBoxLayout;
    reasonBox->setSpacing(space::xs);
    reasonBox->addLayout(reasonRow);
    reasonBox->addWidget(d->reason);
    column->addLayout(reasonBox);
    d->error = makeLabel({}, TextRole::Small12, 500, Ink::Bad, this);
    d->error->setObjectName(name + QStringLiteral(".error"));
    d->error->setWordWrap(true);
    d->error->setTextInteractionFlags(Qt::TextSelectableByMouse);
    d->error->hide();
    column->addWidget(d->error);

    d->cancel = new SecondaryButton(tr("Keep as it is"), name + QStringLiteral(".cancel"), this);
    d->commit = new PrimaryButton({}, name + QStringLiteral(".commit"), this);
    d->danger = new DangerButton({}, name + QStringLiteral(".commitDanger"), this);
    d->danger->hide();
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::s);
    buttons->addStretch();
    buttons->addWidget(d->cancel);
    buttons->addWidget(d->commit);
    buttons->addWidget(d->danger);
    column->addLayout(buttons);

    connect(d->cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(d->commit, &QPushButton::clicked, this, &ReviewSheet::committed);
    connect(d->danger, &QPushButton::clicked, this, &ReviewSheet::committed);
    connect(d->reason, &QPlainTextEdit::textChanged, this, [this] {
        updateCommit();
        Q_EMIT reasonChanged();
    });
    auto *send = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return), this);
    connect(send, &QShortcut::activated, this, [this] {
        if (d->verb()->isEnabled())
            Q_EMIT committed();
    });
    updateCommit();
}

ReviewSheet::~ReviewSheet() = default;

void ReviewSheet::setObject(const QString &title, const QString &subtitle)
{
    d->title->setText(title);
    d->subtitle->setText(subtitle);
    d->subtitle->setVisible(!subtitle.isEmpty());
    setWindowTitle(title);
    setAccessibleName(title);
}

void ReviewSheet::setEffects(const QList<Effect> &effects)
{
    d->effects->setEffects(effects);
    d->effects->setVisible(!effects.isEmpty());
    fit();
}

void ReviewSheet::fit()
{
    layout()->invalidate();
    layout()->activate();
    const int wanted = layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width()) : sizeHint().height();
    if (height() < wanted || !isVisible())
        resize(width(), wanted);
}

bool ReviewSheet::event(QEvent *event)
{
    const bool handled = QDialog::event(event);
    if (event->type() == QEvent::LayoutRequest)
        fit();
    return handled;
}

QVBoxLayout *ReviewSheet::body() const
{
    return d->body;
}

void ReviewSheet::setReasonRequired(bool required, int maxChars)
{
    d->required = required;
    d->maxChars = maxChars;
    updateCommit();
}

void ReviewSheet::setReasonVisible(bool visible)
{
    d->reason->setVisible(visible);
    d->reasonLabel->setVisible(visible);
    d->reasonHint->setVisible(visible);
}

QString ReviewSheet::reason() const
{
    return d->reason->toPlainText().trimmed();
}

void ReviewSheet::setReason(const QString &text)
{
    d->reason->setPlainText(text);
}

void ReviewSheet::setVerb(const QString &text, bool dangerous)
{
    d->dangerous = dangerous;
    for (QPushButton *button : {d->commit, d->danger}) {
        button->setText(text);
        button->setAccessibleName(text);
    }
    d->commit->setVisible(!dangerous);
    d->danger->setVisible(dangerous);
    updateCommit();
}

void ReviewSheet::setCommitBlocked(const QString &why)
{
    d->blocked = why;
    updateCommit();
}

void ReviewSheet::setBusy(bool busy)
{
    d->busy = busy;
    d->reason->setReadOnly(busy);
    updateCommit();
}

void ReviewSheet::showError(const QString &message, const QString &errorId)
{
    d->error->setText(errorId.isEmpty() ? message : tr("%1 (error id %2)").arg(message, errorId));
    d->error->show();
}

void ReviewSheet::clearError()
{
    d->error->hide();
}

void ReviewSheet::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    if (d->reason->isVisible() && d->required)
        d->reason->setFocus(Qt::OtherFocusReason);
    else
        d->cancel->setFocus(Qt::OtherFocusReason);
}

void ReviewSheet::updateCommit()
{
    const auto length = reason().size();
    QString why = d->blocked;
    if (d->busy)
        why = tr("Working…");
    else if (why.isEmpty() && d->required && length == 0)
        why = tr("A reason is required");
    else if (why.isEmpty() && length > d->maxChars)
        why = tr("The reason is longer than %1 characters").arg(d->maxChars);
    setWhyDisabled(d->commit, why);
    setWhyDisabled(d->danger, why);
    const bool tooLong = length > d->maxChars;
    d->reasonHint->setText(tooLong || length > d->maxChars / 2 ? QStringLiteral("%1 / %2").arg(length).arg(d->maxChars)
                           : d->required                       ? tr("required · Ctrl+Enter commits")
                                                               : tr("optional"));
    setInk(d->reasonHint, tooLong ? Ink::Bad : Ink::Third);
}

} // namespace widgets
