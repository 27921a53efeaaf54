#include "views/pages/check_history.h"

#include "models/domain/format.h"
#include "views/widgets/theme.h"

#include <QPainter>

#include <algorithm>

namespace pages {

namespace {
using Answer = CheckHistory::Answer;
constexpr int barWidth = 3, step = 5;

Answer answerOf(ports::CheckStatus status)
{
    switch (status) {
    case ports::CheckStatus::Ok:
        return Answer::Ok;
    case ports::CheckStatus::Degraded:
        return Answer::Degraded;
    case ports::CheckStatus::Failed:
        return Answer::Failed;
    }
    return Answer::None;
}

void paintBar(QPainter &painter, int x, const QRect &rect, Answer answer)
{
    const int bottom = rect.center().y() + 9;
    const auto fill = [&](int height, const QColor &color) {
        painter.fillRect(QRect(x, bottom - height, barWidth, height), color);
    };
    switch (answer) {
    case Answer::Ok:
        return fill(9, widgets::toneColor(widgets::Tone::Good));
    case Answer::Degraded:
        return fill(13, widgets::toneColor(widgets::Tone::Warning));
    case Answer::Failed:
        return fill(18, widgets::toneColor(widgets::Tone::Bad));
    case Answer::None:
        painter.setPen(widgets::Theme::instance().colors().text2);
        painter.drawRect(QRectF(x + 0.5, bottom - 17.5, barWidth - 1, 17));
        return;
    }
}
} // namespace

void CheckHistory::add(QList<Answer> &answers, Answer answer)
{
    answers.append(answer);
    if (answers.size() > kept)
        answers.removeFirst();
}

void CheckHistory::record(const ports::HealthReport &report)
{
    for (const ports::HealthCheck &check : report.checks)
        add(m_answers[check.name], answerOf(check.status));
}

void CheckHistory::recordSilence()
{
    for (QList<Answer> &answers : m_answers)
        add(answers, Answer::None);
}

QString CheckHistory::text(const QString &check) const
{
    const QList<Answer> answers = of(check);
    if (answers.isEmpty())
        return domain::noValue();
    const auto bad =
        std::count_if(answers.cbegin(), answers.cend(), [](Answer answer) { return answer != Answer::Ok; });
    return bad == 0 ? QStringLiteral("%1, all ok")
                          .arg(domain::plural(answers.size(), QStringLiteral("answer"), QStringLiteral("answers")))
                    : QStringLiteral("%1 of %2 not ok")
                          .arg(domain::countText(bad),
                               domain::plural(answers.size(), QStringLiteral("answer"), QStringLiteral("answers")));
}

QString checkMeaning(const QString &check)
{
    static const QHash<QString, QString> meanings{
        {QStringLiteral("platform_db"), QStringLiteral("answers a query")},
        {QStringLiteral("migrations"), QStringLiteral("schema matches this build")},
        {QStringLiteral("disk"), QStringLiteral("room beside the database file")},
        {QStringLiteral("pool"), QStringLiteral("requests find a free connection")},
        {QStringLiteral("shutting_down"), QStringLiteral("the server takes no new work")},
    };
    return meanings.value(check);
}

CheckHistoryDelegate::CheckHistoryDelegate(const CheckHistory &history, int nameRole, QObject *parent)
    : CellDelegate(parent)
    , m_history(history)
    , m_nameRole(nameRole)
{
}

void CheckHistoryDelegate::paintCell(QPainter &painter, const QRect &rect, const QStyleOptionViewItem &,
                                     const QModelIndex &index) const
{
    const QList<Answer> answers = m_history.of(index.data(m_nameRole).toString());
    const qsizetype room = std::max(1, rect.width() / step);
    const qsizetype first = std::max<qsizetype>(0, answers.size() - room);
    const QColor track = widgets::Theme::instance().colors().surface2;
    for (qsizetype slot = 0; slot < room; ++slot) {
        const int x = rect.left() + static_cast<int>(slot) * step;
        const qsizetype at = first + slot - (room - (answers.size() - first));
        if (at < first)
            painter.fillRect(QRect(x, rect.center().y() + 7, barWidth, 2), track);
        else
            paintBar(painter, x, rect, answers.at(at));
    }
}

} // namespace pages
