#pragma once
#include "tests/contract/backend_factory.h"

#include <QFuture>
#include <QObject>
#include <QTest>

#include <map>

namespace contract {

/// Waits for a future; an unanswered one is an Internal error.
template <typename T>
domain::Result<T> answer(QFuture<domain::Result<T>> future)
{
    future.waitForFinished();
    if (future.resultCount() == 0)
        return domain::makeError(domain::ErrorCode::Internal, QStringLiteral("no_answer"));
    return future.result();
}

/// "ok", or the key of the error.
template <typename T>
QString keyOf(const domain::Result<T> &result)
{
    return result ? QStringLiteral("ok") : result.error().key;
}

template <typename T>
QString detailOf(const domain::Result<T> &result)
{
    return result ? QString() : result.error().key + QStringLiteral(": ") + result.error().detail;
}

/// Base of the contract's suites: every test function runs once per registered backend.
class ContractSuite : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void cleanup();
    void cleanupTestCase();

protected:
    /// Whether the suite says anything about this backend; one that it does not has no rows.
    virtual bool concerns(const QString &backend) const;
    /// Adds what this suite needs beside the small data set; once per backend.
    virtual void seed(BackendUnderTest &backend);
    /// The small data set, shared by tests that change nothing.
    BackendUnderTest &shared();
    /// The small data set for this test alone.
    BackendUnderTest &fresh();

private:
    std::map<QString, std::unique_ptr<BackendUnderTest>> m_shared;
    std::unique_ptr<BackendUnderTest> m_fresh;
};

/// Evaluates its argument once.
#define VERIFY_OK(...)                                                                                                 \
    do {                                                                                                               \
        const QString problem_ = ::contract::detailOf(__VA_ARGS__);                                                    \
        QVERIFY2(problem_.isEmpty(), qPrintable(problem_));                                                            \
    } while (false)

} // namespace contract
