#pragma once
#include "views/shell/key_bindings.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace shell {

/// Takes the next key that is pressed; Tab, Esc and the modifiers alone go on to the dialog.
class KeyField : public QWidget {
    Q_OBJECT
public:
    explicit KeyField(QWidget *parent = nullptr);
    void show(const QKeySequence &key);
    using QWidget::show;
    void setEnterGoesOn(bool on); ///< Enter is not recorded: it belongs to the default button

Q_SIGNALS:
    void recorded(const QKeySequence &key);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QKeySequence m_key;
    bool m_enterGoesOn = false;
};

/// "Press the new key for Refresh": a free key is bound at once, a key of another command is refused by its name, with
/// the choice to take it from there. Open with open().
class KeyDialog : public QDialog {
    Q_OBJECT
public:
    KeyDialog(KeyBindings &keys, const QString &command, QWidget *parent);
    /// As if these keys had been pressed.
    void propose(const QList<QKeySequence> &keys);

private:
    void buildButtons(QVBoxLayout *body);
    void say(const QString &text, bool bad);
    KeyBindings &m_keys;
    const Command *m_command;
    QList<QKeySequence> m_wanted;
    KeyField *m_field;
    QLabel *m_message;
    QPushButton *m_take, *m_reset;
};

} // namespace shell
