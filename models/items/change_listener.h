#pragma once
#include "services/ports/change_feed.h"

#include <QList>
#include <QMutex>
#include <QObject>
#include <QTimer>

#include <memory>

namespace items {

/// Brings changes of the feed (any thread) to this object's thread, gathered for a moment so that a burst of commits is
/// one refresh.
class ChangeListener : public QObject {
    Q_OBJECT
public:
    explicit ChangeListener(ports::ChangeFeed &feed, QObject *parent = nullptr);
    ~ChangeListener() override;

Q_SIGNALS:
    void changed(const QList<ports::Change> &changes); ///< without duplicates, in order of arrival

private:
    void deliver();

    QMutex m_mutex;
    QList<ports::Change> m_pending;
    QTimer m_gather;
    std::unique_ptr<ports::Subscription> m_subscription;
};

} // namespace items
