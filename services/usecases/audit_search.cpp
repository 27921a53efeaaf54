#include "services/usecases/audit_search.h"

namespace usecases {

using domain::Result;

Result<ports::AuditFilter> normalisedAuditFilter(ports::AuditFilter filter)
{
    for (auto [field, text] : {std::pair{"kind", &filter.kind}, {"actor", &filter.actor}, {"text", &filter.text}}) {
        if (auto checked = checkText(QString::fromLatin1(field), *text); !checked)
            return checked.error();
        *text = text->trimmed();
    }
    return filter;
}

Result<ports::Page<domain::AuditEntry>> searchAudit(const Env &env, ports::AuditQuery query)
{
    if (auto allowed = mayRead(env, domain::Permission::ViewAudit); !allowed)
        return allowed.error();
    if (query.limit < 1 || query.limit > ports::maxPageSize)
        return domain::invalidInput(QStringLiteral("invalid_limit"), QStringLiteral("limit"),
                                    QStringLiteral("must be 1 to %1").arg(ports::maxPageSize));
    auto filter = normalisedAuditFilter(query.filter);
    if (!filter)
        return filter.error();
    query.filter = std::move(filter).value();
    return env.work.audit().search(query);
}

} // namespace usecases
