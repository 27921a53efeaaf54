#pragma once
#include "views/pages/page.h"

#include <QWidget>

#include <memory>

namespace shell {

/// Notices above the status line, each for 10 s (not while the pointer is on it); actions stay in the undo list for the
/// rest of the session.
class Toasts : public QWidget {
    Q_OBJECT
public:
    explicit Toasts(QWidget *host);
    ~Toasts() override;
    void add(const pages::Toast &toast);
    struct Undo {
        QString text, actionText;
        QDateTime at;
        std::function<void()> action;
    };
    const QList<Undo> &undoList() const;
    /// Runs and removes one; index from the newest. False if there is none.
    bool runUndo(qsizetype index = 0);
    void setLifetime(int ms); ///< tests
    int visibleCount() const;
    void reposition();

Q_SIGNALS:
    void undoListChanged();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace shell
