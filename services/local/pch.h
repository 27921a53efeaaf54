#include <QByteArray>
#include <QDateTime>
#include <QFuture>
#include <QList>
#include <QString>
