#pragma once
#include <QList>
#include <QString>

#include <chrono>

/// The figures that a run prints. Nothing here asserts: speed is shown, not tested.
namespace bench {

/// Milliseconds since construction.
class Stopwatch {
public:
    double ms() const
    {
        return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - m_start).count();
    }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

/// 0 for an empty list.
double percentile(QList<double> values, double share);

/// `## title`, then the head of a table of timings.
void printTimingHead(const QString &title);
/// First call, p50 and p95 in milliseconds against a goal for p95; goal 0 = none.
void printTimings(const QString &what, const QList<double> &ms, double goalMs);
/// `## title`, then the head of a table of single figures.
void printFigureHead(const QString &title);
/// `met` is printed when there is a goal.
void printFigure(const QString &what, const QString &value, const QString &goal = {}, bool met = true);
/// A line of its own, for what could not be measured and why.
void printRemark(const QString &text);
/// Goals that were missed so far in this run.
int missedGoals();

} // namespace bench
