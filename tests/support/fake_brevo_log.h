#pragma once
#include "tests/support/fake_brevo.h"

#include <QUrlQuery>

#include <vector>

/// What the fake Brevo remembers, apart from how it is asked.
namespace test {

class FakeBrevoLog {
public:
    /// Takes a send's JSON. Answers with the message id, or nothing with `problem` set when Brevo would refuse it.
    std::optional<FakeBrevo::Mail> accept(const QByteArray &json, const QByteArray &key, const FakeBrevo::Fate &fate,
                                          QByteArray &problem);
    void happen(const QString &messageId, const QString &recipient, const QString &subject, const QString &tag,
                const QString &key, const FakeBrevo::Happening &what, const QDateTime &at);
    /// The body of GET /v3/smtp/statistics/events, and its status.
    std::pair<int, QByteArray> page(const QUrlQuery &query) const;
    QList<QByteArray> webhookBodies(int batch) const;
    const QList<FakeBrevo::Mail> &mails() const { return m_mails; }

private:
    struct Event {
        QString messageId, recipient, subject, tag, key, event, reason;
        QDateTime at;
    };
    QList<Event> matching(const QUrlQuery &query, const QDate &first, const QDate &last) const;

    QList<FakeBrevo::Mail> m_mails;
    std::vector<Event> m_events;
};

} // namespace test
