#pragma once
#include "services/ports/customer_service.h"

#include <QByteArray>

/// JSON of the customer port (spec 01 §2.3–§2.6, §2.8). The reference's field names are kept; those it does not have
/// are additions. Every decode names the first member that is wrong (json_reader.h).
namespace wire {

QByteArray encodeCustomerPage(const ports::Page<ports::CustomerRow> &page);
domain::Result<ports::Page<ports::CustomerRow>> decodeCustomerPage(const QByteArray &body);

QByteArray encodeCustomerSums(const ports::CustomerSums &sums);
domain::Result<ports::CustomerSums> decodeCustomerSums(const QByteArray &body);

/// Body of `POST customers/exports`: `{rows, format, filter}`; the filter's members are those of the list's query.
struct CustomerExport {
    ports::CustomerFilter filter;
    qint64 rows = 0;
    QString format;
    bool operator==(const CustomerExport &) const = default;
};
QByteArray encodeCustomerExport(const CustomerExport &done);
domain::Result<CustomerExport> decodeCustomerExport(const QByteArray &body);

QByteArray encodeCustomerDetail(const ports::CustomerDetail &detail);
domain::Result<ports::CustomerDetail> decodeCustomerDetail(const QByteArray &body);

} // namespace wire
