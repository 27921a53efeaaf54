#pragma once
#include "models/items/list_table_model.h"
#include "services/ports/customer_service.h"

#include <QTimeZone>

#include <functional>

namespace widgets {
class DataTable;
}

namespace pages {

using ZoneOf = std::function<QTimeZone()>;
using UserModel = items::ListTableModel<domain::User>;
using ResourceModel = items::ListTableModel<domain::Resource>;
using DeploymentModel = items::ListTableModel<domain::Deployment>;

/// A table of the model with its columns and delegates set up.
widgets::DataTable *makeUserTable(UserModel *&model, const ZoneOf &zone, QWidget *parent);
widgets::DataTable *makeResourceTable(ResourceModel *&model, const ZoneOf &zone, QWidget *parent);
widgets::DataTable *makeDeploymentTable(DeploymentModel *&model, const ZoneOf &zone, QWidget *parent);

} // namespace pages
