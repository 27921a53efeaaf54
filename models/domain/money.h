#pragma once
#include <QString>

/// An amount in minor units (cents, paise) with its ISO 4217 currency. Currencies are never added (spec 05 §1).
namespace domain {

struct Money {
    qint64 minor = 0;
    QString currency = QStringLiteral("USD");

    bool operator==(const Money &) const = default;
};

} // namespace domain
