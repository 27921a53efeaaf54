#include "services/storage/keyset.h"

#include "services/security/tokens.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace storage {

namespace {

constexpr qsizetype maxCursorChars = 4096;
constexpr qsizetype fingerprintChars = 16;

QString fingerprintField()
{
    return QStringLiteral("f");
}
QString positionField()
{
    return QStringLiteral("p");
}

} // namespace

QByteArray listFingerprint(const QJsonArray &parts)
{
    return security::sha256Hex(QJsonDocument(parts).toJson(QJsonDocument::Compact)).left(fingerprintChars);
}

QString encodeCursor(const QByteArray &fingerprint, const QJsonArray &position)
{
    const QJsonObject object{{fingerprintField(), QString::fromLatin1(fingerprint)}, {positionField(), position}};
    return QString::fromLatin1(security::base64Url(QJsonDocument(object).toJson(QJsonDocument::Compact)));
}

domain::Error invalidCursor()
{
    return domain::invalidInput(QStringLiteral("invalid_cursor"), QStringLiteral("cursor"),
                                QStringLiteral("does not belong to this list; start again without it"));
}

domain::Result<QJsonArray> decodeCursor(const QString &cursor, const QByteArray &fingerprint, int columns)
{
    if (cursor.size() > maxCursorChars)
        return invalidCursor();
    const auto bytes = QByteArray::fromBase64Encoding(cursor.toUtf8(), QByteArray::Base64UrlEncoding |
                                                                           QByteArray::AbortOnBase64DecodingErrors);
    if (!bytes)
        return invalidCursor();
    const QJsonObject object = QJsonDocument::fromJson(*bytes).object();
    if (object.value(fingerprintField()).toString() != QString::fromLatin1(fingerprint))
        return invalidCursor();
    const QJsonArray position = object.value(positionField()).toArray();
    if (position.size() != columns)
        return invalidCursor();
    return position;
}

bool looksLikeTime(const QString &text)
{
    static const QRegularExpression shape(
        QStringLiteral("^\\d{4,6}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?(Z|[+-]\\d\\d(:?\\d\\d){0,2})$"));
    if (!shape.match(text).hasMatch())
        return false;
    const int month = QStringView(text).mid(text.indexOf(QLatin1Char('-')) + 1, 2).toInt();
    return month >= 1 && month <= 12 &&
           QTime::fromString(text.mid(text.indexOf(QLatin1Char(':')) - 2, 8), QStringLiteral("HH:mm:ss")).isValid();
}

} // namespace storage
