#pragma once
#include "services/jobs/job.h"
#include "services/usecases/work_source.h"

#include <functional>

namespace jobs {

/// Gives parked events to messages that are known by now.
class ParkedSweep final : public Job {
public:
    explicit ParkedSweep(usecases::WorkSource &work) : m_work(work) {}
    QString name() const override { return QStringLiteral("email_parked"); }
    qint64 intervalMs() const override { return 30'000; }
    bool isAlone() const override { return true; }
    JobResult run(const std::atomic_bool &stop) override;

private:
    usecases::WorkSource &m_work;
};

/// Keeps the inbox within its bounds, and forgets parked events that never found a message.
class InboxRetention final : public Job {
public:
    struct Settings {
        int days = 30;
        qint64 maximumRows = 1'000'000;
        int parkedDays = 30;
    };
    InboxRetention(usecases::WorkSource &work, const platform::Clock &clock, Settings settings)
        : m_work(work)
        , m_clock(clock)
        , m_settings(settings)
    {
    }
    QString name() const override { return QStringLiteral("webhook_retention"); }
    qint64 intervalMs() const override { return 3600'000; }
    bool isAlone() const override { return true; }
    JobResult run(const std::atomic_bool &stop) override;

private:
    usecases::WorkSource &m_work;
    const platform::Clock &m_clock;
    Settings m_settings;
};

/// What the gauges show.
struct MailGauges {
    QHash<QString, qint64> byClass;
    ports::EmailHealth health;
};

/// Reads the gauges of this host.
class MailGaugeReader final : public Job {
public:
    MailGaugeReader(usecases::WorkSource &work, const platform::Clock &clock,
                    std::function<void(const MailGauges &)> onRead)
        : m_work(work)
        , m_clock(clock)
        , m_onRead(std::move(onRead))
    {
    }
    QString name() const override { return QStringLiteral("email_gauges"); }
    qint64 intervalMs() const override { return 30'000; }
    bool isAlone() const override { return false; }
    JobResult run(const std::atomic_bool &stop) override;

private:
    usecases::WorkSource &m_work;
    const platform::Clock &m_clock;
    std::function<void(const MailGauges &)> m_onRead;
};

} // namespace jobs
