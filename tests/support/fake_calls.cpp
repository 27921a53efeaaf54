#include "tests/support/fake_calls.h"

#include "services/platform/plan_loader.h"
#include "tests/support/mail_doubles.h"

#include <QTimer>

#include <exception>
#include <stdexcept>

namespace test {

namespace {

domain::PlanRegistry embeddedPlans()
{
    auto plans = platform::loadEmbeddedPlans();
    if (!plans)
        throw std::runtime_error(plans.error().detail.toStdString());
    return *plans;
}

domain::Principal everythingOperator()
{
    domain::Principal principal;
    principal.email = QStringLiteral("operator@example.com");
    principal.permissions = domain::permissionsOf(domain::Scope::Admin);
    return principal;
}

} // namespace

FakeCalls::FakeCalls(Dataset data)
    : plans(embeddedPlans())
    , clock(data.now)
    , store(std::move(data), plans)
    , principal(everythingOperator())
    , previews(std::make_shared<SamplePreviews>())
    , applyWebhook(sampleApply())
{
    m_worker.moveToThread(&m_thread);
    // In the ending thread itself: a connection is closed where it was opened.
    QObject::connect(&m_thread, &QThread::finished, [this] { store.closeMail(); });
    m_thread.start();
}

FakeCalls::~FakeCalls()
{
    stop();
}

void FakeCalls::stop()
{
    m_thread.quit();
    m_thread.wait();
}

void FakeCalls::post(std::function<void()> task, int delayMs)
{
    QMetaObject::invokeMethod(
        &m_worker,
        [this, task = std::move(task), delayMs] {
            if (delayMs <= 0)
                task();
            else
                QTimer::singleShot(delayMs, &m_worker, task);
        },
        Qt::QueuedConnection);
}

void FakeCalls::runThere(const std::function<void()> &task)
{
    if (QThread::currentThread() == &m_thread)
        return task();
    std::exception_ptr thrown;
    const auto guarded = [&task, &thrown] {
        try {
            task();
        } catch (...) {
            thrown = std::current_exception();
        }
    };
    QMetaObject::invokeMethod(&m_worker, guarded, Qt::BlockingQueuedConnection);
    if (thrown)
        std::rethrow_exception(thrown);
}

void FakeCalls::enqueue(Method method, std::function<void()> task)
{
    const std::lock_guard guard(lock);
    Script &script = scripts[method];
    ++script.calls;
    if (script.held)
        script.waiting.append(std::move(task));
    else
        post(std::move(task), script.delayMs);
}

std::optional<domain::Error> FakeCalls::failureOf(Method method)
{
    if (gone)
        return domain::unavailable(QStringLiteral("db_failed"), QStringLiteral("the fake backend is gone"));
    Script &script = scripts[method];
    if (script.failTimes == 0)
        return std::nullopt;
    if (script.failTimes > 0)
        --script.failTimes;
    return script.failure;
}

} // namespace test
