#pragma once
#include <QDialog>
#include <QKeySequence>
#include <QList>
#include <QStringList>

namespace dialogs {

struct ShortcutGroup {
    QString title;
    struct Key {
        QStringList keys;
        QString what;
    };
    QList<Key> keys;
};

/// The overview of `?`: the first group on the left, the others on the right. Esc or the key that opened it closes.
class ShortcutsDialog : public QDialog {
    Q_OBJECT
public:
    ShortcutsDialog(const QList<ShortcutGroup> &groups, const QList<QKeySequence> &closeKeys, QWidget *parent);

Q_SIGNALS:
    void changeRequested(); ///< to the settings
};

} // namespace dialogs
