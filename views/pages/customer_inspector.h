#pragma once
#include "services/ports/customer_service.h"

#include <QFuture>
#include <QTimer>
#include <QWidget>

#include <memory>

namespace pages {

class PageHost;

/// The right-hand summary of the current row: facts at once from the row, timeline when the detail has arrived.
class CustomerInspector : public QWidget {
    Q_OBJECT
public:
    CustomerInspector(PageHost &host, QWidget *parent);
    ~CustomerInspector() override;
    void setCustomer(const std::optional<ports::CustomerRow> &row);
    void reload();
    void updatePermissions();

Q_SIGNALS:
    void changeTierRequested();
    void addNoteRequested();
    void openRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void load();
    void draw();
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace pages
