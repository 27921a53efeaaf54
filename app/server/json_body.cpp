#include "app/server/json_body.h"

#include <QJsonDocument>

#include <algorithm>

namespace server {

namespace {

constexpr int maxDepth = 64;

domain::Error invalidBody(QString what)
{
    return domain::invalidInput(QStringLiteral("invalid_body"), QStringLiteral("body"), std::move(what));
}

/// Depth of brackets outside strings, and whether a string holds the escape of U+0000. Looks at the text, because the
/// parser has recursed already when its result could tell.
struct Shape {
    int depth = 0;
    bool hasNul = false;
};

Shape shapeOf(QByteArrayView text)
{
    Shape shape;
    int open = 0;
    bool inString = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\0')
            shape.hasNul = true;
        if (inString) {
            if (c == '\\') {
                if (text.sliced(i).startsWith("\\u0000"))
                    shape.hasNul = true;
                ++i;
            } else if (c == '"') {
                inString = false;
            }
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            shape.depth = std::max(shape.depth, ++open);
        } else if (c == '}' || c == ']') {
            --open;
        }
    }
    return shape;
}

} // namespace

domain::Result<QJsonObject> jsonObject(const QByteArray &body)
{
    if (body.trimmed().isEmpty())
        return invalidBody(QStringLiteral("The request needs a JSON object as its body."));
    if (!body.isValidUtf8())
        return invalidBody(QStringLiteral("The body is not valid UTF-8."));
    const Shape shape = shapeOf(body);
    if (shape.hasNul)
        return invalidBody(QStringLiteral("The body holds the character U+0000, which cannot be stored."));
    if (shape.depth > maxDepth)
        return invalidBody(QStringLiteral("The body is nested deeper than 64 levels."));
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(body, &problem);
    if (problem.error != QJsonParseError::NoError)
        return invalidBody(QStringLiteral("The body is not valid JSON: %1 at byte %2.")
                               .arg(problem.errorString())
                               .arg(problem.offset));
    if (!document.isObject())
        return invalidBody(QStringLiteral("The body must be a JSON object."));
    return document.object();
}

domain::Result<QJsonObject> jsonObject(const Request &request)
{
    return jsonObject(request.body);
}

} // namespace server
