#include "services/providers/breaker_provider.h"
#include "services/providers/circuit_breaker.h"
#include "tests/support/test_main.h"

#include <QTest>
#include <QThreadPool>

#include <atomic>

using namespace providers;
using usecases::SendClass;

namespace {

QString s(const char *text)
{
    return QString::fromLatin1(text);
}

/// Answers what it is told and counts.
class ScriptedProvider final : public usecases::MailProvider {
public:
    usecases::SendResult next;
    std::atomic<int> calls = 0;

    QString name() const override { return s("scripted"); }
    usecases::SendResult send(const usecases::OutgoingMail &, int) override
    {
        ++calls;
        return next;
    }
};

} // namespace

class TstCircuitBreaker : public QObject {
    Q_OBJECT

    platform::FixedClock m_clock{QDateTime(QDate(2026, 3, 10), QTime(10, 0), Qt::UTC)};
    static constexpr BreakerRules rules{.threshold = 3, .firstPauseMs = 1000, .longestPauseMs = 5000};

    void failTimes(CircuitBreaker &breaker, int times)
    {
        for (int i = 0; i < times; ++i) {
            auto permit = breaker.allow();
            QVERIFY(permit);
            permit->failed();
        }
    }

private slots:
    void theGaugesValues()
    {
        QCOMPARE(static_cast<int>(BreakerState::Closed), 0);
        QCOMPARE(static_cast<int>(BreakerState::HalfOpen), 1);
        QCOMPARE(static_cast<int>(BreakerState::Open), 2);
    }

    void onlyFailuresInARowOpenIt()
    {
        QList<BreakerState> seen;
        CircuitBreaker breaker(m_clock, rules, [&seen](BreakerState state) { seen.append(state); });
        failTimes(breaker, 2);
        breaker.allow()->succeeded();
        failTimes(breaker, 2);
        QCOMPARE(breaker.state(), BreakerState::Closed);
        QCOMPARE(breaker.remainingMs(), 0);
        failTimes(breaker, 1);
        QCOMPARE(breaker.state(), BreakerState::Open);
        QCOMPARE(breaker.remainingMs(), 1000);
        QVERIFY(!breaker.allow());
        QCOMPARE(seen, QList<BreakerState>({BreakerState::Closed, BreakerState::Open}));
    }

    void oneTrialDecides()
    {
        QList<BreakerState> seen;
        CircuitBreaker breaker(m_clock, rules, [&seen](BreakerState state) { seen.append(state); });
        failTimes(breaker, 3);
        m_clock.advance(999);
        QVERIFY(!breaker.allow());
        m_clock.advance(1);
        auto trial = breaker.allow();
        QVERIFY(trial);
        QCOMPARE(breaker.state(), BreakerState::HalfOpen);
        QVERIFY(!breaker.allow());
        trial->succeeded();
        QCOMPARE(breaker.state(), BreakerState::Closed);
        QVERIFY(breaker.allow());
        QCOMPARE(seen, QList<BreakerState>(
                           {BreakerState::Closed, BreakerState::Open, BreakerState::HalfOpen, BreakerState::Closed}));
    }

    void pausesGrowToTheLongestAndASuccessStartsOver()
    {
        CircuitBreaker breaker(m_clock, rules);
        failTimes(breaker, 3);
        for (const qint64 pause : {1000, 2000, 4000, 5000, 5000}) {
            QCOMPARE(breaker.remainingMs(), pause);
            m_clock.advance(pause);
            if (pause == 5000 && breaker.remainingMs() > 0)
                QFAIL("still closed to calls");
            breaker.allow()->failed();
            QCOMPARE(breaker.state(), BreakerState::Open);
        }
        m_clock.advance(5000);
        breaker.allow()->succeeded();
        failTimes(breaker, 3);
        QCOMPARE(breaker.remainingMs(), 1000);
    }

    void callsUnderWayWhenItOpenedDoNotCount()
    {
        CircuitBreaker breaker(m_clock, rules);
        auto late = breaker.allow();
        auto lateToo = breaker.allow();
        failTimes(breaker, 3);
        QCOMPARE(breaker.state(), BreakerState::Open);
        late->succeeded();
        QCOMPARE(breaker.state(), BreakerState::Open);
        lateToo->failed(4000);
        QCOMPARE(breaker.remainingMs(), 1000);
    }

