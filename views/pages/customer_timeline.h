#pragma once
#include "models/domain/audit.h"
#include "models/domain/customer.h"
#include "views/pages/timeline_text.h"

#include <QFuture>
#include <QWidget>

#include "services/ports/audit_service.h"

#include <memory>

namespace pages {

class PageHost;

/// Everything that happened to one customer, newest first under day headings, notes among it; chips pick a group.
class CustomerTimeline : public QWidget {
    Q_OBJECT
public:
    CustomerTimeline(PageHost &host, QWidget *parent);
    ~CustomerTimeline() override;
    void setTeam(domain::TeamId team); ///< loads from the newest
    void reload();
    void setNotes(const QList<domain::Note> &notes);
    void setGroup(TimelineGroup group);
    TimelineGroup group() const;
    int shownCount() const;
    bool settled() const; ///< the last thing asked for is answered

Q_SIGNALS:
    void answered(); ///< settled() is true again
    void entryActivated(const QString &auditId);

private:
    void loadMore();
    void take(const domain::Result<ports::Page<domain::AuditEntry>> &result, const QString &requestId);
    void draw();
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace pages
