#pragma once
#include "services/storage/demo/demo_random.h"

#include <QString>
#include <QStringList>

/// The vocabulary of the sample data. Domains are on the reserved name `.example`, addresses in documentation ranges.
namespace storage::demo {

struct CompanyName {
    QString name;   ///< "Copperleaf Analytics"
    QString domain; ///< "copperleaf.example"
};

/// Distinct names and domains for 0 … companyNameCount() − 1; the first ones are the shortest.
CompanyName companyName(int index);
int companyNameCount();

struct Person {
    QString first, last;
};
Person person(Random &random);

QString appName(Random &random);
QString resourceName(Random &random, const QString &app);
QString branchName(Random &random);
QString vaultKey(Random &random);
QString userAgent(Random &random);
QString ipAddress(Random &random);
/// Lower-case hex digits.
QString hexText(Random &random, int digits);
/// Letters and digits, as payment providers make ids.
QString alnumText(Random &random, int length);

/// The people who run the platform and write notes.
const QStringList &operatorEmails();
QString tierChangeReason(Random &random, bool promotion);
QString paidNote(Random &random, const QString &contact);
QString freeNote(Random &random);
QString graceNote(Random &random, const QString &contact);
QString buildError(Random &random);
QString degradedReason(Random &random);

} // namespace storage::demo
