#include "views/shell/attention.h"

#include "models/domain/delivery_figures.h"
#include "models/domain/format.h"
#include "services/ports/backend.h"
#include "services/ports/when_done.h"

#include <algorithm>

namespace shell {
namespace {

constexpr int attentionLimit = 20; // of ports::Overview::attention
constexpr int ratioDays = 7;       // of the headline of the delivery screen

} // namespace

Attention::Attention(pages::PageHost &host, QObject *parent) : QObject(parent), m_host(host)
{
    m_poll.setInterval(60'000);
    m_soon.setSingleShot(true);
    m_soon.setInterval(1'000);
    connect(&m_poll, &QTimer::timeout, this, &Attention::refresh);
    connect(&m_soon, &QTimer::timeout, this, &Attention::refresh);
    m_poll.start();
    m_subscription = host.backend().changes().subscribe([this](const ports::Change &) {
        QMetaObject::invokeMethod(this, [this] {
            if (!m_soon.isActive())
                m_soon.start();
        });
    });
}

Attention::~Attention()
{
    m_subscription.reset(); // its callback uses this object
}

void Attention::refresh()
{
    if (m_overviewBusy || m_customersBusy || m_healthBusy || m_emailBusy) {
        m_again = true;
        return;
    }
    m_again = false;
    askOverview();
    askCustomers();
    askHealth();
    askEmail();
}

void Attention::askOverview()
{
    if (m_overviewBusy || !m_host.permissions().testFlag(domain::Permission::ViewCustomers))
        return;
    m_overviewBusy = true;
    ports::whenDone(m_host.backend().overview().overview(m_host.newCall()), this,
                    [this](const domain::Result<ports::Overview> &answer) {
                        m_overviewBusy = false;
                        if (m_again)
                            refresh();
                        Q_EMIT reachable(answer.ok() || answer.error().code != domain::ErrorCode::Unavailable);
                        if (!answer)
                            return;
                        const auto &items = answer->attention;
                        const bool bad =
                            std::any_of(items.cbegin(), items.cend(),
                                        [](const ports::AttentionItem &item) { return item.severity >= 3; });
                        // The list ends at its limit: there may be more.
                        const bool more = items.size() >= attentionLimit;
                        Q_EMIT countChanged(QStringLiteral("overview"),
                                            items.isEmpty() ? QString()
                                                            : domain::countText(items.size()) +
                                                                  (more ? QStringLiteral("+") : QString()),
                                            bad ? widgets::Tone::Bad : widgets::Tone::Warning);
                    });
}

/// What the customer list counts without a filter; the overview leaves out closed and test teams.
void Attention::askCustomers()
{
    if (m_customersBusy || !m_host.permissions().testFlag(domain::Permission::ViewCustomers))
        return;
    m_customersBusy = true;
    ports::whenDone(m_host.backend().customers().sums(m_host.newCall(), {}), this,
                    [this](const domain::Result<ports::CustomerSums> &answer) {
                        m_customersBusy = false;
                        if (m_again)
                            refresh();
                        if (answer)
                            Q_EMIT countChanged(QStringLiteral("customers"), domain::countText(answer->count),
                                                widgets::Tone::Neutral);
                    });
}

void Attention::askHealth()
{
    if (m_healthBusy)
        return;
    m_healthBusy = true;
    ports::whenDone(m_host.backend().health().report(m_host.newCall()), this,
                    [this](const domain::Result<ports::HealthReport> &answer) {
                        m_healthBusy = false;
                        if (m_again)
                            refresh();
                        if (!answer) {
                            const bool gone = answer.error().code == domain::ErrorCode::Unavailable;
                            if (gone)
                                Q_EMIT countChanged(QStringLiteral("health"), tr("gone"), widgets::Tone::Bad);
                            Q_EMIT reachable(!gone);
                            return;
                        }
                        const auto wrong = std::count_if(
                            answer->checks.cbegin(), answer->checks.cend(),
                            [](const ports::HealthCheck &c) { return c.status != ports::CheckStatus::Ok; });
                        const bool failed = answer->overall == ports::CheckStatus::Failed;
                        Q_EMIT countChanged(QStringLiteral("health"), wrong > 0 ? domain::countText(wrong) : QString(),
                                            failed ? widgets::Tone::Bad : widgets::Tone::Warning);
                    });
}

/// The settled ratio, only where it is evidence that something is wrong.
void Attention::askEmail()
{
    if (m_emailBusy || !m_host.permissions().testFlag(domain::Permission::ViewEmail))
        return;
    m_emailBusy = true;
    ports::MessageFilter week;
    week.from = QDateTime::currentDateTimeUtc().addDays(-ratioDays);
    ports::whenDone(m_host.backend().email().figures(m_host.newCall(), week), this,
                    [this](const domain::Result<ports::DeliveryFigures> &answer) {
                        m_emailBusy = false;
                        if (m_again)
                            refresh();
                        if (!answer)
                            return;
                        const domain::Verdict verdict = domain::ratioVerdict(answer->counts);
                        const bool wrong = verdict == domain::Verdict::Red || verdict == domain::Verdict::Amber;
                        const QString ratio = domain::percentText(domain::settledRatio(answer->counts), 1);
                        Q_EMIT countChanged(QStringLiteral("email"), wrong ? ratio : QString(),
                                            verdict == domain::Verdict::Red ? widgets::Tone::Bad
                                                                            : widgets::Tone::Warning);
                    });
}

} // namespace shell
