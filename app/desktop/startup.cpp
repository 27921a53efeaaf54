#include "app/desktop/startup.h"

#include "app/desktop/guarded_backend.h"
#include "app/desktop/profile_mapping.h"
#include "services/platform/paths.h"
#include "services/ports/when_done.h"
#include "views/dialogs/connection_chooser.h"
#include "views/dialogs/error_text.h"
#include "views/pages/page_factory.h"
#include "views/shell/main_window.h"
#include "views/widgets/theme.h"

#include <QFileInfo>
#include <QPromise>

namespace desktop {
namespace {

DesktopOptions withDefaults(DesktopOptions options)
{
    if (options.profilesFile.isEmpty())
        options.profilesFile = platform::configDir() + QStringLiteral("/profiles.json");
    if (options.settingsFile.isEmpty())
        options.settingsFile = platform::configDir() + QStringLiteral("/desktop.ini");
    if (options.databaseFile.isEmpty())
        options.databaseFile = platform::defaultDatabaseFile();
    if (!options.secrets)
        options.secrets = platform::makeSecretStore(platform::defaultSecretStoreOptions());
    return options;
}

platform::ConnectionProfile localProfile(const QString &file)
{
    platform::ConnectionProfile p;
    p.id = platform::newProfileId();
    p.name = QStringLiteral("This machine");
    p.kind = platform::ProfileKind::Sqlite;
    p.sqliteFile = file == platform::defaultDatabaseFile() ? QString() : file;
    p.colour = platform::ProfileColour::Green;
    return p;
}

shell::KeyMap storedKeys(QSettings &settings)
{
    shell::KeyMap keys;
    settings.beginGroup(QStringLiteral("keys"));
    const QStringList commands = settings.childKeys();
    for (const QString &command : commands)
        keys.insert(command, settings.value(command).toString());
    settings.endGroup();
    return keys;
}

void storeKeys(QSettings &settings, const shell::KeyMap &keys)
{
    settings.remove(QStringLiteral("keys"));
    settings.beginGroup(QStringLiteral("keys"));
    for (auto it = keys.cbegin(); it != keys.cend(); ++it)
        settings.setValue(it.key(), it.value());
    settings.endGroup();
}

} // namespace

Startup::Startup(DesktopOptions options, QObject *parent)
    : QObject(parent)
    , m_options(withDefaults(std::move(options)))
    , m_store(m_options.profilesFile)
    , m_settings(m_options.settingsFile, QSettings::IniFormat)
{
    auto &theme = widgets::Theme::instance();
    const int mode = m_settings.value(QStringLiteral("look/theme"), 0).toInt();
    if (mode >= 0 && mode <= 2)
        theme.setMode(static_cast<widgets::Theme::Mode>(mode));
    connect(&theme, &widgets::Theme::changed, this, [this] {
        m_settings.setValue(QStringLiteral("look/theme"), static_cast<int>(widgets::Theme::instance().mode()));
    });
}

Startup::~Startup() = default;

void Startup::begin()
{
    const auto loaded = m_store.load();
    if (!loaded) {
        showChooser(dialogs::errorText(loaded.error()));
        return;
    }
    m_profiles = *loaded;
    if (m_profiles.isEmpty() && m_options.demo) {
        showChooser();
        startLocal(true);
        return;
    }
    const QString last = m_settings.value(QStringLiteral("connection/last")).toString();
    showChooser();
    if (find(last))
        connectTo(last);
    else if (m_profiles.size() == 1)
        connectTo(m_profiles.first().id);
    else if (m_profiles.isEmpty() && QFileInfo::exists(m_options.databaseFile))
        startLocal(false); // made by a command: nothing to ask
}

void Startup::showChooser(const QString &error)
{
    if (!m_chooser) {
        m_chooser = std::make_unique<dialogs::ConnectionChooser>(
            [this](const dialogs::ConnectionProfile &profile, const QString &secret) { return test(profile, secret); },
            m_options.secrets->describe());
        auto *c = m_chooser.get();
        connect(c, &dialogs::ConnectionChooser::connectRequested, this, &Startup::connectTo);
        connect(c, &dialogs::ConnectionChooser::saveRequested, this, &Startup::saveProfile);
        connect(c, &dialogs::ConnectionChooser::removeRequested, this, &Startup::removeProfile);
        connect(c, &dialogs::ConnectionChooser::startLocalRequested, this, &Startup::startLocal);
        connect(c, &dialogs::ConnectionChooser::cancelRequested, this, [this] {
            ++m_generation;
            m_chooser->setBusy({});
        });
    }
    QList<dialogs::ConnectionProfile> shown;
    for (const platform::ConnectionProfile &p : std::as_const(m_profiles))
        shown.append(toView(p));
    m_chooser->setProfiles(shown, m_settings.value(QStringLiteral("connection/last")).toString());
    m_chooser->setBusy({});
    if (!error.isEmpty())
        m_chooser->showError(error);
    m_chooser->show();
    m_chooser->raise();
}

void Startup::startLocal(bool sampleData)
{
    const quint64 generation = ++m_generation;
    m_chooser->setBusy(sampleData ? tr("Creating the database and its sample data…") : tr("Creating the database…"));
    ports::whenDone(m_options.prepareLocal(m_options.databaseFile, sampleData), this,
                    [this, generation](const domain::Result<domain::Done> &answer) {
                        if (generation != m_generation)
                            return;
                        if (!answer) {
                            m_chooser->showError(dialogs::errorText(answer.error()));
                            return;
                        }
                        m_profiles.append(localProfile(m_options.databaseFile));
                        showChooser(); // if connecting fails, the new profile is there to be tried again or edited
                        storeProfiles();
                        connectTo(m_profiles.last().id);
                    });
}

void Startup::connectTo(const QString &profileId)
{
    const platform::ConnectionProfile *known = find(profileId);
    if (!known)
        return;
    const platform::ConnectionProfile profile = *known;
    const quint64 generation = ++m_generation;
    m_chooser->setBusy(tr("Connecting to %1…").arg(profile.name));
    if (profile.kind == platform::ProfileKind::Sqlite) {
        openWith(profile, {});
        return;
    }
    ports::whenDone(m_options.secrets->read(profile.secretKey()), this,
                    [this, generation, profile](const domain::Result<std::optional<QByteArray>> &secret) {
                        if (generation != m_generation)
                            return;
                        if (!secret)
                            m_chooser->showError(dialogs::errorText(secret.error()));
                        else
                            openWith(profile, QString::fromUtf8(secret->value_or(QByteArray())));
                    });
}

void Startup::openWith(const platform::ConnectionProfile &profile, const QString &secret)
{
    const quint64 generation = m_generation;
    ports::whenDone(m_options.openBackend(profile, secret), this,
                    [this, generation, profile](const domain::Result<std::shared_ptr<ports::Backend>> &answer) {
                        if (generation != m_generation)
                            return;
                        if (answer)
                            openWindow(profile, *answer);
                        else
                            m_chooser->showError(dialogs::errorText(answer.error()));
                    });
}

void Startup::openWindow(const platform::ConnectionProfile &profile, std::shared_ptr<ports::Backend> backend)
{
    m_settings.setValue(QStringLiteral("connection/last"), profile.id);
    shell::WindowOptions options;
    if (profile.safeMode == platform::SafeMode::ReadOnlyUntilUnlocked) {
        options.writesLocked = std::make_shared<std::atomic_bool>(true);
        backend = std::make_shared<GuardedBackend>(std::move(backend), options.writesLocked);
    }
    options.environment = toView(profile).toEnvironment();
    const QTimeZone wanted(profile.timeZone.toLatin1());
    options.zone = wanted.isValid() ? wanted : QTimeZone::systemTimeZone();
    options.unlockMinutes = profile.unlockMinutes;
    options.makePage = pages::makePage;
    options.settings = &m_settings;
    options.switchConnection = [this] { showChooser(); };
    options.zoneChosen = [this, id = profile.id](const QTimeZone &zone) {
        for (platform::ConnectionProfile &p : m_profiles) {
            if (p.id == id)
                p.timeZone = QString::fromLatin1(zone.id());
        }
        storeProfiles();
    };
    options.keys = storedKeys(m_settings);
    options.keysChosen = [this](const shell::KeyMap &keys) { storeKeys(m_settings, keys); };
    const QString pins = QStringLiteral("pins/") + profile.id;
    options.pinnedViews = m_settings.value(pins).toStringList();
    options.viewsPinned = [this, pins](const QStringList &ids) { m_settings.setValue(pins, ids); };
    // The chooser may have been opened from the old window's own handler, so that one goes later.
    if (m_window)
        m_window.release()->deleteLater();
    m_window = std::make_unique<shell::MainWindow>(std::move(backend), std::move(options));
    const QString place =
        m_options.link.isEmpty() ? m_settings.value(QStringLiteral("window/place")).toString() : m_options.link;
    m_options.link.clear();
    const auto start = [this, place] {
        if (!m_window->openLink(place))
            m_window->open({QStringLiteral("overview"), {}, {}});
    };
    connect(m_window.get(), &shell::MainWindow::sessionKnown, this, start, Qt::SingleShotConnection);
    m_window->show();
    m_chooser->setBusy({});
    m_chooser->hide();
    Q_EMIT windowOpened();
}

void Startup::saveProfile(const dialogs::ConnectionProfile &edited, const QString &secret)
{
    const platform::ConnectionProfile *before = find(edited.id);
    const platform::ConnectionProfile profile = toStored(edited, before ? *before : platform::ConnectionProfile{});
    bool replaced = false;
    for (platform::ConnectionProfile &p : m_profiles) {
        if (p.id == profile.id) {
            p = profile;
            replaced = true;
        }
    }
    if (!replaced)
        m_profiles.append(profile);
    showChooser();
    storeProfiles();
    if (secret.isEmpty())
        return;
    ports::whenDone(m_options.secrets->write(profile.secretKey(), secret.toUtf8()), this,
                    [this](const domain::Result<domain::Done> &answer) {
                        if (!answer)
                            m_chooser->showError(
                                tr("The secret could not be kept: %1").arg(dialogs::errorText(answer.error())));
                    });
}

void Startup::removeProfile(const QString &profileId)
{
    const platform::ConnectionProfile *known = find(profileId);
    if (!known)
        return;
    const QString key = known->secretKey();
    m_settings.remove(QStringLiteral("pins/") + profileId);
    m_profiles.removeIf([&](const platform::ConnectionProfile &p) { return p.id == profileId; });
    showChooser();
    storeProfiles();
    ports::whenDone(m_options.secrets->remove(key), this, [this](const domain::Result<domain::Done> &answer) {
        if (!answer)
            m_chooser->showError(tr("The secret could not be removed: %1").arg(dialogs::errorText(answer.error())));
    });
}

void Startup::storeProfiles()
{
    const auto folder = platform::ensureFolder(QFileInfo(m_options.profilesFile).absolutePath());
    const auto saved = folder ? m_store.save(m_profiles) : domain::Result<domain::Done>(folder.error());
    if (!saved)
        m_chooser->showError(dialogs::errorText(saved.error()));
}

QFuture<domain::Result<QString>> Startup::test(const dialogs::ConnectionProfile &view, const QString &secret)
{
    auto promise = std::make_shared<QPromise<domain::Result<QString>>>();
    promise->start();
    const auto answer = [promise](domain::Result<QString> result) {
        promise->addResult(std::move(result));
        promise->finish();
    };
    const platform::ConnectionProfile *before = find(view.id);
    const platform::ConnectionProfile profile = toStored(view, before ? *before : platform::ConnectionProfile{});
    const auto open = [this, profile, answer](const QString &used) {
        ports::whenDone(
            m_options.openBackend(profile, used), this,
            [this, answer](const domain::Result<std::shared_ptr<ports::Backend>> &opened) {
                if (!opened) {
                    answer(opened.error());
                    return;
                }
                const std::shared_ptr<ports::Backend> backend = *opened;
                ports::CallContext context;
                context.origin = QStringLiteral("desktop");
                ports::whenDone(
                    backend->session().whoAmI(context), this,
                    [backend, answer](const domain::Result<ports::SessionInfo> &who) {
                        if (who)
                            answer(QStringList{who->backend, who->principal.email}.join(QStringLiteral(" · ")));
                        else
                            answer(who.error());
                    });
            });
    };
    if (!secret.isEmpty() || !before || profile.kind == platform::ProfileKind::Sqlite) {
        open(secret);
    } else {
        ports::whenDone(m_options.secrets->read(profile.secretKey()), this,
                        [open, answer](const domain::Result<std::optional<QByteArray>> &stored) {
                            if (stored)
                                open(QString::fromUtf8(stored->value_or(QByteArray())));
                            else
                                answer(stored.error());
                        });
    }
    return promise->future();
}

const platform::ConnectionProfile *Startup::find(const QString &id) const
{
    for (const platform::ConnectionProfile &p : m_profiles) {
        if (p.id == id && !id.isEmpty())
            return &p;
    }
    return nullptr;
}

} // namespace desktop
