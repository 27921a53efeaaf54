#include "app/commands/all.h"
#include "app/commands/command.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QUrl>

namespace commands {

int runHealthcheck(QCoreApplication &app, const QStringList &arguments)
{
    QUrl url(arguments.value(0, QStringLiteral("http://127.0.0.1:8080")));
    if (!url.isValid() || url.host().isEmpty()) {
        printError(QStringLiteral("'%1' is not a URL").arg(arguments.value(0)));
        return 2;
    }
    url.setPath(QStringLiteral("/readyz"));
    QNetworkAccessManager network;
    QNetworkRequest request(url);
    request.setTransferTimeout(5000);
    QNetworkReply *reply = network.get(request);
    int exitCode = 1;
    QObject::connect(reply, &QNetworkReply::finished, &app, [&] {
        const QJsonObject body = QJsonDocument::fromJson(reply->readAll()).object();
        const QString overall = body.value(QLatin1StringView("overall")).toString();
        if (overall.isEmpty())
            printError(reply->errorString());
        else
            printLine(overall);
        exitCode = overall == QLatin1StringView("ok") || overall == QLatin1StringView("degraded") ? 0 : 1;
        reply->deleteLater();
        app.exit(exitCode);
    });
    return app.exec();
}

} // namespace commands
