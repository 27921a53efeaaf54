#include "views/shell/shots.h"

#include "services/ports/backend.h"
#include "services/ports/when_done.h"
#include "views/dialogs/connection_chooser.h"
#include "views/dialogs/shortcuts_dialog.h"
#include "views/dialogs/tier_change_dialog.h"
#include "views/pages/replay_sheet.h"
#include "views/shell/key_dialog.h"
#include "views/shell/main_window.h"
#include "views/shell/palette.h"
#include "views/shell/shots_samples.h"
#include "views/widgets/data_table.h"
#include "views/widgets/effect_list.h"

#include <QAbstractButton>
#include <QDialog>
#include <QDir>
#include <QImage>
#include <QPainter>
#include <QUuid>

#include <algorithm>

namespace shell {

using widgets::Theme;

Shots::Shots(std::shared_ptr<ports::Backend> backend, ShotsOptions options, QObject *parent)
    : QObject(parent)
    , m_backend(std::move(backend))
    , m_options(std::move(options))
{
    m_guard.setSingleShot(true);
    m_guard.setInterval(m_options.timeoutMs);
    connect(&m_guard, &QTimer::timeout, this,
            [this] { fail(tr("%1 did not finish loading").arg(m_shots[m_at].name)); });
}

Shots::~Shots() = default;

void Shots::start()
{
    if (!QDir().mkpath(m_options.folder)) {
        fail(tr("the folder %1 cannot be made").arg(m_options.folder));
        return;
    }
    makeWindow({});
    connect(m_window.get(), &MainWindow::sessionKnown, this, &Shots::pickCustomer, Qt::SingleShotConnection);
}

void Shots::pickCustomer()
{
    ports::CustomerQuery first;
    first.limit = 12;
    ports::whenDone(m_backend->customers().list(m_window->newCall(), first), this,
                    [this](const domain::Result<ports::Page<ports::CustomerRow>> &answer) {
                        if (!answer) {
                            fail(tr("the customers cannot be read (%1)").arg(answer.error().key));
                            return;
                        }
                        // A customer that is busy enough to show something, if there is one.
                        const ports::CustomerRow *best = nullptr;
                        for (const ports::CustomerRow &row : answer->rows) {
                            if (!best || row.resourceCount > best->resourceCount)
                                best = &row;
                        }
                        m_customer = best ? best->id.toString() : QString();
                        pinViews();
                    });
}

void Shots::pinViews()
{
    const QList<ports::SavedView> views = sampleViews();
    if (m_pins.size() == views.size()) {
        plan();
        next();
        return;
    }
    ports::whenDone(m_backend->views().saveView(m_window->newCall(), views[m_pins.size()]), this,
                    [this](const domain::Result<ports::SavedView> &saved) {
                        if (!saved) {
                            fail(tr("a view cannot be saved (%1)").arg(saved.error().key));
                            return;
                        }
                        m_pins.append(saved->id.toString());
                        pinViews();
                    });
}

/// Every picture has a window of its own: nothing of an earlier one is left in it.
void Shots::makeWindow(const Shot &shot)
{
    WindowOptions options;
    options.environment = environmentFor(shot.place != Place::Local, shot.place == Place::Unlocked);
    options.makePage = m_options.makePage;
    options.pinnedViews = m_pins;
    if (shot.location.query.hasQueryItem(QStringLiteral("section")))
        options.keys = {{QStringLiteral("console.refresh"), QStringLiteral("F6")}};
    m_window = std::make_unique<MainWindow>(shot.failing ? m_options.failing : m_backend, std::move(options));
    m_window->resize(m_options.size);
    m_window->show();
}

void Shots::plan()
{
    const auto at = [](const char *screen, const QString &id = {}, const char *key = "", const QString &value = {}) {
        pages::Location location{QString::fromLatin1(screen), id, {}};
        if (!value.isEmpty())
            location.query.addQueryItem(QString::fromLatin1(key), value);
        return location;
    };
    const auto add = [this](const char *name, const pages::Location &location, Overlay overlay = Overlay::None,
                            Place place = Place::Local, bool failing = false) {
        m_shots.append({QString::fromLatin1(name), location, overlay, place, failing});
    };
    add("overview", at("overview"));
    add("customers", at("customers"));
    add("customers-filtered", at("customers", {}, "q", QStringLiteral("tier:pro,growth seen<30d")));
    add("customers-no-match", at("customers", {}, "q", QStringLiteral("tier:team nobody-is-called-this")));
    if (!m_customer.isEmpty()) {
        add("customer", at("customer", m_customer));
        for (const char *tab : {"users", "resources", "notes", "audit"})
            add(qPrintable(QStringLiteral("customer-") + QLatin1StringView(tab)),
                at("customer", m_customer, "tab", QString::fromLatin1(tab)));
    }
    const auto onEmail = [this, &at](const char *name, const QString &query, const char *action) {
        m_shots.append({QString::fromLatin1(name), at("email", {}, "q", query), Overlay::PageAction, Place::Local,
                        false, QString::fromLatin1(action)});
    };
    add("email", at("email"));
    onEmail("email-inspector", QStringLiteral("outcome:blocked,hard,soft"), "email.open");
    add("email-no-match", at("email", {}, "q", QStringLiteral("domain:nobody.example")));
    onEmail("email-suppressions", {}, "email.suppressions");
    onEmail("email-preview", {}, "email.previews");
    add("webhooks", at("webhooks"));
    add("webhooks-unmatched", at("webhooks", {}, "q", QStringLiteral("outcome:unmatched")));
    add("audit", at("audit"));
    add("audit-faults", at("audit", {}, "q", QStringLiteral("faults:yes")));
    add("health", at("health"));
    add("settings", at("settings"));
    add("settings-keys", at("settings", {}, "section", QStringLiteral("keyboard")));
    add("key-conflict", at("settings"), Overlay::KeyConflict);
    add("palette", at("customers"), Overlay::Palette);
    add("shortcuts", at("customers"), Overlay::Shortcuts);
    if (!m_customer.isEmpty())
        add("tier-change", at("customer", m_customer), Overlay::TierChange);
    if (m_options.failing) {
        add("webhooks-nothing", at("webhooks"), Overlay::None, Place::Local, true);
        add("customers-failed", at("customers"), Overlay::None, Place::Local, true);
        if (!m_customer.isEmpty())
            add("tier-change-failed", at("customer", m_customer), Overlay::TierFailure, Place::Local, true);
    }
    add("chooser", at("overview"), Overlay::Chooser);
    add("first-start", at("overview"), Overlay::FirstStart);
    add("production", at("customers"), Overlay::None, Place::Production);
    add("production-unlocked", at("customers"), Overlay::None, Place::Unlocked);
}

void Shots::next()
{
    if (m_ended)
        return;
    m_guard.stop();
    if (++m_at >= m_shots.size()) {
        if (m_dark) {
            m_ended = true;
            m_window.reset();
            Q_EMIT finished(true, tr("%n pictures", nullptr, static_cast<int>(m_written.size())));
            return;
        }
        m_dark = true;
        m_at = 0;
    }
    Theme::instance().setMode(m_dark ? Theme::Mode::Dark : Theme::Mode::Light);
    const Shot &shot = m_shots[m_at];
    m_guard.start();
    const auto go = [this] {
        m_window->open(m_shots[m_at].location);
        if (!m_window->currentPage()) {
            fail(tr("there is no page %1").arg(m_shots[m_at].location.screen));
            return;
        }
        m_waiting = true;
        whenLoaded();
    };
    makeWindow(shot);
    connect(m_window.get(), &MainWindow::sessionKnown, this, go, Qt::SingleShotConnection);
}

void Shots::whenLoaded()
{
    const pages::Page *page = m_window->currentPage();
    // A list that failed was never updated, so the failing pictures are ready when the page says why.
    const auto *retry = page ? page->findChild<QAbstractButton *>(QStringLiteral("emptyState.retry")) : nullptr;
    const bool failure = m_at >= 0 && m_shots[m_at].failing && retry && retry->isVisible();
    if (!m_waiting || !page || m_ended)
        return;
    if ((!page->settled() && !failure) || !m_window->settled()) {
        // Not every part of a page tells the shell when it is there; the guard ends it if one never is.
        QTimer::singleShot(10, m_window.get(), [this] { whenLoaded(); });
        return;
    }
    m_waiting = false;
    // One more turn of the event loop, so that what the page queued while it announced itself is done as well.
    QTimer::singleShot(0, this, [this] {
        const Shot shot = m_shots[m_at];
        if (auto *table = m_window->currentPage()->findChild<widgets::DataTable *>();
            table && table->model() && shot.location.screen == QLatin1StringView("customers") &&
            table->model()->rowCount() > 2) {
            table->setFocus();
            table->setCurrentIndex(table->model()->index(1, 0));
        }
        takeWhenQuiet();
    });
}

void Shots::takeWhenQuiet()
{
    if (m_ended)
        return;
    const auto labels = m_window->currentPage()->findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        if (label->isVisible() && label->text().startsWith(QLatin1StringView("Loading"))) {
            QTimer::singleShot(10, this,
                               &Shots::takeWhenQuiet); // a side panel still asks; the guard ends it if it never stops
            return;
        }
    }
    const Shot shot = m_shots[m_at];
    if (shot.overlay == Overlay::None)
        QTimer::singleShot(0, this, [this] { save(m_window->grab().toImage()); });
    else
        takeOverlay(shot);
}

