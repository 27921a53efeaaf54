#pragma once
#include <QWidget>

class QToolButton;
namespace items {
class PagedTableModel;
}

namespace pages {

/// "Follow" of a list that shows the newest first, and the pill "12 new" while it is not followed. Names:
/// `<screen>.follow`, `<screen>.pill`.
class FollowControl : public QWidget {
    Q_OBJECT
public:
    /// one, many: what the list holds ("entry", "entries").
    FollowControl(items::PagedTableModel &model, const QString &screen, const QString &one, const QString &many,
                  QWidget *parent);
    void toggle();

Q_SIGNALS:
    void changed();   ///< followed or not, or how many wait
    void topWanted(); ///< rows come on top because the operator asked for them

private:
    void follow(bool on);
    void showWaiting();

    items::PagedTableModel &m_model;
    QString m_one, m_many;
    QToolButton *m_pill, *m_follow;
};

} // namespace pages
