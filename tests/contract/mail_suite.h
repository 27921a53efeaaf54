#pragma once
#include "tests/contract/contract_suite.h"
#include "tests/support/mail_seed.h"

#include "models/domain/audit_kind_names.h"
#include "services/storage/connection.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace contract {

/// Base of the suites about mail: the small data set with mailSeed() in it, and what they count in that.
class MailSuite : public ContractSuite {
    Q_OBJECT

protected:
    void seed(BackendUnderTest &backend) override
    {
        backend.editDatabase([](storage::Connection &connection) { test::seedMail(connection); });
    }

    static const test::MailSeed &mail()
    {
        static const test::MailSeed seed = test::mailSeed();
        return seed;
    }
    static QList<test::SeedMessage> messagesWhere(const std::function<bool(const test::SeedMessage &)> &wanted)
    {
        QList<test::SeedMessage> found;
        for (const test::SeedMessage &message : mail().messages) {
            if (wanted(message))
                found.append(message);
        }
        return found;
    }
    /// What a console would show of these; not accepted ones count as rejected only if they were refused.
    static domain::OutcomeCounts countsOf(const QList<test::SeedMessage> &messages)
    {
        domain::OutcomeCounts counts;
        for (const test::SeedMessage &message : messages) {
            if (message.acceptedAt || message.unsent == domain::LedgerClass::PermanentDrop)
                counts.add(message.outcome(test::seedNow()), 1);
        }
        return counts;
    }

    static QList<domain::AuditEntry> recorded(BackendUnderTest &b, QLatin1StringView kind)
    {
        ports::AuditQuery query;
        query.filter.kind = QString(kind);
        const auto page = answer(b.backend(Role::Admin).audit().search(b.call(Role::Admin), query));
        return page ? page->rows : QList<domain::AuditEntry>{};
    }
    static QJsonObject metadataOf(const domain::AuditEntry &entry)
    {
        return QJsonDocument::fromJson(entry.metadata).object();
    }
    /// Every page, until the list ends.
    template <typename Query, typename Ask>
    static auto everyPage(Query query, Ask ask) -> decltype(ask(query).value().rows)
    {
        decltype(ask(query).value().rows) all;
        for (int pages = 0; pages < 400; ++pages) {
            const auto page = ask(query);
            if (!page) {
                qWarning("%s", qPrintable(detailOf(page)));
                return {};
            }
            all += page->rows;
            query.cursor = page->next;
            if (query.cursor.isEmpty())
                return all;
        }
        qWarning("the pages do not end");
        return {};
    }
};

} // namespace contract
