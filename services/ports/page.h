#pragma once
#include <QList>
#include <QString>

#include <optional>

namespace ports {

/// One page of a keyset-paged list. `next` is opaque: hand it back unchanged; empty = this was the last page.
template <typename T>
struct Page {
    QList<T> rows;
    QString next;
    std::optional<qint64> total; ///< size of the whole filtered set; only where the query asked for it
    bool operator==(const Page &) const = default;
};

inline constexpr int defaultPageSize = 50;
inline constexpr int maxPageSize = 500;

} // namespace ports
