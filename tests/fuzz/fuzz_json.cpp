#include "app/server/json_body.h"
#include "services/wire/audit_codec.h"
#include "services/wire/customer_codec.h"
#include "services/wire/health_codec.h"
#include "services/wire/note_codec.h"
#include "services/wire/overview_codec.h"
#include "services/wire/session_codec.h"
#include "services/wire/tier_change_codec.h"
#include "services/wire/view_codec.h"

#include <QByteArray>
#include <QtGlobal>

#include <cstddef>
#include <cstdint>

/// Every decoder of the wire on arbitrary bytes: a value or an error with a key, never a crash.
namespace {

template <typename T>
void check(const domain::Result<T> &result)
{
    if (!result.ok() && result.error().key.isEmpty())
        qFatal("an error has no key");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray body(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    check(server::jsonObject(body));
    check(wire::decodeAuditPage(body));
    check(wire::decodeCustomerPage(body));
    check(wire::decodeCustomerSums(body));
    check(wire::decodeCustomerDetail(body));
    check(wire::decodeHealth(body));
    check(wire::decodeNotes(body));
    check(wire::decodeNewNote(body));
    check(wire::decodeNote(body));
    check(wire::decodeOverview(body));
    check(wire::decodeSession(body));
    check(wire::decodeTierChange(domain::TeamId(), body));
    check(wire::decodeTierChangePreview(body));
    check(wire::decodeTierChangeResult(body));
    check(wire::decodeViews(body));
    check(wire::decodeNewView(body));
    check(wire::decodeView(body));
    return 0;
}
