#include "tests/support/test_main.h"

#include <QCoreApplication>

INSTANODE_TEST_MAIN(QCoreApplication)
