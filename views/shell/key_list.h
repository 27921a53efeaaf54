#pragma once
#include "views/shell/key_bindings.h"

#include <QAbstractListModel>
#include <QListView>

namespace shell {

/// The commands under their headings, with the keys that they have now.
class KeyListModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { CommandRole = Qt::UserRole + 1, KeysRole, DefaultRole };
    explicit KeyListModel(const KeyBindings &keys, QObject *parent = nullptr);
    int rowCount(const QModelIndex &parent = {}) const override;
    /// Display: the command or the heading. KeysRole: QStringList. DefaultRole: the keys it had, when they changed.
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override; ///< headings cannot be current
    int rowOf(const QString &command) const;

private:
    struct Line {
        QString heading;
        const Command *command = nullptr; ///< null = a heading
    };
    const KeyBindings &m_keys;
    QList<Line> m_lines;
};

/// The list of the settings' keyboard card. As high as its lines: the page scrolls, not the list.
class KeyList : public QListView {
    Q_OBJECT
public:
    explicit KeyList(const KeyBindings &keys, QWidget *parent = nullptr);
    QString currentCommand() const; ///< empty = none
    void setCurrentCommand(const QString &command);

Q_SIGNALS:
    void chosen(const QString &command);         ///< Enter, F2 or a click
    void resetRequested(const QString &command); ///< Delete
    void currentCommandChanged();
    void lineShown(const QRect &line); ///< in the list's coordinates: the cursor moved there

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    KeyListModel *m_model;
};

} // namespace shell
