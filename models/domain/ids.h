#pragma once
#include <QHashFunctions>
#include <QString>
#include <QUuid>

#include <compare>
#include <optional>

/// Strong identifiers: a team's id cannot be passed where a user's is wanted.
namespace domain {

template <typename Tag>
class Id {
public:
    Id() = default;
    explicit Id(QUuid value) : m_value(value) {}

    /// Accepts the 36-character form only (any case); anything else is nullopt.
    static std::optional<Id> parse(QStringView text)
    {
        if (text.size() != 36)
            return std::nullopt;
        const QUuid u = QUuid::fromString(text);
        if (u.isNull() && text != QLatin1StringView("00000000-0000-0000-0000-000000000000"))
            return std::nullopt;
        return Id(u);
    }
    static Id random() { return Id(QUuid::createUuid()); }

    QUuid value() const { return m_value; }
    bool isNull() const { return m_value.isNull(); }
    /// Lower case, 36 characters, no braces.
    QString toString() const { return m_value.toString(QUuid::WithoutBraces); }

    bool operator==(const Id &) const = default;
    friend bool operator<(const Id &a, const Id &b) { return a.m_value < b.m_value; }
    friend size_t qHash(const Id &id, size_t seed = 0) { return ::qHash(id.m_value, seed); }

private:
    QUuid m_value;
};

using TeamId = Id<struct TeamTag>;
using UserId = Id<struct UserTag>;
using ResourceId = Id<struct ResourceTag>;
using DeploymentId = Id<struct DeploymentTag>;
using AuditId = Id<struct AuditTag>;
using NoteId = Id<struct NoteTag>;
using TokenId = Id<struct TokenTag>;
using ViewId = Id<struct ViewTag>;
using WebhookId = Id<struct WebhookTag>;

} // namespace domain
