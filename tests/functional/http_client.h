#pragma once
#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QSet>
#include <QString>

namespace functional {

struct Answer {
    int status = 0;                        ///< 0: the connection failed or broke off
    QHash<QByteArray, QByteArray> headers; ///< lower-case names
    QByteArray body;
    QJsonObject json() const;
    QString error() const { return json().value(QLatin1StringView("error")).toString(); }
};

/// A blocking client for black-box tests; one connection per request. It remembers what was called, so that the run can
/// name the operations that no test calls.
class HttpClient {
public:
    explicit HttpClient(quint16 port, QString token = {}) : m_port(port), m_token(std::move(token)) {}

    Answer request(const QByteArray &method, const QString &target, const QByteArray &body = {},
                   const QList<QPair<QByteArray, QByteArray>> &headers = {}) const;
    Answer get(const QString &target) const { return request("GET", target); }
    Answer postJson(const QString &target, const QJsonObject &body) const;
    Answer del(const QString &target) const { return request("DELETE", target); }
    /// Sends the request and reads until `needle` was seen or the time is over (streams never end).
    QByteArray readUntil(const QString &target, const QByteArray &needle) const;

    /// `GET /api/v1/…` of every request of this process, without the query.
    static const QSet<QString> &called();

private:
    QByteArray head(const QByteArray &method, const QString &target, const QByteArray &body,
                    const QList<QPair<QByteArray, QByteArray>> &headers) const;
    quint16 m_port;
    QString m_token;
};

} // namespace functional
