#include "services/providers/failover_provider.h"
#include "services/providers/none_provider.h"
#include "services/providers/provider_factory.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace providers;
using usecases::SendClass;
using usecases::SendResult;

namespace {

QString s(const char *text)
{
    return QString::fromLatin1(text);
}

class NamedProvider final : public usecases::MailProvider {
public:
    NamedProvider(const char *name, SendClass result, bool called = true) : m_name(s(name))
    {
        m_result.result = result;
        m_result.provider = m_name;
        m_result.called = called;
        m_result.error = result == SendClass::Accepted ? QString() : m_name + s(" said no");
        m_result.messageId = result == SendClass::Accepted ? m_name + s("-id") : QString();
    }
    QString name() const override { return m_name; }
    SendResult send(const usecases::OutgoingMail &, int timeoutMs) override
    {
        ++calls;
        lastTimeout = timeoutMs;
        return m_result;
    }
    int calls = 0, lastTimeout = 0;

private:
    QString m_name;
    SendResult m_result;
};

} // namespace

class TstFailover : public QObject {
    Q_OBJECT

    QStringList m_outcomes;

    SendResult sendThrough(std::vector<std::shared_ptr<usecases::MailProvider>> chain)
    {
        m_outcomes.clear();
        const auto failover =
            FailoverProvider::make(std::move(chain), [this](const QString &outcome) { m_outcomes.append(outcome); });
        if (!failover)
            qFatal("no chain");
        return (*failover)->send({}, 700);
    }
    static std::shared_ptr<NamedProvider> one(const char *name, SendClass result, bool called = true)
    {
        return std::make_shared<NamedProvider>(name, result, called);
    }

private slots:
    void anEmptyChainIsRefused()
    {
        const auto none = FailoverProvider::make({nullptr, nullptr});
        QVERIFY(!none.ok());
        QCOMPARE(none.error().key, s("email_chain_empty"));
        const auto single = FailoverProvider::make({nullptr, one("a", SendClass::Accepted), nullptr});
        QVERIFY(single.ok());
        QCOMPARE((*single)->name(), s("failover(a)"));
    }

    void thePrimaryIsEnough()
    {
        const auto a = one("a", SendClass::Accepted), b = one("b", SendClass::Accepted);
        const SendResult result = sendThrough({a, b});
        QCOMPARE(result.provider, s("a"));
        QCOMPARE(result.messageId, s("a-id"));
        QCOMPARE(a->lastTimeout, 700);
        QCOMPARE(b->calls, 0);
        QCOMPARE(m_outcomes, QStringList(s("primary_ok")));
    }

    void anythingButSuccessAsksTheNext_data()
    {
        QTest::addColumn<int>("first");
        QTest::addColumn<bool>("called");
        QTest::addRow("transient") << static_cast<int>(SendClass::Transient) << true;
        QTest::addRow("paused") << static_cast<int>(SendClass::Transient) << false;
        QTest::addRow("permanent") << static_cast<int>(SendClass::Permanent) << true;
        QTest::addRow("skipped") << static_cast<int>(SendClass::SkippedNoTemplate) << false;
    }
    void anythingButSuccessAsksTheNext()
    {
        QFETCH(int, first);
        QFETCH(bool, called);
        const SendResult result =
            sendThrough({one("a", static_cast<SendClass>(first), called), one("b", SendClass::Accepted)});
        QCOMPARE(result.result, SendClass::Accepted);
        QCOMPARE(result.provider, s("b"));
        QVERIFY(result.called);
        QCOMPARE(m_outcomes, QStringList(s("fallback_ok")));
    }

    void theLastErrorIsTheAnswer()
    {
        SendResult result = sendThrough({one("a", SendClass::Transient), one("b", SendClass::Permanent)});
        QCOMPARE(result.result, SendClass::Permanent);
        QCOMPARE(result.provider, s("b"));
        QCOMPARE(m_outcomes, QStringList(s("all_failed")));
        result = sendThrough({one("a", SendClass::Permanent), one("b", SendClass::Transient)});
        QCOMPARE(result.result, SendClass::Transient);
        QCOMPARE(result.error, s("b said no"));
        QCOMPARE(m_outcomes, QStringList(s("all_failed")));
    }

