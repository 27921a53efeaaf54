#pragma once
#include "services/ports/customer_service.h"
#include "views/pages/page.h"

#include <memory>

namespace pages {

/// One customer: timeline, users, resources, notes, audit; limits at the side (06-screens §2.3 for what exists).
class CustomerPage : public Page {
    Q_OBJECT
public:
    explicit CustomerPage(PageHost &host, QWidget *parent = nullptr);
    ~CustomerPage() override;

    QString screen() const override { return QStringLiteral("customer"); }
    QString title() const override;
    Location location() const override;
    void show(const Location &location) override;
    using QWidget::show;
    void refresh() override;
    QList<PageAction> actions() const override;
    QString status() const override;
    QString currentId() const override;
    bool settled() const override;

private:
    void build();
    QWidget *buildHeader();
    QWidget *buildSide();
    void buildTabs();
    void connectAll();
    void load(bool quiet);
    void take(const domain::Result<ports::CustomerDetail> &result, const QString &requestId);
    void draw();
    void selectTab(const QString &key);
    void changeTier();
    void addNote();

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace pages
