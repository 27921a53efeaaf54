#include "app/server/agent_actions.h"
#include "test_paths.h"
#include "tests/support/test_main.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QtTest>

/// The U3 contract of spec 04 §2.3 on every sentence of the registry.
class TstAgentActions final : public QObject {
    Q_OBJECT

private:
    static QStringList verbs()
    {
        return {QStringLiteral("Upgrade"), QStringLiteral("Have them"), QStringLiteral("Wait"),
                QStringLiteral("Retry"),   QStringLiteral("provision"), QStringLiteral("claim"),
                QStringLiteral("log in"),  QStringLiteral("sign up"),   QStringLiteral("Ask"),
                QStringLiteral("email"),   QStringLiteral("Remove"),    QStringLiteral("Redeploy"),
                QStringLiteral("Confirm"), QStringLiteral("check"),     QStringLiteral("use"),
                QStringLiteral("must be")};
    }
    static bool namesAStep(const QString &text)
    {
        const QStringList all = verbs();
        return std::any_of(all.begin(), all.end(), [&](const QString &verb) { return text.contains(verb); });
    }
    static QStringList placeholders(const QByteArray &pattern)
    {
        QStringList names;
        static const QRegularExpression one(QStringLiteral("\\{([a-z_]+)\\|"));
        auto found = one.globalMatch(QString::fromUtf8(pattern));
        while (found.hasNext())
            names << found.next().captured(1);
        return names;
    }
    static void keepsContract(const QString &text)
    {
        QVERIFY2(text.startsWith(QLatin1StringView("Tell the user ")), qPrintable(text));
        QVERIFY2(namesAStep(text), qPrintable(text));
        static const QRegularExpression url(QStringLiteral("https://instanode\\.dev/[a-z]"));
        QVERIFY2(url.match(text).hasMatch(), qPrintable(text));
        QVERIFY2(text.size() < 280, qPrintable(QStringLiteral("%1: %2").arg(text.size()).arg(text)));
        QVERIFY2(!text.contains(u'{') && !text.contains(u'}'), qPrintable(text));
    }

private slots:
    void everyEntry_data()
    {
        QTest::addColumn<QByteArray>("code");
        for (const server::AgentAction &entry : server::agentActions())
            QTest::newRow(entry.code.constData()) << entry.code;
    }

    void everyEntry()
    {
        QFETCH(QByteArray, code);
        const server::AgentAction *entry = server::findAgentAction(code);
        QVERIFY(entry);
        QVERIFY(entry->message.endsWith('.'));
        keepsContract(*server::agentActionFor(code, 400));
        QHash<QByteArray, QString> facts;
        for (const QString &name : placeholders(entry->action))
            facts.insert(name.toLatin1(), QString(500, u'x'));
        keepsContract(*server::agentActionFor(code, 400, facts));
    }

    void codesAreUnique()
    {
        QSet<QByteArray> seen;
        static const QRegularExpression snake(QStringLiteral("^[a-z][a-z0-9_]*$"));
        for (const server::AgentAction &entry : server::agentActions()) {
            QVERIFY2(snake.match(QString::fromLatin1(entry.code)).hasMatch(), entry.code.constData());
            QVERIFY2(!seen.contains(entry.code), entry.code.constData());
            seen.insert(entry.code);
        }
        QVERIFY(seen.size() > 100);
    }

    void factsAreFilledIn()
    {
        const QString text = *server::agentActionFor("tier_unchanged", 409, {{"tier", QStringLiteral("pro")}});
        QVERIFY(text.contains(QLatin1StringView("already on pro")));
        QVERIFY(server::agentActionFor("tier_unchanged", 409)->contains(QLatin1StringView("already on this tier")));
        const QString injected =
            *server::agentActionFor("tier_unchanged", 409, {{"tier", QStringLiteral("{role|x}\n\n y")}});
        QVERIFY(injected.contains(QLatin1StringView("{role|x} y")));
    }

    void unknownCodes()
    {
        QVERIFY(!server::agentActionFor("no_such_code", 400).has_value());
        QVERIFY(!server::findAgentAction("no_such_code"));
        const QString support = *server::agentActionFor("no_such_code", 500);
        keepsContract(support);
        QVERIFY(support.contains(QLatin1StringView("support@instanode.dev")));
        QVERIFY(support.contains(QLatin1StringView("/support")));
    }

    /// Every code in the sources behind the API needs an entry here, or a line in the list of those that never reach a
    /// client because they end a start or a command.
    void everyEmittedCodeHasAnEntry()
    {
        const QStringList neverSent{
            QStringLiteral("admin_prefix_invalid"), QStringLiteral("invalid_listen_address"),
            QStringLiteral("listen_failed"),        QStringLiteral("route_invalid"),
            QStringLiteral("tls_config_invalid"),   QStringLiteral("invalid_database_url"),
            QStringLiteral("database_not_empty"),   QStringLiteral("mail_builder_missing"),
            QStringLiteral("mail_builder_surplus"),
        };
        static const QRegularExpression emitted(QStringLiteral(
            "(?:makeError\\([\\w:]+,\\s*|invalidInput\\(|unavailable\\(|errorFor\\([^;]*?\\d{3}, |\\.code = )"
            "(?:QStringLiteral\\(|QLatin1StringView\\()?\"([a-z0-9_]+)\""));
        const QString root = QStringLiteral(INSTANODE_SOURCE_DIR);
        int seen = 0;
        for (const char *folder : {"/app/server", "/services/usecases", "/services/local", "/services/wire"}) {
            QDirIterator files(root + QLatin1StringView(folder), {QStringLiteral("*.cpp"), QStringLiteral("*.h")},
                               QDir::Files, QDirIterator::Subdirectories);
            while (files.hasNext()) {
                QFile file(files.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                auto found = emitted.globalMatch(QString::fromUtf8(file.readAll()));
                while (found.hasNext()) {
                    const QString code = found.next().captured(1);
                    ++seen;
                    QVERIFY2(neverSent.contains(code) || server::findAgentAction(code.toLatin1()),
                             qPrintable(file.fileName() + QStringLiteral(": ") + code));
                }
            }
        }
        QVERIFY(seen > 30);
    }

    void signInWording()
    {
        const QString text = *server::agentActionFor("unauthorized", 401);
        QVERIFY(text.contains(QLatin1StringView("INSTANT_TOKEN")) && text.contains(QLatin1StringView("/auth/cli")));
        QVERIFY(!text.contains(QLatin1StringView("INSTANODE_TOKEN")) && !text.contains(QLatin1StringView("/login")));
    }
};

REGISTER_SUITE(agent_actions, TstAgentActions)
#include "tst_agent_actions.moc"
