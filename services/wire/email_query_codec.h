#pragma once
#include "services/ports/email_service.h"
#include "services/ports/webhook_inbox_service.h"
#include "services/wire/query_codec.h"

/// Query parameters of mail and of the webhook inbox. Strict: a parameter that the list does not know is
/// `unknown_parameter`. Errors of all: `invalid_time`, `invalid_team_id`, `invalid_value`, `invalid_text`, and
/// `invalid_limit` where there is a limit.
namespace wire {

domain::Result<ports::MessageFilter> decodeMessageFilter(const QueryItems &items);
QueryItems encodeMessageFilter(const ports::MessageFilter &filter);

domain::Result<ports::MessageQuery> decodeMessageQuery(const QueryItems &items);
QueryItems encodeMessageQuery(const ports::MessageQuery &query);

/// The filter, `format` (csv unless given; `invalid_format`) and `sealed`.
struct MessageExport {
    ports::MessageFilter filter;
    ports::ExportFormat format = ports::ExportFormat::Csv;
    bool sealed = false; ///< see exportSeal()
};
domain::Result<MessageExport> decodeMessageExport(const QueryItems &items);
QueryItems encodeMessageExport(const MessageExport &wanted);

/// The filter, `by` (`invalid_dimension`) and `limit`.
struct GroupQuery {
    ports::MessageFilter filter;
    ports::DeliveryDimension dimension = ports::DeliveryDimension::Template;
    int limit = 20;
    bool operator==(const GroupQuery &) const = default;
};
domain::Result<GroupQuery> decodeGroupQuery(const QueryItems &items);
QueryItems encodeGroupQuery(const GroupQuery &query);
QString dimensionName(ports::DeliveryDimension dimension); ///< template, domain, provider, template_domain
std::optional<ports::DeliveryDimension> parseDimension(QStringView name);

domain::Result<ports::SuppressionQuery> decodeSuppressionQuery(const QueryItems &items);
QueryItems encodeSuppressionQuery(const ports::SuppressionQuery &query);

domain::Result<ports::WebhookQuery> decodeWebhookQuery(const QueryItems &items);
QueryItems encodeWebhookQuery(const ports::WebhookQuery &query);

} // namespace wire
