#pragma once
#include "services/ports/backend.h"
#include "tests/support/fake_backend.h"
#include "views/pages/page.h"

#include <QList>

/// A page on its own over the scriptable backend: what the shell gives it, and a record of what it asked for.
namespace test {

class PageFixture : public pages::PageHost {
public:
    explicit PageFixture(Dataset data = smallDataset()) : fake(std::move(data))
    {
        grants = domain::permissionsOf(domain::Scope::Admin);
    }

    ports::Backend &backend() override { return fake; }
    ports::CallContext newCall() const override
    {
        ports::CallContext call;
        call.requestId = QStringLiteral("req-%1").arg(++m_calls);
        call.origin = QStringLiteral("desktop");
        return call;
    }
    domain::Permissions permissions() const override { return grants; }
    bool writesUnlocked() const override { return unlocked; }
    QTimeZone timeZone() const override { return zone; }
    QString profileName() const override { return QStringLiteral("Test"); }
    void open(const pages::Location &location) override { opened << location; }
    void toast(const pages::Toast &toast) override { toasts << toast; }
    QString deepLink(const pages::Location &location) const override
    {
        return QStringLiteral("console://test/%1/%2").arg(location.screen, location.id);
    }

    FakeBackend fake;
    domain::Permissions grants;
    bool unlocked = true;
    QTimeZone zone = QTimeZone::utc();
    QList<pages::Location> opened;
    QList<pages::Toast> toasts;

private:
    mutable int m_calls = 0;
};

} // namespace test
