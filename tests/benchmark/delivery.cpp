#include "tests/benchmark/delivery.h"

#include "app/bootstrap/database.h"
#include "tests/benchmark/report.h"

#include <stdexcept>

namespace bench {

namespace {

using ports::DeliveryDimension;
using ports::MessageFilter;
using ports::MessageQuery;

template <typename T>
T must(domain::Result<T> result)
{
    if (!result)
        throw std::runtime_error((result.error().key + QStringLiteral(": ") + result.error().detail).toStdString());
    return std::move(result).value();
}

class DeliveryMeasure {
public:
    DeliveryMeasure(ports::Backend &backend, const QDateTime &now, int runs, double goalMs)
        : m_mail(backend.email())
        , m_now(now)
        , m_runs(runs)
        , m_goalMs(goalMs)
    {
    }

    void window(const QString &name, qint64 hours)
    {
        MessageFilter range;
        range.from = m_now.addSecs(-3600 * hours);
        range.until = m_now;
        const auto figures = [this](const MessageFilter &f) { return m_mail.figures(bootstrap::operatorCall(), f); };
        const auto series = [this](const MessageFilter &f) { return m_mail.series(bootstrap::operatorCall(), f); };
        measure(name + QStringLiteral(": figures"), figures, range);
        measure(name + QStringLiteral(": series and events"), series, range);
        for (const auto &[what, dimension] :
             {std::pair("template x domain", DeliveryDimension::TemplateAndDomain),
              std::pair("template", DeliveryDimension::Template), std::pair("domain", DeliveryDimension::Domain),
              std::pair("provider", DeliveryDimension::Provider)}) {
            const auto groups = [this, dimension](const MessageFilter &f) {
                return m_mail.groups(bootstrap::operatorCall(), f, dimension, 200);
            };
            measure(QStringLiteral("%1: groups, %2").arg(name, QLatin1StringView(what)), groups, range);
        }
        MessageFilter filter = range;
        filter.domain = QStringLiteral("gmail.example");
        measure(name + QStringLiteral(": figures of a large domain"), figures, filter);
        measure(name + QStringLiteral(": series of a large domain"), series, filter);
        filter = range;
        filter.templates = QStringList{QStringLiteral("team.event_1")};
        measure(name + QStringLiteral(": series of a template"), series, filter);
        for (const char *outcome : {"hard", "unknown", "delivered"}) {
            filter = range;
            filter.outcomes = QStringList{QString::fromLatin1(outcome)};
            measure(QStringLiteral("%1: series of outcome %2").arg(name, QLatin1StringView(outcome)), series, filter);
        }
        lists(name, range);
    }

    void whole()
    {
        lists(QStringLiteral("year"), {});
        MessageFilter filter;
        const ports::Page<ports::MessageRow> page =
            must(m_mail.messages(bootstrap::operatorCall(), MessageQuery{filter, 50, {}}).result());
        filter.messageId = page.rows.constLast().providerId;
        list(QStringLiteral("list, one message id"), filter);
        filter = {};
        filter.to = QStringLiteral("user1234@gmail.example");
        list(QStringLiteral("list, a whole address"), filter);
        const QString id = page.rows.constLast().id;
        measure(QStringLiteral("one message and its timeline"),
                [this, id](const MessageFilter &) { return m_mail.message(bootstrap::operatorCall(), id); }, {});
        measure(QStringLiteral("health"),
                [this](const MessageFilter &) { return m_mail.health(bootstrap::operatorCall()); }, {});
    }

private:
    template <typename Call>
    void measure(const QString &what, const Call &call, const MessageFilter &filter)
    {
        QList<double> times;
        for (int i = 0; i < m_runs; ++i) {
            const Stopwatch watch;
            must(call(filter).result());
            times << watch.ms();
        }
        printTimings(what, times, m_goalMs);
    }
    void list(const QString &what, const MessageFilter &filter)
    {
        measure(
            what,
            [this](const MessageFilter &f) {
                return m_mail.messages(bootstrap::operatorCall(), MessageQuery{f, 50, {}});
            },
            filter);
    }
    void lists(const QString &name, const MessageFilter &range)
    {
        const auto with = [&](const char *what, auto change) {
            MessageFilter filter = range;
            change(filter);
            list(QStringLiteral("%1: list, %2").arg(name, QLatin1StringView(what)), filter);
        };
        with("first page", [](MessageFilter &) {});
        with("hard bounces", [](MessageFilter &f) { f.outcomes = QStringList{QStringLiteral("hard")}; });
        with("rejected", [](MessageFilter &f) { f.outcomes = QStringList{QStringLiteral("rejected")}; });
        with("rare: outcome, template, domain", [](MessageFilter &f) {
            f.outcomes = QStringList{QStringLiteral("bounced_later")};
            f.templates = QStringList{QStringLiteral("team.event_1")};
            f.domain = QStringLiteral("company0007.example");
        });
        with("part of a recipient", [](MessageFilter &f) { f.to = QStringLiteral("company0007"); });
        with("recipient that nobody is", [](MessageFilter &f) { f.to = QStringLiteral("zz-nobody"); });
        with("part of a reason", [](MessageFilter &f) { f.reason = QStringLiteral("unavailable"); });
        with("reason that nobody gave", [](MessageFilter &f) { f.reason = QStringLiteral("zz-nothing"); });
        with("class that nothing has",
             [](MessageFilter &f) { f.classes = QStringList{QStringLiteral("unsubscribed")}; });
    }

    ports::EmailService &m_mail;
    QDateTime m_now;
    int m_runs;
    double m_goalMs;
};

} // namespace

void measureDelivery(ports::Backend &backend, const QString &title, const QDateTime &now, int runs, double goalMs)
{
    printTimingHead(title);
    DeliveryMeasure measure(backend, now, runs, goalMs);
    measure.window(QStringLiteral("24 h"), 24);
    measure.window(QStringLiteral("7 d"), 7 * 24);
    measure.window(QStringLiteral("30 d"), 30 * 24);
    measure.window(QStringLiteral("90 d"), 90 * 24);
    measure.whole();
}

} // namespace bench
