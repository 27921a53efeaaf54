#include <QAbstractItemModel>
#include <QDateTime>
#include <QFuture>
#include <QList>
#include <QString>
