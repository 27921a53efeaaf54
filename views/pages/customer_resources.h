#pragma once
#include "services/ports/customer_service.h"
#include "views/pages/customer_tables.h"

#include <QWidget>

class QGridLayout;
class QLabel;

namespace pages {

/// Use against the limits of the plan, one line per resource type or counted limit.
class UsageList : public QWidget {
    Q_OBJECT
public:
    explicit UsageList(QWidget *parent);
    void setUsage(const QList<ports::ResourceUsage> &usage, const QList<ports::CountUsage> &counts);

private:
    QGridLayout *m_grid;
};

/// Resources and deployments of one customer as tables.
class CustomerResources : public QWidget {
    Q_OBJECT
public:
    CustomerResources(const ZoneOf &zone, QWidget *parent);
    void setDetail(const ports::CustomerDetail &detail);

private:
    ResourceModel *m_resources = nullptr;
    DeploymentModel *m_deployments = nullptr;
    widgets::DataTable *m_resourceTable, *m_deploymentTable;
    QLabel *m_resourceTitle, *m_deploymentTitle;
};

} // namespace pages
