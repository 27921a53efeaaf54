#include "tests/benchmark/report.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace bench {

namespace {
int missed = 0;

QString verdict(bool met)
{
    if (!met)
        ++missed;
    return met ? QStringLiteral("met") : QStringLiteral("MISSED");
}
void line(const QString &text)
{
    std::puts(qPrintable(text));
    std::fflush(stdout);
}
} // namespace

double percentile(QList<double> values, double share)
{
    if (values.isEmpty())
        return 0;
    std::sort(values.begin(), values.end());
    const double rank = std::ceil(share * static_cast<double>(values.size()));
    return values.at(std::clamp<qsizetype>(static_cast<qsizetype>(rank) - 1, 0, values.size() - 1));
}

void printTimingHead(const QString &title)
{
    line(QStringLiteral("\n## %1\n").arg(title));
    line(QStringLiteral("| %1 | first ms | p50 ms | p95 ms | goal p95 |        |").arg(QStringLiteral("call"), -40));
    line(QStringLiteral("|%1|---------:|-------:|-------:|---------:|--------|").arg(QString(42, QLatin1Char('-'))));
}

void printTimings(const QString &what, const QList<double> &ms, double goalMs)
{
    const double p95 = percentile(ms, 0.95);
    line(QStringLiteral("| %1 | %2 | %3 | %4 | %5 | %6 |")
             .arg(what, -40)
             .arg(ms.value(0), 8, 'f', 1)
             .arg(percentile(ms, 0.5), 6, 'f', 1)
             .arg(p95, 6, 'f', 1)
             .arg(goalMs > 0 ? QString::number(goalMs, 'f', 0) : QStringLiteral("–"), 8)
             .arg(goalMs > 0 ? verdict(p95 < goalMs) : QString(), -6));
}

void printFigureHead(const QString &title)
{
    line(QStringLiteral("\n## %1\n").arg(title));
    line(QStringLiteral("| %1 | %2 | goal       |        |")
             .arg(QStringLiteral("figure"), -46)
             .arg(QStringLiteral("value"), 20));
    line(QStringLiteral("|%1|%2:|------------|--------|")
             .arg(QString(48, QLatin1Char('-')), QString(21, QLatin1Char('-'))));
}

void printFigure(const QString &what, const QString &value, const QString &goal, bool met)
{
    line(QStringLiteral("| %1 | %2 | %3 | %4 |")
             .arg(what, -46)
             .arg(value, 20)
             .arg(goal, -10)
             .arg(goal.isEmpty() ? QString() : verdict(met), -6));
}

void printRemark(const QString &text)
{
    line(QStringLiteral("\n%1").arg(text));
}

int missedGoals()
{
    return missed;
}

} // namespace bench
