#pragma once
#include "services/ports/customer_service.h"

#include <QWidget>

#include <memory>

namespace pages {

class PageHost;

/// Notes of operators about one customer: write, read, delete. A note is deleted at once, so closing the window cannot
/// lose the deletion; Undo writes its text again, as a note of the one who takes it back, and says so.
class CustomerNotes : public QWidget {
    Q_OBJECT
public:
    CustomerNotes(PageHost &host, QWidget *parent);
    ~CustomerNotes() override;
    void setTeam(domain::TeamId team);
    void reload();
    void updatePermissions();
    int count() const;
    bool settled() const; ///< the last list asked for is here

Q_SIGNALS:
    void answered(); ///< settled() is true again
    void notesChanged(const QList<domain::Note> &notes);

private:
    void add();
    void draw();
    void take(const domain::Result<QList<domain::Note>> &result, const QString &requestId);
    void remove(const domain::Note &note);
    void offerUndo(const domain::Note &note);
    void writeAgain(const domain::Note &note);
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace pages
