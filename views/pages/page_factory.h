#pragma once
#include <QString>

class QWidget;

namespace pages {

class Page;
class PageHost;

/// The page of a screen key (`overview`, `customers`, `customer`, `audit`, `health`); null for any other key.
Page *makePage(const QString &screen, PageHost &host, QWidget *parent);

} // namespace pages
