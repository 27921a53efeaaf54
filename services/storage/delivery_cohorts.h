#pragma once
#include "models/domain/delivery.h"
#include "models/domain/result.h"
#include "services/storage/message_filter_sql.h"

#include <QByteArray>

#include <functional>

namespace storage {

/// How messages are told apart before they are counted by outcome.
struct CohortKeys {
    QString key, second;               ///< columns of `f`; empty = all together
    std::optional<qint64> stepSeconds; ///< by time as well, in steps counted from 1970
    int largest = 0;                   ///< only that many pairs of keys need be told (more may come); 0 = all
};

/// Messages of one outcome that agree in everything that was asked for.
struct Cohort {
    qint64 stepStartMs = 0;
    QByteArray key, second;
    domain::DeliveryOutcome outcome = domain::DeliveryOutcome::Pending;
    qint64 count = 1;
};

/// Counts the accepted and the rejected messages of the filter. The same cohort may come in several pieces, in any
/// order. One pass over the index of the figures on either engine.
domain::Result<domain::Done> eachCohort(Connection &connection, const ports::MessageFilter &filter,
                                        const QDateTime &now, const CohortKeys &keys,
                                        const std::function<void(const Cohort &)> &onCohort);

} // namespace storage
