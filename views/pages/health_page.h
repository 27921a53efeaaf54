#pragma once
#include "models/items/list_table_model.h"
#include "services/ports/health_service.h"
#include "views/pages/page.h"

#include <QFuture>
#include <QTimer>

#include <memory>

namespace pages {

/// Checks, versions, pool and database of the core that answers (06-screens §2.11).
class HealthPage : public Page {
    Q_OBJECT
public:
    explicit HealthPage(PageHost &host, QWidget *parent = nullptr);
    ~HealthPage() override;

    QString screen() const override { return QStringLiteral("health"); }
    QString title() const override { return QStringLiteral("Server health"); }
    Location location() const override { return {screen(), {}, {}}; }
    void show(const Location &location) override;
    using QWidget::show;
    void refresh() override;
    QList<PageAction> actions() const override;
    QString status() const override;

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void load(bool quiet);
    void take(const domain::Result<ports::HealthReport> &result, const QString &requestId);
    void draw(const ports::HealthReport &report);
    void copyReport() const;
    void sizeTable();

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace pages
