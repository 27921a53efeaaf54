#include "tests/contract/contract_suite.h"

namespace contract {

void ContractSuite::initTestCase_data()
{
    QTest::addColumn<QString>("backend");
    for (const QString &name : backendNames()) {
        if (concerns(name))
            QTest::newRow(qPrintable(name)) << name;
    }
}

bool ContractSuite::concerns(const QString &) const
{
    return true;
}

void ContractSuite::seed(BackendUnderTest &) {}

void ContractSuite::cleanup()
{
    m_fresh.reset();
}

void ContractSuite::cleanupTestCase()
{
    m_shared.clear();
}

BackendUnderTest &ContractSuite::shared()
{
    QFETCH_GLOBAL(QString, backend);
    auto &slot = m_shared[backend];
    if (!slot) {
        slot = makeBackend(backend, test::smallDataset());
        seed(*slot);
    }
    return *slot;
}

BackendUnderTest &ContractSuite::fresh()
{
    QFETCH_GLOBAL(QString, backend);
    m_fresh = makeBackend(backend, test::smallDataset());
    seed(*m_fresh);
    return *m_fresh;
}

} // namespace contract
