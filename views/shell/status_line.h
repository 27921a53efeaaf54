#pragma once
#include <QWidget>

#include <memory>

namespace shell {

/// Bottom line: sums of the page's filtered set, state of the connection, the undo list.
class StatusLine : public QWidget {
    Q_OBJECT
public:
    explicit StatusLine(QWidget *parent = nullptr);
    ~StatusLine() override;
    void setText(const QString &richText);
    void setConnection(const QString &text, bool good); ///< "connected", "not reachable since 09:12"
    void setUndoCount(int count);

Q_SIGNALS:
    void undoListRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace shell
