#include "tests/functional/http_client.h"

#include <QDeadlineTimer>
#include <QJsonDocument>
#include <QMutex>
#include <QTcpSocket>

namespace functional {

namespace {
constexpr int patienceMs = 30'000;
QSet<QString> calls;
QMutex callsLock;

QByteArray unchunk(QByteArray body)
{
    QByteArray whole;
    while (true) {
        const qsizetype line = body.indexOf("\r\n");
        if (line < 0)
            return whole;
        bool ok = false;
        const qsizetype size = body.left(line).toLongLong(&ok, 16);
        if (!ok || size == 0)
            return whole;
        whole += body.mid(line + 2, size);
        body.remove(0, line + 2 + size + 2);
    }
}

Answer parse(const QByteArray &raw)
{
    Answer answer;
    const qsizetype end = raw.indexOf("\r\n\r\n");
    if (end < 0)
        return answer;
    const QList<QByteArray> lines = raw.left(end).split('\n');
    answer.status = lines.first().split(' ').value(1).toInt();
    for (const QByteArray &line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0)
            answer.headers.insert(line.left(colon).trimmed().toLower(), line.mid(colon + 1).trimmed());
    }
    answer.body = raw.mid(end + 4);
    if (answer.headers.value("transfer-encoding").toLower() == "chunked")
        answer.body = unchunk(answer.body);
    return answer;
}
} // namespace

QJsonObject Answer::json() const
{
    return QJsonDocument::fromJson(body).object();
}

QByteArray HttpClient::head(const QByteArray &method, const QString &target, const QByteArray &body,
                            const QList<QPair<QByteArray, QByteArray>> &headers) const
{
    {
        const QMutexLocker lock(&callsLock);
        calls.insert(QString::fromLatin1(method) + QLatin1Char(' ') + target.section(QLatin1Char('?'), 0, 0));
    }
    QByteArray text = method + ' ' + target.toUtf8() + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n";
    if (!m_token.isEmpty())
        text += "Authorization: Bearer " + m_token.toUtf8() + "\r\n";
    if (!body.isEmpty())
        text += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    for (const auto &[name, value] : headers)
        text += name + ": " + value + "\r\n";
    return text + "\r\n" + body;
}

Answer HttpClient::request(const QByteArray &method, const QString &target, const QByteArray &body,
                           const QList<QPair<QByteArray, QByteArray>> &headers) const
{
    QTcpSocket socket;
    socket.connectToHost(QStringLiteral("127.0.0.1"), m_port);
    if (!socket.waitForConnected(patienceMs))
        return {};
    socket.write(head(method, target, body, headers));
    QByteArray raw;
    const QDeadlineTimer deadline(patienceMs);
    while (socket.state() == QAbstractSocket::ConnectedState && !deadline.hasExpired()) {
        if (!socket.waitForReadyRead(static_cast<int>(qMax<qint64>(1, deadline.remainingTime()))))
            break;
        raw += socket.readAll();
    }
    raw += socket.readAll();
    return parse(raw);
}

Answer HttpClient::postJson(const QString &target, const QJsonObject &body) const
{
    return request("POST", target, QJsonDocument(body).toJson(QJsonDocument::Compact),
                   {{"Content-Type", "application/json"}});
}

QByteArray HttpClient::readUntil(const QString &target, const QByteArray &needle) const
{
    QTcpSocket socket;
    socket.connectToHost(QStringLiteral("127.0.0.1"), m_port);
    if (!socket.waitForConnected(patienceMs))
        return {};
    socket.write(head("GET", target, {}, {}));
    QByteArray raw;
    const QDeadlineTimer deadline(patienceMs);
    while (!raw.contains(needle) && !deadline.hasExpired() &&
           socket.waitForReadyRead(static_cast<int>(qMax<qint64>(1, deadline.remainingTime()))))
        raw += socket.readAll();
    return raw;
}

const QSet<QString> &HttpClient::called()
{
    return calls;
}

} // namespace functional
