#pragma once
#include "services/ports/email_service.h"
#include "views/pages/email_loader.h"
#include "views/widgets/notice_bar.h"

namespace pages {

/// What an operator of the delivery screen must know beside the figures: figures that did not come, a silent receiver,
/// a forwarder that holds or does not run, parked events, refused calls. Keys: `failed`, `silent`, `forwarder`,
/// `parked`, `refused`.
QList<widgets::Notice> emailNotices(const EmailFigures &shown, const QDateTime &nowUtc);

} // namespace pages
