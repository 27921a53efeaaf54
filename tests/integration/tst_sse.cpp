#include "tests/support/fake_backend.h"
#include "tests/support/test_host.h"
#include "tests/support/test_main.h"

#include <QTest>

#include <mutex>

namespace {

/// What a subscriber saw; filled on any thread.
class Seen {
public:
    std::function<void(const ports::Change &)> callback()
    {
        return [this](const ports::Change &change) {
            const std::lock_guard lock(m_mutex);
            m_changes << change;
        };
    }
    bool has(const char *kind, const QString &id) const { return count(kind, id) > 0; }
    qsizetype count(const char *kind, const QString &id) const
    {
        const std::lock_guard lock(m_mutex);
        return m_changes.count(ports::Change{QString::fromLatin1(kind), id});
    }

private:
    mutable std::mutex m_mutex;
    QList<ports::Change> m_changes;
};

void announce(test::FakeBackend &fake, const char *kind, const QString &id)
{
    fake.edit([](test::Dataset &) {}, {{QString::fromLatin1(kind), id}});
}

} // namespace

class TstSse : public QObject {
    Q_OBJECT
private slots:
    void changesArrive()
    {
        test::FakeBackend fake;
        test::TestHost host({fake, fake.access(), fake.plans(), fake.clock()});
        const auto client = host.client(host.token());
        Seen seen;
        const auto subscription = client->changes().subscribe(seen.callback());
        QTRY_VERIFY(seen.has("team", {})); // connected: what happened before is told without an id
        const QString id = test::teamId(1).toString();
        announce(fake, "team", id);
        QTRY_VERIFY(seen.has("team", id));

        ports::CallContext context;
        QVERIFY(test::await(client->customers().addNote(context, test::teamId(2), QStringLiteral("hello"))).ok());
        QTRY_VERIFY(seen.count("note", {}) == 1);
        QTRY_VERIFY(host.server().figures().streams == 1);
    }

    void oneStreamServesAllSubscribersAndEndsWithThem()
    {
        test::FakeBackend fake;
        test::TestHost host({fake, fake.access(), fake.plans(), fake.clock()});
        const auto client = host.client(host.token());
        Seen first, second;
        auto one = client->changes().subscribe(first.callback());
        auto two = client->changes().subscribe(second.callback());
        QTRY_VERIFY(first.has("audit", {}));
        announce(fake, "view", QStringLiteral("v1"));
        QTRY_VERIFY(first.has("view", QStringLiteral("v1")) && second.has("view", QStringLiteral("v1")));
        QCOMPARE(host.server().figures().streams, 1);
        one.reset();
        announce(fake, "view", QStringLiteral("v2"));
        QTRY_VERIFY(second.has("view", QStringLiteral("v2")));
        QVERIFY(!first.has("view", QStringLiteral("v2")));
        two.reset();
        QTRY_COMPARE(host.server().figures().streams, 0);
    }

    void theFeedComesBackAfterAnOutage()
    {
        test::FakeBackend fake;
        test::TestHost host({fake, fake.access(), fake.plans(), fake.clock()});
        const auto client = host.client(host.token());
        Seen seen;
        const auto subscription = client->changes().subscribe(seen.callback());
        QTRY_COMPARE(seen.count("team", {}), 1);
        host.stop();
        announce(fake, "team", QStringLiteral("missed"));
        host.restart();
        QTRY_COMPARE(seen.count("team", {}), 2);
        announce(fake, "team", QStringLiteral("later"));
        QTRY_VERIFY(seen.has("team", QStringLiteral("later")));
        QVERIFY(!seen.has("team", QStringLiteral("missed")));
    }

    void theFeedFollowsAChangedPrefix()
    {
        test::FakeBackend fake;
        test::TestHost host({fake, fake.access(), fake.plans(), fake.clock()});
        const auto client = host.client(host.token());
        Seen seen;
        const auto subscription = client->changes().subscribe(seen.callback());
        QTRY_COMPARE(seen.count("team", {}), 1);
        host.currentOptions().admin.prefix = QString(40, QLatin1Char('q'));
        host.restart();
        QTRY_COMPARE(seen.count("team", {}), 2);
    }

    void subscriptionsMayEndInTheirCallback()
    {
        test::FakeBackend fake;
        test::TestHost host({fake, fake.access(), fake.plans(), fake.clock()});
        const auto client = host.client(host.token());
        std::mutex mutex;
        std::unique_ptr<ports::Subscription> subscription;
        std::atomic<int> calls = 0;
        {
            const std::lock_guard lock(mutex);
            subscription = client->changes().subscribe([&](const ports::Change &) {
                ++calls;
                const std::lock_guard inner(mutex);
                subscription.reset();
            });
        }
        QTRY_COMPARE(calls.load(), 1);
        QTRY_COMPARE(host.server().figures().streams, 0);
        QCOMPARE(calls.load(), 1);
    }

    void streamsAreBounded()
    {
        test::FakeBackend fake;
        test::HostOptions options = test::TestHost::options();
        options.admin.eventStreams = 1;
        test::TestHost host({fake, fake.access(), fake.plans(), fake.clock()}, options);
        const QString token = host.token();
        const auto client = host.client(token);
        Seen seen;
        auto subscription = client->changes().subscribe(seen.callback());
        QTRY_VERIFY(seen.has("team", {}));
        const test::WebAnswer refused = test::webSend("GET", host.adminUrl("/events"), token);
        QCOMPARE(refused.status, 503);
        QCOMPARE(refused.json().value(QLatin1StringView("error")).toString(), QStringLiteral("too_many_connections"));
        subscription.reset();
        QTRY_COMPARE(host.server().figures().streams, 0);
        const auto again = client->changes().subscribe(seen.callback());
        QTRY_COMPARE(seen.count("team", {}), 2);
    }

    void aClientCanLeaveWhileItsFeedRuns()
    {
        test::FakeBackend fake;
        test::TestHost host({fake, fake.access(), fake.plans(), fake.clock()});
        Seen seen;
        std::unique_ptr<ports::Subscription> subscription;
        {
            const auto client = host.client(host.token());
            subscription = client->changes().subscribe(seen.callback());
            QTRY_VERIFY(seen.has("team", {}));
        }
        QTRY_COMPARE(host.server().figures().streams, 0);
        subscription.reset();
        QVERIFY(seen.has("team", {}));
    }
};

REGISTER_SUITE(sse, TstSse)
#include "tst_sse.moc"
