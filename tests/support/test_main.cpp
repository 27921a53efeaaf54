#include "tests/support/test_main.h"

#include "services/platform/resources.h"

#include <QTest>

#include <cstdio>
#include <exception>
#include <map>

namespace test {

namespace {
std::map<QString, SuiteFactory> &suites()
{
    static std::map<QString, SuiteFactory> all;
    return all;
}
} // namespace

bool registerSuite(const char *name, SuiteFactory factory)
{
    return suites().emplace(QString::fromLatin1(name), std::move(factory)).second;
}

int runSuites(int argc, char **argv)
{
    platform::initResources();
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    QString only;
    if (arguments.size() > 1 && !arguments.at(1).startsWith(QLatin1Char('-')))
        only = arguments.takeAt(1);
    if (!only.isEmpty() && suites().count(only) == 0) {
        std::fprintf(stderr, "no suite '%s'\n", qPrintable(only));
        return 2;
    }
    int failures = 0;
    for (const auto &[name, factory] : suites()) {
        if (!only.isEmpty() && name != only)
            continue;
        // Qt Test passes on what a fixture throws (no database, say); unhandled it would end in an abort in which its
        // crash handler prints stack traces for ever.
        try {
            const std::unique_ptr<QObject> suite = factory();
            failures += QTest::qExec(suite.get(), arguments);
        } catch (const std::exception &error) {
            std::fprintf(stderr, "%s: %s\n", qPrintable(name), error.what());
            ++failures;
        }
    }
    return failures == 0 ? 0 : 1;
}

} // namespace test
