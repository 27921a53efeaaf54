#include <boost/asio.hpp>
#include <boost/beast.hpp>

#include <QByteArray>
#include <QHash>
#include <QString>
