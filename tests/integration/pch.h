#include <QtTest>

#include <QDateTime>
#include <QFuture>
#include <QString>
