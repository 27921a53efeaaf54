#pragma once
#include <QList>
#include <QUuid>

#include <initializer_list>

/// Reproducible randomness of the sample data: the same on every platform, engine and run.
namespace storage::demo {

/// SplitMix64. One stream per (seed, customer), so a customer looks the same whatever came before it.
class Random {
public:
    Random(quint64 seed, quint64 stream) : m_state(mix(seed ^ mix(stream + 0x632be59bd9b4e019ULL))) {}

    quint64 next()
    {
        m_state += 0x9e3779b97f4a7c15ULL;
        return mix(m_state);
    }
    /// 0 … bound − 1; bound > 0.
    qint64 below(qint64 bound) { return static_cast<qint64>(next() % static_cast<quint64>(bound)); }
    /// from … to, both included; `from` when the range is empty.
    qint64 between(qint64 from, qint64 to) { return to <= from ? from : from + below(to - from + 1); }
    /// True in `perMille` of a thousand cases.
    bool chance(int perMille) { return below(1000) < perMille; }
    /// [0, 1)
    double real() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
    template <typename T>
    const T &pick(const QList<T> &list)
    {
        return list.at(static_cast<qsizetype>(below(list.size())));
    }
    /// Index into `weights`.
    int weighted(std::initializer_list<int> weights)
    {
        int sum = 0;
        for (const int w : weights)
            sum += w;
        auto left = below(sum);
        int index = 0;
        for (const int w : weights) {
            left -= w;
            if (left < 0)
                break;
            ++index;
        }
        return index;
    }
    /// Version 4.
    QUuid uuid()
    {
        const quint64 a = next();
        const quint64 b = next();
        return QUuid(static_cast<uint>(a >> 32), static_cast<ushort>(a >> 16),
                     static_cast<ushort>((a & 0x0fff) | 0x4000), static_cast<uchar>(((b >> 56) & 0x3f) | 0x80),
                     static_cast<uchar>(b >> 48), static_cast<uchar>(b >> 40), static_cast<uchar>(b >> 32),
                     static_cast<uchar>(b >> 24), static_cast<uchar>(b >> 16), static_cast<uchar>(b >> 8),
                     static_cast<uchar>(b));
    }

private:
    static quint64 mix(quint64 z)
    {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    quint64 m_state;
};

} // namespace storage::demo
