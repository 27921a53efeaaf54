#pragma once
#include <QElapsedTimer>
#include <QTimer>

namespace test {

/// Measures how long the GUI thread was ever busy without looking at its events: a timer of 5 ms that records its
/// longest gap. Create it in the GUI thread, let the event loop run, then read longestGapMs().
class Heartbeat {
public:
    Heartbeat()
    {
        m_clock.start();
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(5);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { beat(); });
        m_timer.start();
    }
    /// Forgets what was measured, for example after building the window.
    void reset()
    {
        m_longest = 0;
        m_beats = 0;
        m_clock.restart();
    }
    /// The gap that is running now counts as well, so that a thread that never returns to its loop is not missed.
    qint64 longestGapMs() const { return qMax(m_longest, m_clock.elapsed()); }
    int beats() const { return m_beats; }

private:
    void beat()
    {
        m_longest = qMax(m_longest, m_clock.restart());
        ++m_beats;
    }
    QTimer m_timer;
    QElapsedTimer m_clock;
    qint64 m_longest = 0;
    int m_beats = 0;
};

} // namespace test
