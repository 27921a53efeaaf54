#include <QByteArray>
#include <QDateTime>
#include <QHash>
#include <QList>
#include <QString>
