#pragma once
#include <QDialog>
#include <QList>
#include <QString>

namespace dialogs {

struct ShortcutGroup {
    QString title;
    struct Key {
        QString keys, what;
    };
    QList<Key> keys;
};

/// The overview of `?`: groups of keys in two columns. Esc or `?` closes.
class ShortcutsDialog : public QDialog {
    Q_OBJECT
public:
    ShortcutsDialog(const QList<ShortcutGroup> &groups, QWidget *parent);
};

} // namespace dialogs
