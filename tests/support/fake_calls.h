#pragma once
#include "services/local/change_broadcast.h"
#include "services/usecases/env.h"
#include "services/usecases/mail_previews.h"
#include "services/usecases/webhook_inbox.h"
#include "tests/support/fake_backend.h"
#include "tests/support/fake_store.h"

#include <QPromise>
#include <QThread>

#include <map>
#include <mutex>

namespace test {

/// The thread of a fake backend, what it stands on, and the scripts of its methods.
struct FakeCalls {
    explicit FakeCalls(Dataset data);
    ~FakeCalls();
    /// Ends the thread; nothing runs any more. Idempotent.
    void stop();

    /// Runs a use case on the fake's thread, unless the method's script says otherwise.
    template <typename T>
    QFuture<domain::Result<T>> call(Method method, ports::CallContext context,
                                    std::function<domain::Result<T>(const usecases::Env &)> body)
    {
        auto promise = std::make_shared<QPromise<domain::Result<T>>>();
        promise->start();
        QFuture<domain::Result<T>> future = promise->future();
        enqueue(method, [this, method, context = std::move(context), body = std::move(body), promise] {
            if (promise->isCanceled()) {
                promise->finish();
                return;
            }
            domain::Result<T> result;
            QList<std::pair<QString, QString>> announced;
            {
                const std::lock_guard guard(lock);
                ports::CallContext filled = context;
                if (filled.principal.email.isEmpty())
                    filled.principal = principal;
                if (auto failure = failureOf(method))
                    result = *failure;
                else
                    result = body(usecases::Env{store, plans, clock, filled});
                announced = store.takeAnnouncements();
            }
            promise->addResult(std::move(result));
            promise->finish();
            for (const auto &[kind, id] : announced)
                feed.publish({kind, id});
        });
        return future;
    }

    struct Script {
        int delayMs = 0;
        int calls = 0;
        bool held = false;
        QList<std::function<void()>> waiting;
        domain::Error failure;
        int failTimes = 0;
    };
    void post(std::function<void()> task, int delayMs);
    /// On the fake's thread; returns when it is done, or throws what it threw.
    void runThere(const std::function<void()> &task);

    // Recursive: an export's sink runs under it and may look at the fake.
    mutable std::recursive_mutex lock;
    domain::PlanRegistry plans;
    platform::FixedClock clock;
    FakeStore store;
    domain::Principal principal;
    std::map<Method, Script> scripts;
    bool gone = false;
    std::shared_ptr<const usecases::MailPreviews> previews;
    usecases::WebhookApply applyWebhook;
    local::ChangeBroadcast feed;

private:
    void enqueue(Method method, std::function<void()> task);
    /// The scripted failure of this call, if any.
    std::optional<domain::Error> failureOf(Method method);

    QObject m_worker;
    QThread m_thread;
};

} // namespace test
