#pragma once
#include "services/ports/view_service.h"

#include <QObject>

class QMenu;
class QToolButton;
class QWidget;

namespace pages {

class PageHost;

/// The saved views of one screen: a button that shows the current one and a menu of all, save, pin and delete
/// (06-screens §1 "Saved filters").
class SavedViews : public QObject {
    Q_OBJECT
public:
    SavedViews(PageHost &host, const QString &screen, QWidget *page);
    QToolButton *button() const { return m_button; }
    void reload();
    /// What the list shows now; the button names the view that says the same.
    void setCurrent(const QString &query, const QString &sort);
    void save();                      ///< opens the dialog
    void select(const QString &name); ///< applies the view of this name once the views are known

Q_SIGNALS:
    void applied(const ports::SavedView &view);

private:
    void fill();
    void remove(const ports::SavedView &view);
    void bringBack(const ports::SavedView &view, bool pinned);
    void label();

    PageHost &m_host;
    QString m_screen;
    QWidget *m_page;
    QToolButton *m_button;
    QMenu *m_menu;
    QList<ports::SavedView> m_views;
    QString m_query, m_sort, m_wanted, m_error;
    quint64 m_generation = 0;
};

} // namespace pages
