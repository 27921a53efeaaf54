#include "views/pages/customer_resources.h"

#include "models/domain/format.h"
#include "views/pages/page_parts.h"
#include "views/widgets/data_table.h"
#include "views/widgets/empty_state.h"
#include "views/widgets/text.h"
#include "views/widgets/usage_bar.h"

#include <QGridLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace pages {

namespace {
using widgets::Ink;
using widgets::TextRole;

QString usedOf(qint64 used, qint64 limit, bool bytes)
{
    if (limit == 0)
        return QStringLiteral("not in the plan");
    if (limit < 0)
        return (bytes ? domain::bytesText(used) : domain::countText(used)) + QStringLiteral(" · unlimited");
    return bytes ? domain::usageText(used, limit)
                 : QStringLiteral("%1 / %2").arg(domain::countText(used), domain::countText(limit));
}

QString countLabel(const QString &key)
{
    if (key == QLatin1StringView("deployments_apps"))
        return QStringLiteral("deployments");
    if (key == QLatin1StringView("team_members"))
        return QStringLiteral("users");
    if (key == QLatin1StringView("queue_count"))
        return QStringLiteral("queues");
    return domain::wordText(key);
}
} // namespace

UsageList::UsageList(QWidget *parent) : QWidget(parent), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(widgets::space::m);
    m_grid->setVerticalSpacing(widgets::space::xs);
    m_grid->setColumnStretch(0, 1);
}

void UsageList::setUsage(const QList<ports::ResourceUsage> &usage, const QList<ports::CountUsage> &counts)
{
    clearLayout(m_grid);
    int row = 0;
    const auto add = [&](const QString &label, qint64 used, qint64 limit, const QString &text) {
        const widgets::Tone tone = widgets::usageTone(used, limit);
        const Ink ink = limit > 0 && tone == widgets::Tone::Bad       ? Ink::Bad
                        : limit > 0 && tone == widgets::Tone::Warning ? Ink::Warning
                        : limit == 0                                  ? Ink::Third
                                                                      : Ink::Text;
        m_grid->addWidget(widgets::makeLabel(label, TextRole::Base13, 400, Ink::Second, this), row, 0);
        QLabel *value = widgets::makeLabel(text, TextRole::Small12, 500, ink, this);
        value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        m_grid->addWidget(value, row++, 1);
        auto *bar = new widgets::UsageBar(this);
        bar->setUsage(used, limit, label, text);
        m_grid->addWidget(bar, row++, 0, 1, 2);
        m_grid->setRowMinimumHeight(row++, widgets::space::xs);
    };
    // Types in the order of the plan table; an unknown one comes last.
    QList<ports::ResourceUsage> ordered = usage;
    const auto rank = [](const ports::ResourceUsage &one) {
        const auto type = domain::parseResourceType(one.type);
        return type ? domain::allResourceTypes().indexOf(*type) : domain::allResourceTypes().size();
    };
    std::stable_sort(ordered.begin(), ordered.end(),
                     [&rank](const auto &a, const auto &b) { return rank(a) < rank(b); });
    for (const ports::ResourceUsage &one : std::as_const(ordered)) {
        const bool bytes = one.type != QLatin1StringView("webhook");
        const QString label =
            one.count > 0 ? QStringLiteral("%1 · %2").arg(one.type, domain::countText(one.count)) : one.type;
        const QString unit = bytes || one.limit == 0 ? QString() : QStringLiteral(" requests");
        add(label, one.used, one.limit, usedOf(one.used, one.limit, bytes) + unit);
    }
    for (const ports::CountUsage &one : counts)
        add(countLabel(one.key), one.used, one.limit, usedOf(one.used, one.limit, false));
}

CustomerResources::CustomerResources(const ZoneOf &zone, QWidget *parent)
    : QWidget(parent)
    , m_resourceTable(makeResourceTable(m_resources, zone, this))
    , m_deploymentTable(makeDeploymentTable(m_deployments, zone, this))
    , m_resourceTitle(widgets::makeLabel({}, TextRole::Small12, 600, Ink::Second, this))
    , m_deploymentTitle(widgets::makeLabel({}, TextRole::Small12, 600, Ink::Second, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, widgets::space::m, 0, 0);
    column->setSpacing(widgets::space::xs);
    column->addWidget(m_resourceTitle);
    column->addWidget(m_resourceTable, 3);
    column->addSpacing(widgets::space::m);
    column->addWidget(m_deploymentTitle);
    column->addWidget(m_deploymentTable, 2);
}

void CustomerResources::setDetail(const ports::CustomerDetail &detail)
{
    m_resources->setRows(detail.resources);
    m_deployments->setRows(detail.deployments);
    m_resourceTitle->setText(QStringLiteral("Resources · %1").arg(detail.resources.size()));
    m_deploymentTitle->setText(QStringLiteral("Deployments · %1").arg(detail.deployments.size()));
    m_resourceTable->emptyState()->showNothingYet(
        QStringLiteral("No resources"), QStringLiteral("The customer has not provisioned any, or all were deleted."));
    m_resourceTable->showEmptyState(detail.resources.isEmpty());
    m_deploymentTable->emptyState()->showNothingYet(QStringLiteral("No deployments"),
                                                    QStringLiteral("They appear when the customer deploys an app."));
    m_deploymentTable->showEmptyState(detail.deployments.isEmpty());
}

} // namespace pages
