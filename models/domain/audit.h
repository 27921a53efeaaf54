#pragma once
#include "models/domain/ids.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

/// Audit entries and the one table of audit kinds (spec 02 §1).
namespace domain {

struct AuditEntry {
    AuditId id;
    std::optional<TeamId> team; ///< empty: before a team exists, or about the operators
    QString teamName;           ///< for display; empty when unknown
    std::optional<UserId> user;
    QString actor; ///< agent, user, system, cli, admin
    QString kind;
    QString resourceType;
    std::optional<QUuid> resource;
    QString summary;
    QByteArray metadata; ///< the stored JSON text, exact; empty = none
    QDateTime createdAt; ///< UTC, milliseconds
    bool operator==(const AuditEntry &) const = default;
};

/// One row of the kind table; the table is the only place where a kind is spelled.
struct AuditKind {
    const char *kind;
    const char *producer;                     ///< who writes it: "api", "worker", "console", "api+worker"
    std::initializer_list<const char *> keys; ///< metadata keys
    bool mailsCustomer;
    bool operatorAlert;
    bool propagates;
};

/// Every kind of spec 02 §1.2 and §1.3, in the order of those sections.
const QList<AuditKind> &auditKinds();
const AuditKind *findAuditKind(QStringView kind);
/// `admin.*` rows: hidden from the customer and from "last seen" (00-decisions row 13).
bool isOperatorKind(QStringView kind);
/// What the faults filter shows: kinds that alert the operators, and every kind that ends in `.failed`, known or not.
bool isFaultKind(QStringView kind);

} // namespace domain
