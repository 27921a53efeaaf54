#pragma once
#include "services/ports/overview_service.h"
#include "views/pages/page.h"

#include <QFuture>

#include <memory>

namespace pages {

/// Six figures, what needs attention, tiers and movement (06-screens §2.1, for what exists).
class OverviewPage : public Page {
    Q_OBJECT
public:
    explicit OverviewPage(PageHost &host, QWidget *parent = nullptr);
    ~OverviewPage() override;

    QString screen() const override { return QStringLiteral("overview"); }
    QString title() const override { return QStringLiteral("Overview"); }
    Location location() const override { return {screen(), {}, {}}; }
    void show(const Location &location) override;
    using QWidget::show;
    void refresh() override;
    QList<PageAction> actions() const override;
    QString status() const override;

private:
    void build();
    void load(bool quiet);
    void take(const domain::Result<ports::Overview> &result, const QString &requestId);
    void drawTiles(const ports::Overview &o);
    void drawCharts(const ports::Overview &o);
    void openCustomers(const QString &query);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace pages
