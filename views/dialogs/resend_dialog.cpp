#include "views/dialogs/resend_dialog.h"

#include "models/domain/customer.h"
#include "models/domain/format.h"
#include "models/items/message_table_model.h"
#include "services/ports/when_done.h"
#include "views/dialogs/error_text.h"

#include <QCheckBox>
#include <QVBoxLayout>

namespace dialogs {

ResendDialog::ResendDialog(ports::EmailService &service, NewCall newCall, const ports::MessageDetail &message,
                           const QTimeZone &zone, QWidget *parent)
    : ReviewSheet(QStringLiteral("resend"), parent)
    , m_service(service)
    , m_newCall(std::move(newCall))
    , m_message(message)
    , m_anyway(new QCheckBox(tr("Send it again all the same"), this))
{
    using widgets::Tone;
    const ports::MessageRow &row = message.row;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    setObject(tr("Send “%1” again").arg(row.subject.isEmpty() ? row.templateKind : row.subject),
              tr("To %1").arg(row.recipient));
    const auto time = [&](const QDateTime &at) {
        return QStringLiteral("%1 %2 · %3")
            .arg(domain::exactText(at, zone).left(19), domain::zoneText(zone, at), domain::relativeText(at, now));
    };
    const bool recent = message.lastSendToSame && message.lastSendToSame->msecsTo(now) < domain::recentSendMs;
    setEffects({{tr("Template"), row.templateKind, Tone::Neutral},
                {tr("This one"), items::messageOutcomeText(row), Tone::Neutral},
                {tr("Last sent to them"), message.lastSendToSame ? time(*message.lastSendToSame) : tr("never"),
                 recent ? Tone::Warning : Tone::Neutral},
                {tr("What happens"),
                 tr("The mail is made again from its audit entry, with today's template, and waits in the ledger. A "
                    "headless server sends it to the address that the customer has now."),
                 Tone::Accent}});
    setReasonRequired(true, static_cast<int>(domain::maxReasonChars));
    setVerb(tr("Resend to %1").arg(row.recipient));
    m_anyway->setObjectName(QStringLiteral("resend.anyway"));
    m_anyway->setAccessibleName(m_anyway->text());
    m_anyway->hide();
    body()->addWidget(m_anyway);
    connect(m_anyway, &QCheckBox::toggled, this, &ResendDialog::check);
    connect(this, &ReviewSheet::committed, this, &ResendDialog::commit);
    if (recent)
        warn(tr("The same mail went to this recipient %1. Send it again all the same")
                 .arg(domain::relativeText(*message.lastSendToSame, now)));
}

void ResendDialog::warn(const QString &text)
{
    m_anyway->setText(text);
    m_anyway->setAccessibleName(text);
    m_anyway->show();
    check();
}

void ResendDialog::check()
{
    const bool missing = m_anyway->isVisibleTo(this) && !m_anyway->isChecked();
    setCommitBlocked(missing ? tr("Less than ten minutes ago: tick that it is to be sent all the same") : QString());
}

void ResendDialog::commit()
{
    clearError();
    setBusy(true);
    const ports::CallContext call = m_newCall();
    ports::whenDone(m_service.resend(call, {m_message.row.id, reason(), m_anyway->isChecked()}), this,
                    [this, call](const domain::Result<QString> &result) {
                        setBusy(false);
                        if (result) {
                            Q_EMIT queued(*result);
                            accept();
                            return;
                        }
                        if (result.error().key == QLatin1StringView("sent_recently"))
                            warn(tr("It went to this recipient less than ten minutes ago, or waits to be sent. Send "
                                    "it again all the same"));
                        showError(errorText(result.error()), call.requestId);
                    });
}

} // namespace dialogs