    void aTrialThatSaysNothingIsGivenBack()
    {
        CircuitBreaker breaker(m_clock, rules);
        failTimes(breaker, 3);
        m_clock.advance(1000);
        {
            auto trial = breaker.allow();
            QVERIFY(trial);
            auto moved = std::move(trial);
            QVERIFY(!breaker.allow());
        }
        QVERIFY(breaker.allow());
    }

    void aPauseThatWasAskedForIsTakenAtOnce()
    {
        CircuitBreaker breaker(m_clock, rules);
        breaker.allow()->failed(300);
        QCOMPARE(breaker.state(), BreakerState::Open);
        QCOMPARE(breaker.remainingMs(), 300);
        m_clock.advance(300);
        breaker.allow()->failed(3600'000);
        QCOMPARE(breaker.remainingMs(), 5000);
        m_clock.advance(5000);
        breaker.allow()->failed(10);
        QCOMPARE(breaker.remainingMs(), 2000);
    }

    void aClockThatIsSetBackDoesNotKeepItOpen()
    {
        CircuitBreaker breaker(m_clock, rules);
        failTimes(breaker, 3);
        m_clock.advance(-3600'000);
        QCOMPARE(breaker.remainingMs(), 1000);
        m_clock.advance(3600'000);
    }

    void oddRulesAreHarmless()
    {
        CircuitBreaker breaker(m_clock, {.threshold = -1, .firstPauseMs = 0, .longestPauseMs = -5});
        breaker.allow()->failed();
        QCOMPARE(breaker.state(), BreakerState::Open);
        QCOMPARE(breaker.remainingMs(), 1);
    }

    void manyThreadsGetOneTrial()
    {
        CircuitBreaker breaker(m_clock, rules);
        failTimes(breaker, 3);
        m_clock.advance(1000);
        QThreadPool pool;
        pool.setMaxThreadCount(8);
        std::atomic<int> permits = 0;
        std::atomic<int> asked = 0;
        for (int i = 0; i < 8; ++i) {
            pool.start([&] {
                auto permit = breaker.allow();
                permits += permit ? 1 : 0;
                // Nobody gives its permit back before everybody has asked.
                for (++asked; asked < 8;)
                    QThread::yieldCurrentThread();
            });
        }
        pool.waitForDone();
        QCOMPARE(permits.load(), 1);
    }

    void aPausedProviderIsNotCalled()
    {
        const auto inner = std::make_shared<ScriptedProvider>();
        BreakerProvider provider(inner, m_clock, rules);
        QCOMPARE(provider.name(), s("scripted"));
        inner->next.result = SendClass::Transient;
        for (int i = 0; i < 3; ++i)
            QVERIFY(provider.send({}, 100).called);
        const auto paused = provider.send({}, 100);
        QCOMPARE(inner->calls.load(), 3);
        QCOMPARE(paused.result, SendClass::Transient);
        QCOMPARE(paused.provider, s("scripted"));
        QCOMPARE(paused.error, s("paused"));
        QVERIFY(!paused.called);
        QVERIFY(!paused.authWall);
        QCOMPARE(paused.statusCode, 0);
        QCOMPARE(paused.retryAfterMs, 1000);
        m_clock.advance(1000);
        inner->next.result = SendClass::Accepted;
        QCOMPARE(provider.send({}, 100).result, SendClass::Accepted);
        QCOMPARE(provider.breaker().state(), BreakerState::Closed);
    }

    void permanentAnswersShowThatItWorks()
    {
        const auto inner = std::make_shared<ScriptedProvider>();
        BreakerProvider provider(inner, m_clock, rules);
        for (int i = 0; i < 10; ++i) {
            inner->next.result = i % 3 == 2 ? SendClass::Permanent : SendClass::Transient;
            QVERIFY(provider.send({}, 100).called);
        }
        QCOMPARE(inner->calls.load(), 10);
        QCOMPARE(provider.breaker().state(), BreakerState::Closed);
    }

    void answersWithoutACallLeaveItAlone()
    {
        const auto inner = std::make_shared<ScriptedProvider>();
        BreakerProvider provider(inner, m_clock, rules);
        inner->next.result = SendClass::Transient;
        provider.send({}, 100);
        provider.send({}, 100);
        inner->next.result = SendClass::Permanent;
        inner->next.called = false;
        provider.send({}, 100);
        inner->next.result = SendClass::Transient;
        inner->next.called = true;
        provider.send({}, 100);
        QCOMPARE(provider.breaker().state(), BreakerState::Open);
    }
};

REGISTER_SUITE(circuit_breaker, TstCircuitBreaker)
#include "tst_circuit_breaker.moc"
