#include "models/items/change_listener.h"

namespace items {

namespace {
constexpr int gatherMs = 60;
constexpr qsizetype maxPending = 500; ///< beyond it, "something of this kind" is enough
} // namespace

ChangeListener::ChangeListener(ports::ChangeFeed &feed, QObject *parent) : QObject(parent)
{
    m_gather.setSingleShot(true);
    m_gather.setInterval(gatherMs);
    connect(&m_gather, &QTimer::timeout, this, &ChangeListener::deliver);
    m_subscription = feed.subscribe([this](const ports::Change &change) {
        {
            const QMutexLocker lock(&m_mutex);
            const ports::Change kept = m_pending.size() < maxPending ? change : ports::Change{change.kind, {}};
            if (m_pending.contains(kept))
                return;
            m_pending.append(kept);
        }
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (!m_gather.isActive())
                    m_gather.start();
            },
            Qt::QueuedConnection);
    });
}

ChangeListener::~ChangeListener()
{
    m_subscription.reset();
}

void ChangeListener::deliver()
{
    QList<ports::Change> changes;
    {
        const QMutexLocker lock(&m_mutex);
        changes.swap(m_pending);
    }
    if (!changes.isEmpty())
        Q_EMIT changed(changes);
}

} // namespace items
