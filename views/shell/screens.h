#pragma once
#include <QList>
#include <QString>

namespace shell {

/// The screens of the rail, in the order of Ctrl+1…9.
struct Screen {
    QString key; ///< Location::screen
    QString title;
    QString icon;
    QString section; ///< heading above it in the rail; empty = none
};
const QList<Screen> &screens();
/// The rail entry a location belongs to: `customer` is part of `customers`. Empty = none.
QString railKeyOf(const QString &screen);

} // namespace shell
