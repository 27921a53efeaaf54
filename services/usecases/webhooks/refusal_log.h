#pragma once
#include "services/ports/webhook_intake.h"
#include "services/usecases/env.h"

#include <QHash>

namespace usecases {

/// Adds up webhook calls with a wrong secret, so that a flood neither fills the audit log nor goes unnoticed (spec 02
/// §4.1): the first of a burst from a subnet is told at once, the rest as one sum when the burst ends. Not thread-safe.
class RefusalLog {
public:
    /// A burst of one provider and subnet.
    struct Burst {
        ports::WebhookRefusal refusal; ///< the booleans are those of its first call
        QDateTime firstAt, lastAt;
        qint64 count = 0;
        bool isFirstWord = false; ///< told at once; a later Burst of the same time span counts the rest
    };
    static constexpr qint64 burstMs = 60'000;
    /// Subnets that are told apart at a time; the calls of others are added up under an empty subnet.
    static constexpr int maxSubnets = 64;

    /// A burst to write down now, if this call began one.
    std::optional<Burst> note(const ports::WebhookRefusal &refusal, const QDateTime &now);
    /// Bursts that ended by `now`, without what note() told of them already; all of them with `everything`.
    QList<Burst> ended(const QDateTime &now, bool everything = false);

private:
    QHash<QString, Burst> m_running;
};

/// The audit row (`webhook.brevo.unauthorized`, actor `system`, no team) and the row of webhook_refusals of a burst.
domain::Result<domain::Done> writeRefusals(const Env &env, const QList<RefusalLog::Burst> &bursts);

} // namespace usecases
