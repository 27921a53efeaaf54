#include "services/platform/logging.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QMutex>
#include <QRegularExpression>

#include <atomic>
#include <cstdio>
#include <cstdlib>

namespace platform {
namespace {

struct State {
    QMutex mutex;
    std::atomic<LogFormat> format{LogFormat::Text};
    std::atomic<int> lowest{0};
};

State &state()
{
    static State instance;
    return instance;
}

int severity(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return 0;
    case QtInfoMsg:
        return 1;
    case QtWarningMsg:
        return 2;
    case QtCriticalMsg:
        return 3;
    case QtFatalMsg:
        return 4;
    }
    Q_UNREACHABLE();
}

QString levelName(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return QStringLiteral("debug");
    case QtInfoMsg:
        return QStringLiteral("info");
    case QtWarningMsg:
        return QStringLiteral("warning");
    case QtCriticalMsg:
        return QStringLiteral("error");
    case QtFatalMsg:
        return QStringLiteral("fatal");
    }
    Q_UNREACHABLE();
}

QString onOneLine(QString text)
{
    text.replace(QLatin1Char('\r'), QStringLiteral("\\r")).replace(QLatin1Char('\n'), QStringLiteral("\\n"));
    return text;
}

void handleMessage(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    if (severity(type) >= state().lowest.load()) {
        const QByteArray line = formatLogLine(state().format.load(), type, QString::fromUtf8(context.category), message,
                                              QDateTime::currentDateTimeUtc()) +
                                '\n';
        const QMutexLocker lock(&state().mutex);
        std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stderr);
        std::fflush(stderr);
    }
    // A message handler that returns from a fatal message would still end in abort(), but only after Qt's own output.
    if (type == QtFatalMsg)
        std::abort();
}

} // namespace

QtMsgType logLevelFromName(const QString &name)
{
    const QString wanted = name.trimmed().toLower();
    if (wanted == QLatin1StringView("debug"))
        return QtDebugMsg;
    if (wanted == QLatin1StringView("warning"))
        return QtWarningMsg;
    if (wanted == QLatin1StringView("error"))
        return QtCriticalMsg;
    return QtInfoMsg;
}

QString redactSecrets(const QString &text)
{
    struct Rule {
        QRegularExpression pattern;
        QString replacement;
    };
    static const QList<Rule> rules{
        // scheme://user:password@host; the password may hold anything but a space, up to the last @ of the authority
        {QRegularExpression(QStringLiteral(R"(\b([A-Za-z][A-Za-z0-9+.-]*://[^\s:/@]*):[^\s/]*@)")),
         QStringLiteral("\\1:***@")},
        {QRegularExpression(
             QStringLiteral(R"(\b((?:password|passwd|pwd|secret|token)\s*=\s*)(?:'[^']*'|"[^"]*"|[^\s&;,]+))"),
             QRegularExpression::CaseInsensitiveOption),
         QStringLiteral("\\1***")},
        {QRegularExpression(QStringLiteral(R"(\bink_[A-Za-z0-9_-]{8,})")), QStringLiteral("ink_***")},
        {QRegularExpression(QStringLiteral(R"(\b(xkeysib|xsmtpsib)-[A-Za-z0-9_-]+)")), QStringLiteral("\\1-***")},
        {QRegularExpression(QStringLiteral(R"((/webhooks/brevo/)(?!:)[^\s/?"']+)")), QStringLiteral("\\1***")},
        {QRegularExpression(QStringLiteral(R"(\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]+)"),
                            QRegularExpression::CaseInsensitiveOption),
         QStringLiteral("\\1 ***")},
        {QRegularExpression(QStringLiteral(R"(\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*)")),
         QStringLiteral("eyJ***")},
    };
    QString safe = text;
    for (const Rule &rule : rules)
        safe.replace(rule.pattern, rule.replacement);
    return safe;
}

QByteArray formatLogLine(LogFormat format, QtMsgType type, const QString &category, const QString &message,
                         const QDateTime &timeUtc)
{
    const QString time = timeUtc.toUTC().toString(Qt::ISODateWithMs);
    const QString safe = redactSecrets(message);
    switch (format) {
    case LogFormat::Text:
        return QStringLiteral("%1 %2 %3: %4").arg(time, levelName(type), category, onOneLine(safe)).toUtf8();
    case LogFormat::Json:
        return QJsonDocument(QJsonObject{{QStringLiteral("time"), time},
                                         {QStringLiteral("level"), levelName(type)},
                                         {QStringLiteral("category"), category},
                                         {QStringLiteral("message"), safe}})
            .toJson(QJsonDocument::Compact);
    }
    Q_UNREACHABLE();
}

void installLogging(const LogOptions &options)
{
    state().format.store(options.format);
    state().lowest.store(severity(options.lowest));
    qInstallMessageHandler(handleMessage);
}

} // namespace platform
