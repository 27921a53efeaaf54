#pragma once
#include "services/ports/customer_service.h"

#include <QObject>

#include <functional>

class QWidget;

namespace pages {

class PageHost;

/// Opens the dialogs that change one customer; `done` runs after the change was confirmed.
void openTierChange(PageHost &host, const ports::CustomerRow &customer, QWidget *page, std::function<void()> done);
void openAddNote(PageHost &host, const ports::CustomerRow &customer, QWidget *page, std::function<void()> done);
QString customerTitle(const ports::CustomerRow &customer); ///< name, else e-mail, else short id

} // namespace pages
