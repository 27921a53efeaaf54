#include "models/domain/audit.h"
#include "models/domain/audit_kind_names.h"
#include "test_paths.h"
#include "tests/support/test_main.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace domain;

namespace {

const QString sourceDir = QStringLiteral(INSTANODE_SOURCE_DIR "/");

/// Never empty when it returns: an unreadable or empty file is a failure of the check, not a pass.
QString readSource(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(path));
    const QString text = QString::fromUtf8(file.readAll());
    if (text.isEmpty())
        qFatal("%s is empty", qPrintable(path));
    return text;
}

QStringList sourcesBelow(const QStringList &folders)
{
    QStringList files;
    for (const QString &folder : folders) {
        QDirIterator it(sourceDir + folder, {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files,
                        QDirIterator::Subdirectories);
        while (it.hasNext()) {
            const QString path = it.next();
            if (!path.contains(QStringLiteral("/domain/audit_kind")))
                files.append(path);
        }
    }
    return files;
}

QStringList allMatches(const QString &text, const QString &pattern)
{
    QStringList found;
    for (auto it = QRegularExpression(pattern).globalMatch(text); it.hasNext();)
        found.append(it.next().captured(1));
    return found;
}

QSet<QString> toSet(const QStringList &list)
{
    return QSet<QString>(list.begin(), list.end());
}

QByteArray sorted(const QSet<QString> &set)
{
    QStringList list(set.begin(), set.end());
    list.sort();
    return list.join(QStringLiteral(", ")).toUtf8();
}

QSet<QString> tableKinds()
{
    QSet<QString> kinds;
    for (const AuditKind &row : auditKinds())
        kinds.insert(QString::fromLatin1(row.kind));
    return kinds;
}

} // namespace

class TstAuditKinds : public QObject {
    Q_OBJECT

    /// kind → flags, from the specification's own list
    QHash<QString, QStringList> m_spec;

private slots:
    void initTestCase()
    {
        const QString text = readSource(sourceDir + QStringLiteral("tests/data/audit_kinds_spec.txt"));
        for (const QString &line : text.split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
            if (line.startsWith(QLatin1Char('#')))
                continue;
            QStringList words = line.split(QLatin1Char(' '));
            const QString kind = words.takeFirst();
            QVERIFY2(!m_spec.contains(kind), qPrintable(kind));
            m_spec.insert(kind, words);
        }
        QVERIFY(m_spec.size() > 66);
    }

    void tableAndSpecificationAreTheSame()
    {
        QSet<QString> table;
        for (const AuditKind &row : auditKinds()) {
            if (qstrcmp(row.producer, "console") != 0)
                table.insert(QString::fromLatin1(row.kind));
        }
        const QSet<QString> spec = toSet(m_spec.keys());
        QVERIFY2((spec - table).isEmpty(), "in the specification only: " + sorted(spec - table));
        QVERIFY2((table - spec).isEmpty(), "in the table only: " + sorted(table - spec));
    }

    void flagsAreThoseOfTheSpecification()
    {
        for (const AuditKind &row : auditKinds()) {
            const QString kind = QString::fromLatin1(row.kind);
            const QStringList flags = m_spec.value(kind);
            QVERIFY2(row.mailsCustomer == flags.contains(QStringLiteral("mail")), row.kind);
            QVERIFY2(row.operatorAlert == flags.contains(QStringLiteral("operator")), row.kind);
            QVERIFY2(row.propagates == flags.contains(QStringLiteral("propagates")), row.kind);
        }
    }

    void registryHas66KindsOfTheReference()
    {
        const QString text = readSource(sourceDir + QStringLiteral("tests/data/audit_kinds_spec.txt"));
        const qsizetype from = text.indexOf(QStringLiteral("# Spec 02 §1.2")),
                        to = text.indexOf(QStringLiteral("# Spec 02 §1.3"));
        QVERIFY(from > 0 && to > from);
        const QStringList kinds = allMatches(text.sliced(from, to - from), QStringLiteral("(?m)^([a-z_]+\\.[a-z_.]+)"));
        QCOMPARE(kinds.size(), 66);
    }

    void everyRowIsSound()
    {
        const QSet<QByteArray> producers{"api", "worker", "api+worker", "console"};
        QSet<QByteArray> seen;
        for (const AuditKind &row : auditKinds()) {
            QVERIFY2(!seen.contains(row.kind), row.kind);
            seen.insert(row.kind);
            QVERIFY2(producers.contains(row.producer), row.kind);
            QSet<QByteArray> keys;
            for (const char *key : row.keys) {
                QVERIFY2(!keys.contains(key), row.kind);
                keys.insert(key);
            }
            QVERIFY2(!keys.contains("token") || qstrcmp(row.kind, "customer_db.direct_drop") == 0, row.kind);
            QCOMPARE(findAuditKind(QString::fromLatin1(row.kind))->kind, row.kind);
        }
        QCOMPARE(findAuditKind(u"subscription.cancelled"), nullptr);
    }

    void faultsAreAlertsAndFailures()
    {
        QVERIFY(isFaultKind(QString(kinds::propagationDeadLettered))); // an alert
        QVERIFY(isFaultKind(QString(kinds::deployFailed)));            // mails the customer, and is a failure
        QVERIFY(isFaultKind(u"mirror.failed"));
        for (const char *other : {"failed", "mirror.failed.seen", "mirror.Failed", ""})
            QVERIFY2(!isFaultKind(QString::fromLatin1(other)), other);
        QVERIFY(!isFaultKind(QString(kinds::deployHealthy)));
        for (const AuditKind &row : auditKinds())
            QVERIFY2(!row.operatorAlert || isFaultKind(QString::fromLatin1(row.kind)), row.kind);
    }

