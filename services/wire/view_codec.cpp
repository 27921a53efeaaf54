#include "services/wire/view_codec.h"

#include "services/wire/body.h"
#include "services/wire/json_reader.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace wire {

namespace {

QJsonObject newViewObject(const ports::SavedView &view)
{
    return QJsonObject{
        {QStringLiteral("screen"), view.screen}, {QStringLiteral("name"), view.name},
        {QStringLiteral("query"), view.query},   {QStringLiteral("sort"), view.sort},
        {QStringLiteral("shared"), view.shared},
    };
}

QJsonObject viewObject(const ports::SavedView &view)
{
    QJsonObject object = newViewObject(view);
    object.insert(QLatin1StringView("id"), view.id.toString());
    object.insert(QLatin1StringView("owner_email"), view.ownerEmail);
    object.insert(QLatin1StringView("created_at"), timeText(view.createdAt));
    return object;
}

ports::SavedView readView(const JsonReader &reader)
{
    ports::SavedView view;
    view.id = reader.id<domain::ViewId>(QLatin1StringView("id"));
    view.screen = reader.text(QLatin1StringView("screen"));
    view.name = reader.text(QLatin1StringView("name"));
    view.query = reader.text(QLatin1StringView("query"));
    view.sort = reader.text(QLatin1StringView("sort"));
    view.ownerEmail = reader.text(QLatin1StringView("owner_email"));
    view.shared = reader.flag(QLatin1StringView("shared"));
    view.createdAt = reader.time(QLatin1StringView("created_at"));
    return view;
}

} // namespace

QByteArray encodeViews(const QList<ports::SavedView> &views)
{
    QJsonArray array;
    for (const ports::SavedView &view : views)
        array.append(viewObject(view));
    return okBody({{QStringLiteral("views"), array}});
}

domain::Result<QList<ports::SavedView>> decodeViews(const QByteArray &body)
{
    const JsonReader reader = JsonReader::fromBody(body);
    QList<ports::SavedView> views;
    for (const JsonReader &item : reader.objects(QLatin1StringView("views")))
        views << readView(item);
    return reader.finish(std::move(views));
}

QByteArray encodeNewView(const ports::SavedView &view)
{
    return QJsonDocument(newViewObject(view)).toJson(QJsonDocument::Compact);
}

domain::Result<ports::SavedView> decodeNewView(const QByteArray &body)
{
    const JsonReader reader = JsonReader::fromBody(body);
    ports::SavedView view;
    view.screen = reader.text(QLatin1StringView("screen"));
    view.name = reader.optionalText(QLatin1StringView("name"));
    view.query = reader.optionalText(QLatin1StringView("query"));
    view.sort = reader.optionalText(QLatin1StringView("sort"));
    view.shared = reader.has(QLatin1StringView("shared")) && reader.flag(QLatin1StringView("shared"));
    return reader.finish(std::move(view));
}

QByteArray encodeView(const ports::SavedView &view)
{
    return okBody({{QStringLiteral("view"), viewObject(view)}});
}

domain::Result<ports::SavedView> decodeView(const QByteArray &body)
{
    const JsonReader reader = JsonReader::fromBody(body);
    return reader.finish(readView(reader.object(QLatin1StringView("view"))));
}

QByteArray encodeDeletedView(domain::ViewId view)
{
    return okBody({{QStringLiteral("view_id"), view.toString()}});
}

} // namespace wire
