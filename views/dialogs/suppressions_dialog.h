#pragma once
#include "services/ports/email_service.h"

#include <QDialog>
#include <QTimeZone>

#include <functional>
#include <memory>

namespace dialogs {

/// All suppressed addresses with a search by address; a bounce or complaint can be lifted from here. It stays open.
class SuppressionsDialog : public QDialog {
    Q_OBJECT
    Q_PROPERTY(bool settled READ settled)
public:
    using NewCall = std::function<ports::CallContext()>;
    /// whyNoLift: why this operator may not lift at all; empty = allowed.
    SuppressionsDialog(ports::EmailService &service, NewCall newCall, const QTimeZone &zone, const QString &whyNoLift,
                       QWidget *parent);
    ~SuppressionsDialog() override;
    bool settled() const; ///< what was asked for is on the screen

Q_SIGNALS:
    void lifted(const QString &email);

private:
    void build();
    void search();
    void stateChanged();
    void currentChanged();
    void lift();
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace dialogs
