#pragma once
#include "services/ports/customer_service.h"

#include <QWidget>

#include <memory>

namespace pages {

class PageHost;

/// Notes of operators about one customer: write, read, delete with a moment to take it back. A deleted note leaves the
/// server when that moment is over or the notes are left, so Undo loses neither author nor time.
class CustomerNotes : public QWidget {
    Q_OBJECT
public:
    CustomerNotes(PageHost &host, QWidget *parent);
    ~CustomerNotes() override;
    void setTeam(domain::TeamId team);
    void reload();
    void updatePermissions();
    void setUndoWindow(int ms); ///< default 8 s
    int count() const;

Q_SIGNALS:
    void notesChanged(const QList<domain::Note> &notes);

protected:
    void hideEvent(QHideEvent *event) override;

private:
    void add();
    void draw();
    void take(const domain::Result<QList<domain::Note>> &result, const QString &requestId);
    void remove(domain::NoteId note);
    void commitRemovals();
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace pages
