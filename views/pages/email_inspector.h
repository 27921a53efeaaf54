#pragma once
#include "services/ports/email_service.h"

#include <QWidget>

#include <memory>
#include <optional>

namespace pages {

class PageHost;

/// One message in full: what became of it and why, its timeline, whether its recipient is suppressed, what can be done.
class EmailInspector : public QWidget {
    Q_OBJECT
public:
    EmailInspector(PageHost &host, QWidget *parent);
    ~EmailInspector() override;
    /// Shows what the row says at once and asks for the rest; other values of the same row are taken over quietly.
    void setMessage(const std::optional<ports::MessageRow> &row);
    void reload(); ///< after an action
    void updatePermissions();
    bool isSettled() const;
    /// Why not now; empty = allowed.
    QString whyNoResend() const;
    QString whyNoLift() const;
    std::optional<ports::MessageDetail> detail() const;

Q_SIGNALS:
    void liftRequested();
    void resendRequested();
    void customerRequested(const QString &id);
    void auditRequested(const QString &id);
    void webhookRequested(const QString &id);

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void build();
    void buildActions();
    void load();
    void take(const domain::Result<ports::MessageDetail> &result, const QString &requestId);
    void drawRow();
    void drawDetail();
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace pages
