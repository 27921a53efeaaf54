#pragma once
#include <QByteArray>
#include <QDateTime>
#include <QHash>
#include <QList>
#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace test {

/// A Brevo of our own: a real HTTP server on 127.0.0.1 with one thread. It takes mail (POST /v3/smtp/email), has an
/// event log that the mail feeds (GET /v3/smtp/statistics/events), and knows the webhooks it would send. Every method
/// is callable from any thread.
class FakeBrevo {
public:
    /// How one call is answered.
    struct Reply {
        enum class Break {
            None,
            NoAnswer,          ///< the connection stays open and silent
            ResetBeforeAnswer, ///< after the whole request was read
            ResetInHead,       ///< after half of the answer's head
            ResetInBody,       ///< after the head and half of the body
        };
        int status = 201;
        std::optional<QByteArray> body; ///< nullopt: what Brevo says
        QByteArray contentType = "application/json";
        QList<std::pair<QByteArray, QByteArray>> headers;
        int latencyMs = 0;
        Break breaks = Break::None; ///< with status 2xx the mail counts as accepted all the same
    };
    struct Mail {
        QString messageId; ///< with angle brackets
        QString recipient, subject, tag;
        QString key; ///< X-Mailin-Custom
        QDateTime at;
    };
    /// What becomes of a mail.
    struct Happening {
        QString event; ///< the webhook's name: `delivered`, `soft_bounce`, …
        qint64 afterMs = 1000;
        QString reason;
    };
    using Fate = std::function<QList<Happening>(const Mail &mail)>;
    struct Request {
        QByteArray method, target, body;
        QList<std::pair<QByteArray, QByteArray>> headers; ///< names in lower case
        QByteArray header(QByteArrayView lowerCaseName) const;
    };

    /// Throws std::runtime_error when it cannot listen. Fate of every mail: `request` at once, `delivered` after 1 s.
    FakeBrevo();
    ~FakeBrevo();

    QString url() const;                                                          ///< `http://127.0.0.1:port`
    QString apiKey() const { return QStringLiteral("xkeysib-0123456789abcdef"); } ///< others get 401

    void setReply(const Reply &reply);               ///< for every send without a scripted reply
    void script(const QList<Reply> &replies);        ///< the next sends, in their order of arrival
    void setEventsReply(std::optional<Reply> reply); ///< for the event log; nullopt: the log itself
    void setFate(Fate fate);
    /// An event out of the blue.
    void happen(const QString &messageId, const QString &recipient, const Happening &what, const QDateTime &at);

    int requests() const;    ///< of every kind, with a good key or not
    int connections() const; ///< accepted so far
    int accepted() const;
    QList<Mail> mails() const; ///< accepted, in order
    QHash<QString, int> acceptedByKey() const;
    QHash<QString, int> acceptedByRecipient() const;
    Request lastRequest() const;

    /// The webhooks of everything that happened so far, oldest first: an object each, or arrays of up to `batch`.
    QList<QByteArray> webhookBodies(int batch = 1) const;
    /// Posts each body to `http://host:port/path`; the statuses, 0 = no answer. Blocks.
    static QList<int> post(const QString &url, const QList<QByteArray> &bodies, int connections = 1);

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace test