    void aSkipNeverHidesAnError()
    {
        const SendResult result =
            sendThrough({one("a", SendClass::Transient), one("none", SendClass::SkippedNoTemplate, false)});
        QCOMPARE(result.result, SendClass::Transient);
        QCOMPARE(result.provider, s("a"));
        QVERIFY(result.called);
        QCOMPARE(m_outcomes, QStringList(s("all_failed")));
    }

    void skippingAndPausingIsNoFailure()
    {
        SendResult result =
            sendThrough({one("a", SendClass::SkippedNoTemplate, false), one("b", SendClass::SkippedNoTemplate, false)});
        QCOMPARE(result.result, SendClass::SkippedNoTemplate);
        QCOMPARE(result.provider, s("b"));
        QVERIFY(!result.called);
        QVERIFY(m_outcomes.isEmpty());
        result = sendThrough({one("a", SendClass::Transient, false), one("b", SendClass::Transient, false)});
        QCOMPARE(result.result, SendClass::Transient);
        QVERIFY(!result.called);
        QVERIFY(m_outcomes.isEmpty());
    }

    void aPausedLastDoesNotUnmakeTheAttempt()
    {
        const SendResult result = sendThrough({one("a", SendClass::Permanent), one("b", SendClass::Transient, false)});
        QCOMPARE(result.result, SendClass::Transient);
        QVERIFY(result.called);
        QCOMPARE(m_outcomes, QStringList(s("all_failed")));
    }

    void noneSkipsEverything()
    {
        NoneProvider none;
        const SendResult result = none.send({}, 1);
        QCOMPARE(none.name(), s("none"));
        QCOMPARE(result.provider, s("none"));
        QCOMPARE(result.result, SendClass::SkippedNoTemplate);
        QVERIFY(!result.called);
        QVERIFY(!result.error.isEmpty());
    }

    void theFactoryBuildsWhatTheSettingsSay()
    {
        const platform::SystemClock clock;
        platform::Metrics metrics;
        platform::MailSettings settings;
        auto made = makeMailProviders(settings, clock, metricHooks(metrics));
        QVERIFY(made.ok());
        QCOMPARE(made->sender->name(), s("none"));
        QVERIFY(!made->eventLog);

        settings.provider = s("brevo");
        settings.brevoApiKey = s("key");
        made = makeMailProviders(settings, clock, metricHooks(metrics));
        QVERIFY(made.ok());
        QCOMPARE(made->sender->name(), s("brevo"));
        QVERIFY(made->eventLog);
        QCOMPARE(made->eventLog->provider(), s("brevo"));
        QVERIFY(metrics.text().contains("email_provider_breaker_state{provider=\"brevo\"} 0"));

        settings.fallback = {s("none"), s("smtp"), s("brevo")};
        settings.smtpUrl = s("smtp://u:p@mail.example.com");
        made = makeMailProviders(settings, clock, metricHooks(metrics));
        QVERIFY(made.ok());
        QCOMPARE(made->sender->name(), s("failover(brevo,smtp)"));
        QVERIFY(metrics.text().contains("email_provider_breaker_state{provider=\"smtp\"} 0"));
    }

    void theFactorySaysWhatIsMissing()
    {
        const platform::SystemClock clock;
        const auto problem = [&clock](const platform::MailSettings &settings) {
            const auto made = makeMailProviders(settings, clock, {});
            return made ? domain::Error{} : made.error();
        };
        platform::MailSettings settings;
        settings.provider = s("brevo");
        QCOMPARE(problem(settings).key, s("email_provider_incomplete"));
        QVERIFY(problem(settings).detail.contains(s("BREVO_API_KEY")));
        settings.provider = s("smtp");
        QVERIFY(problem(settings).detail.contains(s("SMTP_URL")));
        settings.smtpUrl = s("smtp://secretuser@host");
        QCOMPARE(problem(settings).key, s("invalid_smtp_url"));
        QVERIFY(!problem(settings).detail.contains(s("secretuser")));
        settings.provider = s("pigeon");
        QCOMPARE(problem(settings).key, s("email_provider_unknown"));
        QVERIFY(problem(settings).detail.contains(s("'pigeon'")));
    }
};

REGISTER_SUITE(failover, TstFailover)
#include "tst_failover.moc"
