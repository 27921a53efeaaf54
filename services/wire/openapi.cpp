#include "services/wire/openapi.h"

#include <QFile>

namespace wire {

namespace {

QByteArray resource(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

QByteArray publicOpenApi()
{
    static const QByteArray document = resource(QStringLiteral(":/resources/openapi/public.json"));
    return document;
}

QByteArray adminOpenApi()
{
    static const QByteArray document = resource(QStringLiteral(":/resources/openapi/admin.json"));
    return document;
}

} // namespace wire
