#include "tests/support/mail_doubles.h"

#include "models/domain/audit.h"

namespace test {

using domain::Result;
using ports::WebhookOutcome;

QStringList SamplePreviews::kinds() const
{
    QStringList kinds;
    for (const domain::AuditKind &kind : domain::auditKinds()) {
        if (kind.mailsCustomer)
            kinds.append(QString::fromLatin1(kind.kind));
    }
    return kinds;
}

Result<ports::EmailPreview> SamplePreviews::preview(const QString &kind) const
{
    if (!kinds().contains(kind))
        return domain::makeError(domain::ErrorCode::NotFound, QStringLiteral("template_not_found"),
                                 QStringLiteral("there is no such template"));
    ports::EmailPreview mail;
    mail.kind = kind;
    mail.subject = QStringLiteral("Sample of %1 — Łódź").arg(kind);
    mail.html = QStringLiteral("<!doctype html><html><body><h1>%1</h1><table><tr><td>Plan</td><td>Pro &amp; more</td>"
                               "</tr></table></body></html>")
                    .arg(mail.subject);
    mail.text = QStringLiteral("%1\n\nPlan: Pro & more\n").arg(mail.subject);
    return mail;
}

usecases::WebhookApply sampleApply()
{
    return [](const usecases::Env &, const ports::WebhookDetail &stored, bool) -> Result<ports::WebhookReplay> {
        ports::WebhookReplay replay;
        if (stored.row.outcome == WebhookOutcome::Unparseable)
            replay.outcome = WebhookOutcome::Unparseable;
        if (stored.row.outcome != WebhookOutcome::Failed || stored.row.replays > 0)
            return replay;
        replay.outcome = WebhookOutcome::Applied;
        replay.effects = {{QStringLiteral("message %1").arg(stored.row.objectId), QStringLiteral("classification"),
                           QStringLiteral("success"), QStringLiteral("delivered")}};
        return replay;
    };
}

} // namespace test
