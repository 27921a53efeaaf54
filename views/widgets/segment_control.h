#pragma once
#include <QWidget>

#include <memory>

namespace widgets {

/// A few choices side by side, one of them on: "1 h | 24 h | 7 d". Arrow keys move. None is on when the current key is
/// none of them. Names: `<name>.<key>`.
class SegmentControl : public QWidget {
    Q_OBJECT
public:
    SegmentControl(const QString &name, const QString &spoken, QWidget *parent = nullptr);
    ~SegmentControl() override;
    void addChoice(const QString &key, const QString &text, const QString &spoken);
    QString current() const;
    void setCurrent(const QString &key); ///< emits nothing

Q_SIGNALS:
    void chosen(const QString &key); ///< by the operator; also of the one that is on already

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace widgets
