#include "services/platform/config.h"

#include "models/domain/suggest.h"
#include "services/platform/config_settings.h"

#include <QFile>

#include <yaml-cpp/yaml.h>

namespace platform {
namespace {

using domain::ErrorCode;

QStringList settingNames()
{
    QStringList names;
    for (const Setting &setting : settings())
        names.append(QString::fromLatin1(setting.name));
    return names;
}

struct ConfigFailure {
    domain::Error error;
};

QString scalarOrList(const YAML::Node &node, const QString &name)
{
    if (node.IsNull())
        return {};
    if (node.IsScalar())
        return QString::fromStdString(node.Scalar());
    QStringList parts;
    if (node.IsSequence()) {
        for (const YAML::Node &item : node) {
            if (item.IsScalar())
                parts.append(QString::fromStdString(item.Scalar()));
        }
    }
    if (!node.IsSequence() || parts.size() != static_cast<qsizetype>(node.size()))
        throw ConfigFailure{domain::invalidInput(QStringLiteral("invalid_config"), name,
                                                 QStringLiteral("%1 must be a value or a list of values").arg(name))};
    return parts.join(QLatin1Char(','));
}

domain::Error unknownKey(const QString &key, int line)
{
    QStringList known;
    for (const QString &name : settingNames())
        known.append(name.toLower());
    QString what = QStringLiteral("line %1: there is no setting '%2'").arg(line).arg(key);
    if (const QString closest = domain::closestWord(key, known); !closest.isEmpty())
        what += QStringLiteral("; did you mean '%1'?").arg(closest);
    return domain::invalidInput(QStringLiteral("config_unknown_key"), key, what);
}

/// The file's values by variable name. Throws ConfigFailure.
QHash<QString, QString> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw ConfigFailure{domain::invalidInput(QStringLiteral("config_unreadable"), path,
                                                 QStringLiteral("%1: %2").arg(path, file.errorString()))};
    QHash<QString, QString> found;
    const QStringList names = settingNames();
    YAML::Node root;
    try {
        root = YAML::Load(file.readAll().toStdString());
    } catch (const YAML::Exception &e) {
        // The parser's message can quote the file, so only the place is repeated.
        throw ConfigFailure{
            domain::invalidInput(QStringLiteral("config_invalid_yaml"), path,
                                 QStringLiteral("%1: line %2 is not valid YAML").arg(path).arg(e.mark.line + 1))};
    }
    if (root.IsNull())
        return found;
    if (!root.IsMap())
        throw ConfigFailure{domain::invalidInput(QStringLiteral("config_invalid_yaml"), path,
                                                 QStringLiteral("%1 must be a map of settings").arg(path))};
    for (const auto &entry : root) {
        const QString key = entry.first.IsScalar() ? QString::fromStdString(entry.first.Scalar()) : QString();
        const QString name = key.toUpper();
        if (!names.contains(name))
            throw ConfigFailure{unknownKey(key, entry.first.Mark().line + 1)};
        found.insert(name, scalarOrList(entry.second, name));
    }
    return found;
}

void addDefaultOrigins(ServerConfig &config)
{
    config.corsOrigins = {QStringLiteral("https://instanode.dev"), QStringLiteral("https://www.instanode.dev")};
    if (config.isProduction())
        return;
    for (const int port : {5173, 3000, 5174})
        config.corsOrigins.append(QStringLiteral("http://localhost:%1").arg(port));
}

/// What only the whole can tell.
void checkTogether(const ServerConfig &config, QHash<QString, QString> &problems)
{
    if (config.tlsCertFile.isEmpty() != config.tlsKeyFile.isEmpty()) {
        const QString missing =
            config.tlsCertFile.isEmpty() ? QStringLiteral("TLS_CERT_FILE") : QStringLiteral("TLS_KEY_FILE");
        problems.insert(missing,
                        QStringLiteral("%1 is missing: a certificate and its key belong together").arg(missing));
    }
    checkMailTogether(config.mail, problems);
}

} // namespace

QString settingSourceName(SettingSource source)
{
    switch (source) {
    case SettingSource::Default:
        return QStringLiteral("default");
    case SettingSource::File:
        return QStringLiteral("file");
    case SettingSource::Environment:
        return QStringLiteral("environment");
    }
    Q_UNREACHABLE();
}

bool ServerConfig::isAdmin(const QString &email) const
{
    const QString wanted = email.trimmed().toLower();
    return !wanted.isEmpty() && adminEmails.contains(wanted);
}

domain::Result<ServerConfig> ServerConfig::load(const QString &path, const QProcessEnvironment &environment)
{
    QHash<QString, QString> fromFile;
    try {
        if (!path.isEmpty())
            fromFile = readFile(path);
    } catch (const ConfigFailure &failure) {
        return failure.error;
    }
    ServerConfig config;
    QHash<QString, QString> problems;
    for (const Setting &setting : settings()) {
        const QString name = QString::fromLatin1(setting.name);
        const bool inEnvironment = environment.contains(name);
        if (!inEnvironment && !fromFile.contains(name))
            continue;
        const QString text = inEnvironment ? environment.value(name) : fromFile.value(name);
        // An empty variable is how many supervisors say "not set".
        if (text.trimmed().isEmpty())
            continue;
        const Outcome outcome = setting.apply(config, text);
        if (outcome.kind == Outcome::Kind::Fine)
            config.m_sources.insert(name, inEnvironment ? SettingSource::Environment : SettingSource::File);
        else if (outcome.kind == Outcome::Kind::NotSet)
            config.warnings.append(QStringLiteral("%1 %2; it counts as not set").arg(name, outcome.what));
        else if (outcome.kind == Outcome::Kind::FellBack)
            config.warnings.append(QStringLiteral("%1 %2; using %3").arg(name, outcome.what, setting.shown(config)));
        else
            problems.insert(name,
                            outcome.what.startsWith(name) ? outcome.what : name + QLatin1Char(' ') + outcome.what);
    }
    if (!config.m_sources.contains(QStringLiteral("CORS_ORIGINS")))
        addDefaultOrigins(config);
    checkTogether(config, problems);
    if (config.pool.maxIdle > config.pool.maxOpen) {
        config.warnings.append(
            QStringLiteral("API_PG_MAX_IDLE_CONNS is above API_PG_MAX_OPEN_CONNS; using %1").arg(config.pool.maxOpen));
        config.pool.maxIdle = config.pool.maxOpen;
    }
    if (problems.isEmpty())
        return config;
    QStringList sentences = problems.values();
    sentences.sort();
    return domain::Error{ErrorCode::InvalidInput, QStringLiteral("invalid_config"),
                         sentences.join(QStringLiteral("; ")), problems};
}

QList<SettingLine> ServerConfig::describe() const
{
    QList<SettingLine> lines;
    for (const Setting &setting : settings()) {
        SettingLine line;
        line.name = QString::fromLatin1(setting.name);
        line.source = m_sources.value(line.name, SettingSource::Default);
        line.isSet = m_sources.contains(line.name);
        const QString value = setting.shown(*this);
        line.shown = setting.secret && !value.isEmpty() ? QStringLiteral("set, hidden") : value;
        if (value.isEmpty())
            line.closedWithout = QString::fromLatin1(setting.closedWithout);
        lines.append(line);
    }
    return lines;
}

} // namespace platform
