#pragma once
#include "models/domain/ids.h"
#include "models/domain/result.h"
#include "services/ports/call_context.h"

#include <QDateTime>
#include <QFuture>
#include <QList>

namespace ports {

/// A saved view of a list: filter, sort and columns as the query text and settings of one screen (06-screens §1).
struct SavedView {
    domain::ViewId id;
    QString screen; ///< `customers`, `email`, `webhooks`, `audit`
    QString name;   ///< 1–80 characters, unique per owner and screen
    QString query;  ///< query text in the console's grammar
    QString sort;   ///< `mrr:desc`
    QString ownerEmail;
    bool shared = false;
    QDateTime createdAt;
    bool operator==(const SavedView &) const = default;
};

/// Callable from any thread, answers on an unspecified thread, never blocks, never throws.
class ViewService {
public:
    virtual ~ViewService() = default;
    /// The caller's own views and everybody's shared ones of one screen, by name.
    virtual QFuture<domain::Result<QList<SavedView>>> views(CallContext context, QString screen) = 0;
    /// Creates, or replaces the caller's view of the same screen and name. `invalid_name`, `invalid_query`.
    virtual QFuture<domain::Result<SavedView>> saveView(CallContext context, SavedView view) = 0;
    /// `view_not_found`; only the owner may delete.
    virtual QFuture<domain::Result<domain::Done>> deleteView(CallContext context, domain::ViewId view) = 0;
};

} // namespace ports
