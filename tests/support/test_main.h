#pragma once
#include <QObject>
#include <QString>

#include <functional>
#include <memory>

/// Many suites in one executable: REGISTER_SUITE(x, TstX) in tst_x.cpp; INSTANODE_TEST_MAIN(AppClass) in one file.
/// `tst_unit` runs all suites, `tst_unit x [QtTest options]` runs one.
namespace test {

using SuiteFactory = std::function<std::unique_ptr<QObject>()>;
bool registerSuite(const char *name, SuiteFactory factory);
/// Runs after the application object exists. Fails (exit 2) when the named suite does not exist.
int runSuites(int argc, char **argv);

} // namespace test

#define REGISTER_SUITE(name, Class)                                                                                    \
    static const bool registered_##name =                                                                              \
        ::test::registerSuite(#name, [] { return std::unique_ptr<QObject>(new Class); });

#define INSTANODE_TEST_MAIN(App)                                                                                       \
    int main(int argc, char **argv)                                                                                    \
    {                                                                                                                  \
        App app(argc, argv);                                                                                           \
        return ::test::runSuites(argc, argv);                                                                          \
    }
