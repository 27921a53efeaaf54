#pragma once
#include <QWidget>

#include <memory>

namespace widgets {

/// A thin strip on top of the content while something runs: appears after 300 ms, offers Cancel after 2 s.
class ProgressStrip : public QWidget {
    Q_OBJECT
public:
    explicit ProgressStrip(QWidget *parent = nullptr);
    ~ProgressStrip() override;
    void start(const QString &what, bool cancellable = true); ///< "Loading customers"
    void setProgress(qint64 done, qint64 total);              ///< total ≤ 0: indeterminate
    void finish();
    bool isActive() const;
    /// For tests and for callers with their own rhythm.
    void setDelays(int showMs, int cancelMs);

Q_SIGNALS:
    void cancelRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace widgets
