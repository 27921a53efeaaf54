#pragma once
#include "services/platform/clock.h"
#include "services/ports/access_service.h"
#include "services/ports/backend.h"
#include "tests/support/seed.h"

#include <functional>
#include <memory>

/// One suite, every implementation. An implementation joins by one line in a .cpp of this folder:
/// REGISTER_BACKEND("remote", Door::None, [](const test::Dataset &data) { return
/// std::make_unique<RemoteUnderTest>(data); });
namespace contract {

/// Who calls. ReadOnly is an operator's session that may not write; Stranger has no permission at all.
enum class Role { Admin, Auditor, ReadOnly, Stranger };

class BackendUnderTest {
public:
    virtual ~BackendUnderTest() = default;
    /// What this role talks to: a remote has one connection per token.
    virtual ports::Backend &backend(Role role) = 0;
    virtual ports::CallContext call(Role role) = 0;
    /// False where such a caller cannot exist (a remote token is Admin or Auditor).
    virtual bool has(Role role) const = 0;
    /// Null for Door::None.
    virtual ports::AccessService *access() = 0;
    /// The clock of the core that answers; stands at the data set's time.
    virtual platform::FixedClock &clock() = 0;
    /// The next `count` audit rows are written, those after them fail; −1 = none fails.
    virtual void failAuditInsertsAfter(int count) = 0;
    /// Changes the database below the implementation. The fake has one for mail and webhooks only.
    virtual void editDatabase(const std::function<void(storage::Connection &)> &change) = 0;
    /// From now on the database does not answer.
    virtual void goAway() = 0;
};

using BackendFactory = std::function<std::unique_ptr<BackendUnderTest>(const test::Dataset &data)>;
/// Whether the implementation lets people in itself, that is, has an AccessService.
enum class Door { Own, None };
bool registerBackend(const char *name, Door door, BackendFactory factory);
QStringList backendNames();
Door doorOf(const QString &backend);
std::unique_ptr<BackendUnderTest> makeBackend(const QString &name, const test::Dataset &data);

inline QString adminEmail()
{
    return QStringLiteral("admin@example.com");
}
inline QString auditorEmail()
{
    return QStringLiteral("auditor@example.com");
}
/// The principal of a role, for implementations that take it from the call.
domain::Principal principalOf(Role role);

} // namespace contract

#define CONTRACT_JOIN2(a, b) a##b
#define CONTRACT_JOIN(a, b) CONTRACT_JOIN2(a, b)
#define REGISTER_BACKEND(name, door, factory)                                                                          \
    static const bool CONTRACT_JOIN(registeredBackend, __LINE__) = ::contract::registerBackend(name, door, factory);