    void synchronousMailIsNotMailedAgain()
    {
        QVERIFY(!findAuditKind(QString(kinds::deployDeletionRequested))->mailsCustomer);
        QVERIFY(findAuditKind(QString(kinds::deployDeletionConfirmed))->mailsCustomer);
        QVERIFY(!findAuditKind(QString(kinds::stackDeletionConfirmed))->mailsCustomer);
    }

    void operatorRowsAreRecognised()
    {
        QVERIFY(isOperatorKind(QString(kinds::adminAccess)));
        QVERIFY(isOperatorKind(u"admin.anything"));
        QVERIFY(!isOperatorKind(u"administrator.login"));
        QVERIFY(!isOperatorKind(QString(kinds::subscriptionCanceledByAdmin)));
    }

    /// The names that code uses and the table: the same set, each spelled once.
    void namesAndTableAreTheSame()
    {
        const QString header = readSource(sourceDir + QStringLiteral("models/domain/audit_kind_names.h"));
        const QStringList spelled =
            allMatches(header, QStringLiteral("constexpr QLatin1StringView \\w+\\(\"([^\"]+)\"\\)"));
        QVERIFY2(!spelled.isEmpty(), "no constant found in audit_kind_names.h: the check has lost its subject");
        QCOMPARE(toSet(spelled).size(), spelled.size());
        const QSet<QString> names = toSet(spelled), table = tableKinds();
        QVERIFY2((names - table).isEmpty(), "named but not in the table: " + sorted(names - table));
        QVERIFY2((table - names).isEmpty(), "in the table without a name: " + sorted(table - names));
        const QString source = readSource(sourceDir + QStringLiteral("models/domain/audit_kinds.cpp"));
        QVERIFY2(allMatches(source, QStringLiteral("\\{(\"[a-z_.]+\"), \"(?:api|worker|console)")).isEmpty(),
                 "a row of the table spells its kind instead of naming it");
    }

    /// What writes audit rows names its kinds; it does not spell them.
    void producersSpellNoKind()
    {
        const QStringList files =
            sourcesBelow({QStringLiteral("app"), QStringLiteral("services"), QStringLiteral("models")});
        QVERIFY2(files.size() > 10, "too few source files found: the check has lost its subject");
        const QSet<QString> table = tableKinds();
        QSet<QString> offences;
        for (const QString &path : files) {
            for (const QString &literal :
                 allMatches(readSource(path), QStringLiteral("\"([a-z_]+(?:\\.[a-z_]+)+)\""))) {
                if (table.contains(literal))
                    offences.insert(path.sliced(sourceDir.size()) + QStringLiteral(": ") + literal);
            }
        }
        QVERIFY2(offences.isEmpty(), sorted(offences));
    }

    /// Wherever a kind is assigned or compared by its text, the text is one of the table.
    void comparedKindsExist()
    {
        const QStringList files = sourcesBelow(
            {QStringLiteral("app"), QStringLiteral("services"), QStringLiteral("models"), QStringLiteral("views")});
        const QSet<QString> table = tableKinds();
        QSet<QString> offences;
        const QString pattern = QStringLiteral(
            "[kK]ind\\s*(?:==|!=|=)\\s*(?:QStringLiteral|QLatin1StringView)?\\(?u?\"([a-z_]+(?:\\.[a-z_]+)+)\"");
        QCOMPARE(allMatches(QStringLiteral("entry.kind = QStringLiteral(\"team.gone\");"), pattern),
                 QStringList{QStringLiteral("team.gone")});
        for (const QString &path : files) {
            for (const QString &literal : allMatches(readSource(path), pattern)) {
                if (!table.contains(literal))
                    offences.insert(path.sliced(sourceDir.size()) + QStringLiteral(": ") + literal);
            }
        }
        QVERIFY2(offences.isEmpty(), sorted(offences));
    }

    /// A row that only the console writes is written by its code; otherwise the table promises what never comes.
    void consoleRowsAreWritten()
    {
        const QString header = readSource(sourceDir + QStringLiteral("models/domain/audit_kind_names.h"));
        QHash<QString, QString> nameOf;
        for (auto it =
                 QRegularExpression(QStringLiteral("QLatin1StringView (\\w+)\\(\"([^\"]+)\"\\)")).globalMatch(header);
             it.hasNext();) {
            const auto match = it.next();
            nameOf.insert(match.captured(2), match.captured(1));
        }
        QSet<QString> used;
        for (const QString &path : sourcesBelow({QStringLiteral("app"), QStringLiteral("services")})) {
            if (!path.contains(QStringLiteral("/demo/")))
                used.unite(toSet(allMatches(readSource(path), QStringLiteral("kinds::(\\w+)"))));
        }
        QVERIFY2(!used.isEmpty(), "no producer found: the check has lost its subject");
        QSet<QString> unwritten;
        for (const AuditKind &row : auditKinds()) {
            const QString kind = QString::fromLatin1(row.kind);
            if (qstrcmp(row.producer, "console") == 0 && !used.contains(nameOf.value(kind)))
                unwritten.insert(kind);
        }
        QVERIFY2(unwritten.isEmpty(), "promised but never written: " + sorted(unwritten));
    }
};

REGISTER_SUITE(audit_kinds, TstAuditKinds)
#include "tst_audit_kinds.moc"