void Shots::takeOverlay(const Shot &shot)
{
    switch (shot.overlay) {
    case Overlay::None:
        break;
    case Overlay::Palette:
        m_window->openPalette();
        save(m_window->grab().toImage());
        m_window->commandPalette().close();
        break;
    case Overlay::Shortcuts: {
        m_window->showShortcuts();
        auto *dialog = m_window->findChild<dialogs::ShortcutsDialog *>();
        dialog->adjustSize();
        saveWithDialog(*dialog);
        dialog->close();
        break;
    }
    case Overlay::KeyConflict: {
        KeyDialog dialog(m_window->keyBindings(), QStringLiteral("console.refresh"), m_window.get());
        dialog.show();
        dialog.propose({QKeySequence(Qt::CTRL | Qt::Key_E)});
        saveWithDialog(dialog);
        break;
    }
    case Overlay::TierChange:
        takeTierChange(false);
        break;
    case Overlay::TierFailure:
        takeTierChange(true);
        break;
    case Overlay::Chooser:
        takeChooser(false);
        break;
    case Overlay::FirstStart:
        takeChooser(true);
        break;
    case Overlay::PageAction:
        takePageAction(shot.action);
        break;
    }
}

void Shots::takeTierChange(bool failing)
{
    const auto team = domain::TeamId::parse(m_customer);
    ports::whenDone(m_backend->customers().detail(m_window->newCall(), *team), this,
                    [this, failing](const domain::Result<ports::CustomerDetail> &answer) {
                        if (!answer) {
                            fail(tr("the customer cannot be read (%1)").arg(answer.error().key));
                            return;
                        }
                        auto *dialog = new dialogs::TierChangeDialog(
                            m_window->backend().customers(), [this] { return m_window->newCall(); }, answer->row,
                            m_window.get());
                        dialog->open();
                        dialog->pick(answer->row.tier == QLatin1StringView("hobby") ? QStringLiteral("growth")
                                                                                    : QStringLiteral("hobby"));
                        dialog->setReason(tr("Agreed with the customer by e-mail"));
                        const auto previewed = [dialog] {
                            const auto *effects = dialog->findChild<widgets::EffectList *>();
                            return effects && effects->isVisible();
                        };
                        if (!failing) {
                            saveWhen(previewed, *dialog);
                            return;
                        }
                        saveWhen(
                            [dialog, previewed, committed = false]() mutable {
                                if (!committed && previewed()) {
                                    committed = true;
                                    Q_EMIT dialog->committed();
                                }
                                const auto *error = dialog->findChild<QLabel *>(QStringLiteral("tierChange.error"));
                                return error && error->isVisible();
                            },
                            *dialog);
                    });
}

