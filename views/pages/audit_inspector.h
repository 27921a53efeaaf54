#pragma once
#include "models/domain/audit.h"

#include <QTimeZone>
#include <QWidget>

#include <memory>

namespace pages {

/// One audit entry in full: ids to copy, exact time, metadata as stored.
class AuditInspector : public QWidget {
    Q_OBJECT
public:
    explicit AuditInspector(QWidget *parent);
    ~AuditInspector() override;
    void setEntry(const std::optional<domain::AuditEntry> &entry, const QTimeZone &zone);

Q_SIGNALS:
    void teamRequested(const QString &id);
    void filterRequested(const QString &field, const QString &term);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace pages
