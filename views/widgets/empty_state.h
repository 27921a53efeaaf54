#pragma once
#include <QWidget>

#include <memory>

namespace widgets {

/// The four texts of 06-screens §1: loading, failed, nothing matches, nothing yet.
class EmptyState : public QWidget {
    Q_OBJECT
public:
    explicit EmptyState(QWidget *parent = nullptr);
    ~EmptyState() override;
    void
    showLoading(const QString &what); ///< "customers"; painted after 300 ms only, so that quick answers do not flash
    void showFailed(const QString &what, const QString &whatHappened, const QString &errorId); ///< with Retry
    void showNoMatch(const QString &filterInWords);                                            ///< with Clear filters
    void showNothingYet(const QString &what, const QString &how);

Q_SIGNALS:
    void retryRequested();
    void clearRequested();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace widgets
