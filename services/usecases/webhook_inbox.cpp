#include "services/usecases/webhook_inbox.h"

#include "services/usecases/message_filter.h"

#include <algorithm>

namespace usecases {

using domain::Done;
using domain::ErrorCode;
using domain::Permission;
using domain::Result;
using ports::SignatureVerdict;
using ports::WebhookOutcome;

namespace {

constexpr qsizetype maxPayloadChars = 500;
constexpr QLatin1StringView payloadPrefix("payload.");

domain::Error invalidPayloadFilter(const QString &what)
{
    return domain::invalidInput(QStringLiteral("invalid_payload_filter"), QStringLiteral("payload"), what);
}

/// A text, or `payload.a.b:value` with every step of the path named and a value.
Result<Done> checkPayload(const QString &payload)
{
    if (payload.size() > maxPayloadChars)
        return invalidPayloadFilter(QStringLiteral("must be at most %1 characters").arg(maxPayloadChars));
    if (!payload.startsWith(payloadPrefix))
        return Done{};
    const qsizetype colon = payload.indexOf(QLatin1Char(':'));
    if (colon < 0 || colon + 1 == payload.size())
        return invalidPayloadFilter(QStringLiteral("needs a value: payload.<path>:<value>"));
    const QString path = payload.sliced(payloadPrefix.size(), colon - payloadPrefix.size());
    for (const QString &step : path.split(QLatin1Char('.'))) {
        if (step.isEmpty())
            return invalidPayloadFilter(QStringLiteral("has a path with an empty step"));
        const bool plain = std::all_of(step.begin(), step.end(), [](QChar c) {
            return c.isLetterOrNumber() || c == QLatin1Char('_') || c == QLatin1Char('-');
        });
        if (!plain)
            return invalidPayloadFilter(QStringLiteral("may hold letters, digits, _ and - between the dots"));
    }
    return Done{};
}

QString letInBecause(const ports::WebhookDetail &detail)
{
    const bool current = detail.row.signature == SignatureVerdict::Current;
    const QString secret = current ? QStringLiteral("the current secret") : QStringLiteral("the previous secret");
    if (detail.row.provider == QLatin1String("brevo"))
        return QStringLiteral("Its address held %1").arg(secret);
    if (detail.row.provider == QLatin1String("ses"))
        return QStringLiteral("Its topic and the signature over its fields were right");
    return QStringLiteral("The HMAC over its %1 raw bytes matches %2").arg(detail.row.bodyBytes).arg(secret);
}

QString eventsText(int count)
{
    return count == 1 ? QStringLiteral("its event") : QStringLiteral("its %1 events").arg(count);
}

QString whatBecame(const ports::WebhookRow &row)
{
    switch (row.outcome) {
    case WebhookOutcome::Applied:
        return row.eventCount == 1
                   ? QStringLiteral("its event changed something")
                   : QStringLiteral("%1 of its %2 events changed something").arg(row.changed).arg(row.eventCount);
    case WebhookOutcome::Unmatched:
        return QStringLiteral("nobody knew the message yet, so %1 waited for it").arg(eventsText(row.eventCount));
    case WebhookOutcome::NoChange:
        return QStringLiteral("%1 told nothing new").arg(eventsText(row.eventCount));
    case WebhookOutcome::Skipped:
        return QStringLiteral("%1 called for no action").arg(eventsText(row.eventCount));
    case WebhookOutcome::Failed:
        return QStringLiteral("it could not be applied; the bytes are kept and can be replayed");
    case WebhookOutcome::Unparseable:
        return QStringLiteral("it is not the JSON it should be; it was refused with 400 and the bytes are kept");
    }
    Q_UNREACHABLE();
}

Result<Done> recordReplay(const Env &env, const ports::WebhookDetail &stored, const ports::WebhookReplay &replay)
{
    const domain::WebhookId id = stored.row.id;
    auto marked = env.work.inbox().markReplayed(id, replay.outcome, replay.effects, env.clock.now());
    if (!marked)
        return marked;
    const QString outcome = ports::webhookOutcomeName(replay.outcome);
    const auto audit = operatorEntry(env, domain::kinds::adminWebhookReplayed, stored.row.team,
                                     QStringLiteral("Webhook of %1 replayed: %2").arg(stored.row.provider, outcome),
                                     {{QStringLiteral("webhook_id"), id.toString()},
                                      {QStringLiteral("provider"), stored.row.provider},
                                      {QStringLiteral("outcome"), outcome},
                                      {QStringLiteral("effects"), replay.effects.size()},
                                      {QStringLiteral("by_admin_email"), env.call.principal.email}});
    if (auto recorded = writeAudit(env, audit); !recorded)
        return recorded;
    return env.work.announce(QStringLiteral("webhook"), id.toString());
}

} // namespace

QString webhookVerdict(const ports::WebhookDetail &detail)
{
    QString sentence = letInBecause(detail) + QStringLiteral("; ") + whatBecame(detail.row);
    if (detail.row.duplicateOf)
        sentence += QStringLiteral("; the same bytes had come as %1").arg(detail.row.duplicateOf->toString());
    return sentence + QLatin1Char('.');
}

Result<ports::WebhookFilter> normalisedWebhookFilter(ports::WebhookFilter filter)
{
    const std::pair<const char *, QString> texts[] = {
        {"provider", filter.providers.join(QLatin1Char(','))},
        {"event", filter.eventTypes.join(QLatin1Char(','))},
        {"outcome", filter.outcomes.join(QLatin1Char(','))},
        {"payload", filter.payload},
    };
    for (const auto &[field, text] : texts) {
        if (auto checked = checkText(QString::fromLatin1(field), text); !checked)
            return checked.error();
    }
    filter.providers = tidyWords(filter.providers, true);
    filter.eventTypes = tidyWords(filter.eventTypes, true);
    filter.outcomes = tidyWords(filter.outcomes, true);
    for (const QString &name : std::as_const(filter.outcomes)) {
        if (!ports::parseWebhookOutcome(name))
            return domain::invalidInput(QStringLiteral("invalid_value"), QStringLiteral("outcome"),
                                        QStringLiteral("%1 does not exist").arg(name));
    }
    filter.payload = filter.payload.trimmed();
    if (auto checked = checkPayload(filter.payload); !checked)
        return checked.error();
    return filter;
}

Result<ports::Page<ports::WebhookRow>> listWebhooks(const Env &env, ports::WebhookQuery query)
{
    if (auto allowed = mayRead(env, Permission::ViewEmail); !allowed)
        return allowed.error();
    if (auto checked = checkLimit(query.limit); !checked)
        return checked.error();
    auto filter = normalisedWebhookFilter(query.filter);
    if (!filter)
        return filter.error();
    query.filter = std::move(filter).value();
    return env.work.inbox().list(query);
}

Result<ports::WebhookDetail> webhookDetail(const Env &env, domain::WebhookId id)
{
    if (auto allowed = mayRead(env, Permission::ViewEmail); !allowed)
        return allowed.error();
    auto detail = env.work.inbox().detail(id);
    if (!detail)
        return detail.error();
    detail->verdict = webhookVerdict(*detail);
    return detail;
}

Result<QList<ports::WebhookReceiver>> webhookReceivers(const Env &env)
{
    if (auto allowed = mayRead(env, Permission::ViewEmail); !allowed)
        return allowed.error();
    return env.work.inbox().receivers(env.clock.now());
}

Result<ports::WebhookReplay> replayWebhook(const Env &env, domain::WebhookId id, bool dryRun, const WebhookApply &apply)
{
    if (auto allowed = mayWrite(env, Permission::ManageEmail); !allowed)
        return allowed.error();
    if (!apply)
        return domain::makeError(ErrorCode::Unsupported, QStringLiteral("unsupported"),
                                 QStringLiteral("this host takes no webhooks in"));
    Result<ports::WebhookReplay> replay;
    auto done = env.work.transaction([&]() -> Result<Done> {
        auto stored = env.work.inbox().detail(id);
        if (!stored)
            return stored.error();
        replay = apply(env, *stored, dryRun);
        if (!replay)
            return replay.error();
        replay->dryRun = dryRun;
        return dryRun ? Result<Done>(Done{}) : recordReplay(env, *stored, *replay);
    });
    if (!done)
        return done.error();
    return replay;
}

} // namespace usecases