void Shots::saveWhen(const std::function<bool()> &ready, QDialog &dialog)
{
    if (m_ended)
        return;
    if (!ready()) {
        QTimer::singleShot(10, &dialog,
                           [this, ready, &dialog] { saveWhen(ready, dialog); }); // the guard ends it if it never is
        return;
    }
    saveWithDialog(dialog);
    dialog.deleteLater();
}

void Shots::takePageAction(const QString &id)
{
    const QList<pages::PageAction> actions = m_window->currentPage()->actions();
    const auto wanted = std::find_if(actions.cbegin(), actions.cend(), [&id](const auto &a) { return a.id == id; });
    if (wanted != actions.cend() && wanted->enabled)
        wanted->trigger();
    m_turns = 20;
    saveWhenSettled();
}

/// A dialog says by the property `settled` that it has its content; the guard ends it if it never has.
void Shots::saveWhenSettled()
{
    if (m_ended)
        return;
    QDialog *dialog = nullptr;
    const auto dialogs = m_window->findChildren<QDialog *>();
    for (QDialog *one : dialogs)
        dialog = one->isVisible() ? one : dialog;
    if (!m_window->currentPage()->settled() || (dialog && !dialog->property("settled").toBool())) {
        QTimer::singleShot(10, this, &Shots::saveWhenSettled);
        return;
    }
    // What came last makes widgets and layouts that the next turns of the loop show and place.
    if (--m_turns > 0) {
        QTimer::singleShot(0, this, &Shots::saveWhenSettled);
        return;
    }
    if (dialog)
        saveWithDialog(*dialog);
    else
        save(m_window->grab().toImage());
}

void Shots::takeChooser(bool firstStart)
{
    dialogs::ConnectionChooser chooser({}, QStringLiteral("system keychain"));
    if (!firstStart)
        chooser.setProfiles(sampleProfiles(), QStringLiteral("3"));
    chooser.show();
    save(chooser.grab().toImage());
}

void Shots::saveWithDialog(QWidget &dialog)
{
    QImage image = m_window->grab().toImage();
    const QImage sheet = dialog.grab().toImage();
    QPainter painter(&image);
    const QPoint at((m_window->width() - dialog.width()) / 2, (m_window->height() - dialog.height()) / 2);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.drawImage(at, sheet);
    painter.setPen(Theme::instance().colors().border);
    painter.drawRect(QRectF(QRect(at, dialog.size())).adjusted(0.5, 0.5, -0.5, -0.5));
    painter.end();
    save(image);
}

void Shots::save(const QImage &image)
{
    const QString file =
        QStringLiteral("%1/%2-%3.png")
            .arg(m_options.folder, m_shots[m_at].name, m_dark ? QStringLiteral("dark") : QStringLiteral("light"));
    if (!image.save(file)) {
        fail(tr("%1 cannot be written").arg(file));
        return;
    }
    m_written.append(file);
    QMetaObject::invokeMethod(this, &Shots::next, Qt::QueuedConnection);
}

void Shots::fail(const QString &message)
{
    if (m_ended)
        return;
    m_ended = true;
    m_guard.stop();
    Q_EMIT finished(false, message);
}

} // namespace shell
