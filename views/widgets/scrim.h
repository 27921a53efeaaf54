#pragma once
#include <QObject>

class QDialog;
class QWidget;

namespace widgets {

/// Darkens the window behind a dialog while the dialog is shown. Owned by the dialog; one line in its constructor:
/// `new Scrim(this)`. GUI thread only.
class Scrim : public QObject {
    Q_OBJECT
public:
    explicit Scrim(QDialog *dialog);
    ~Scrim() override;

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void cover();
    void uncover();
    QDialog *m_dialog;
    QWidget *m_cover = nullptr;
};

} // namespace widgets
