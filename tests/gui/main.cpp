#include "tests/support/test_main.h"

#include <QApplication>

INSTANODE_TEST_MAIN(QApplication)
