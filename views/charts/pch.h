#include <QtCharts>
#include <QtWidgets>
