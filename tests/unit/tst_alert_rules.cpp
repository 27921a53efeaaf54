#include "services/platform/metrics.h"
#include "services/platform/resources.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <yaml-cpp/yaml.h>

namespace {

struct Rule {
    QString name, expression;
};

QList<Rule> rules()
{
    QFile file(QStringLiteral(":/resources/alerts/email.rules.yml"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("the rules are not among the resources");
    QList<Rule> all;
    const YAML::Node document = YAML::Load(file.readAll().toStdString());
    for (const YAML::Node &group : document["groups"]) {
        for (const YAML::Node &rule : group["rules"]) {
            const char *kind = rule["alert"] ? "alert" : "record";
            all.append({QString::fromStdString(rule[kind].as<std::string>()),
                        QString::fromStdString(rule["expr"].as<std::string>())});
        }
    }
    return all;
}

/// Series of a fresh process: name → label → values.
using Exported = QHash<QString, QHash<QString, QSet<QString>>>;

Exported exported(const QByteArray &text)
{
    static const QRegularExpression series(QStringLiteral("^([a-z_]+)(?:\\{(.*)\\})? "));
    static const QRegularExpression label(QStringLiteral("([a-z_]+)=\"([^\"]*)\""));
    Exported all;
    for (const QByteArray &line : text.split('\n')) {
        const auto match = series.match(QString::fromUtf8(line));
        if (!match.hasMatch() || line.startsWith('#'))
            continue;
        auto &labels = all[match.captured(1)];
        for (auto it = label.globalMatch(match.captured(2)); it.hasNext();) {
            const auto found = it.next();
            labels[found.captured(1)].insert(found.captured(2));
        }
    }
    return all;
}

} // namespace

/// An alert on a metric or a label value that the code does not export never fires, and nobody notices.
class TstAlertRules : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyRuleReadsWhatIsExported()
    {
        platform::Metrics metrics;
        metrics.setLastWebhookAge(1.0);
        metrics.setProviderBreaker(QStringLiteral("brevo"), 0);
        metrics.setParkedEvents(0);
        metrics.setIntendedBacklog(0);
        const Exported known = exported(metrics.text());
        static const QRegularExpression name(QStringLiteral("(?<![:\\w])((?:brevo|email|instant)_[a-z_]+)(?:\\{([^}]*)\\})?"));
        static const QRegularExpression matcher(QStringLiteral("([a-z_]+)(=~|=)\"([^\"]*)\""));
        int metricsRead = 0, valuesRead = 0;
        for (const Rule &rule : rules()) {
            for (auto it = name.globalMatch(rule.expression); it.hasNext();) {
                const auto found = it.next();
                QVERIFY2(known.contains(found.captured(1)),
                         qPrintable(rule.name + QStringLiteral(": ") + found.captured(1)));
                ++metricsRead;
                for (auto values = matcher.globalMatch(found.captured(2)); values.hasNext();) {
                    const auto wanted = values.next();
                    const auto exportedValues = known.value(found.captured(1)).value(wanted.captured(1));
                    for (const QString &value : wanted.captured(3).split(QLatin1Char('|'))) {
                        ++valuesRead;
                        QVERIFY2(
                            exportedValues.contains(value),
                            qPrintable(QStringLiteral("%1: no %2=\"%3\"").arg(rule.name, wanted.captured(1), value)));
                    }
                }
            }
        }
        QVERIFY2(metricsRead >= 15, qPrintable(QString::number(metricsRead)));
        QVERIFY2(valuesRead >= 12, qPrintable(QString::number(valuesRead)));
    }

    void groupedLabelsExist()
    {
        platform::Metrics metrics;
        metrics.setProviderBreaker(QStringLiteral("brevo"), 0);
        const Exported known = exported(metrics.text());
        static const QRegularExpression grouped(QStringLiteral("by \\(([a-z_, ]+)\\) \\((?:increase\\()?([a-z_]+)"));
        int seen = 0;
        for (const Rule &rule : rules()) {
            const auto found = grouped.match(rule.expression);
            if (!found.hasMatch())
                continue;
            for (const QString &label : found.captured(1).split(QStringLiteral(", "))) {
                ++seen;
                QVERIFY2(known.value(found.captured(2)).contains(label),
                         qPrintable(rule.name + QStringLiteral(": ") + label));
            }
        }
        QVERIFY2(seen >= 5, qPrintable(QString::number(seen)));
    }

    void namesAreUnique()
    {
        QSet<QString> names;
        for (const Rule &rule : rules()) {
            QVERIFY2(!names.contains(rule.name), qPrintable(rule.name));
            names.insert(rule.name);
        }
        QVERIFY(names.size() >= 15);
    }
};

REGISTER_SUITE(alert_rules, TstAlertRules)
#include "tst_alert_rules.moc"
