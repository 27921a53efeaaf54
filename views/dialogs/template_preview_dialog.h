#pragma once
#include "services/ports/email_service.h"

#include <QDialog>

#include <functional>
#include <memory>

namespace dialogs {

/// Every mail that the platform sends, with sample data: as a customer sees it, and as plain text. Nothing is loaded
/// from outside, and links do not open.
class TemplatePreviewDialog : public QDialog {
    Q_OBJECT
    Q_PROPERTY(bool settled READ settled)
public:
    using NewCall = std::function<ports::CallContext()>;
    TemplatePreviewDialog(ports::EmailService &service, NewCall newCall, QWidget *parent);
    ~TemplatePreviewDialog() override;
    void select(const QString &kind); ///< once the kinds are known
    bool settled() const;             ///< what was asked for is on the screen

private:
    void build();
    void load();
    void loadPreview();
    void fail(const domain::Error &error, const QString &requestId);
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace dialogs
