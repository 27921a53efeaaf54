#include "views/pages/attention_list.h"

#include "models/domain/format.h"
#include "views/pages/page_parts.h"
#include "views/widgets/badge.h"
#include "views/widgets/buttons.h"
#include "views/widgets/text.h"

#include <QHBoxLayout>
#include <QScrollBar>
#include <QSet>
#include <QVBoxLayout>

#include <algorithm>

namespace pages {

namespace {
using widgets::Ink;
using widgets::TextRole;
using widgets::Tone;

Tone toneOf(int severity)
{
    return severity >= 3 ? Tone::Bad : severity == 2 ? Tone::Warning : Tone::Accent;
}
QString severityIcon(int severity)
{
    return severity >= 3 ? QStringLiteral("error") : severity == 2 ? QStringLiteral("warning") : QStringLiteral("info");
}
QString kindText(ports::AttentionKind kind)
{
    switch (kind) {
    case ports::AttentionKind::OverQuota:
        return QStringLiteral("over quota");
    case ports::AttentionKind::NearQuota:
        return QStringLiteral("near quota");
    case ports::AttentionKind::GraceEnding:
        return QStringLiteral("grace ending");
    case ports::AttentionKind::DegradedResource:
        return QStringLiteral("degraded resource");
    case ports::AttentionKind::FailedDeployment:
        return QStringLiteral("failed deployment");
    case ports::AttentionKind::OperatorAlert:
        return QStringLiteral("operator alert");
    case ports::AttentionKind::DeletionPending:
        return QStringLiteral("deletion pending");
    case ports::AttentionKind::DeliveryRatio:
        return QStringLiteral("delivery ratio");
    case ports::AttentionKind::UnknownRate:
        return QStringLiteral("unknown outcomes");
    case ports::AttentionKind::ReceiverSilent:
        return QStringLiteral("receiver silent");
    case ports::AttentionKind::ParkedEvents:
        return QStringLiteral("parked events");
    case ports::AttentionKind::UnauthorizedBurst:
        return QStringLiteral("unauthorized");
    case ports::AttentionKind::ForwarderHolding:
        return QStringLiteral("forwarder");
    }
    return {};
}

class SeverityIcon : public QLabel {
public:
    SeverityIcon(int severity, QWidget *parent) : QLabel(parent), m_severity(severity)
    {
        setFixedSize(18, 18);
        draw();
        connect(&widgets::Theme::instance(), &widgets::Theme::changed, this, [this] { draw(); });
    }

private:
    void draw()
    {
        setPixmap(widgets::icon(severityIcon(m_severity), widgets::toneColor(toneOf(m_severity))).pixmap(18, 18));
    }
    int m_severity;
};
} // namespace

AttentionList::AttentionList(QWidget *parent)
    : QScrollArea(parent)
    , m_content(new QWidget(this))
    , m_rows(new QVBoxLayout(m_content))
{
    setObjectName(QStringLiteral("overview.attention"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setWidget(m_content);
    viewport()->setAutoFillBackground(false);
    m_content->setAutoFillBackground(false);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(0);
}

void AttentionList::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    fitRows();
}

/// Rows and the rules between them share the height that is there; what does not divide stays free below.
void AttentionList::fitRows()
{
    const int room = height() + 1;
    const auto pitch = leastRowHeight + 1;
    const int fit = std::max(1, room / pitch);
    const bool all = m_boxes.size() <= fit;
    const int each = all ? pitch : room / fit;
    setViewportMargins(0, 0, 0, all || fit * each > room ? 0 : room - fit * each);
    for (QWidget *box : std::as_const(m_boxes))
        box->setFixedHeight(each - 1);
    verticalScrollBar()->setSingleStep(each);
    verticalScrollBar()->setPageStep(each * fit);
}

QList<AttentionRow> attentionRows(const QList<ports::AttentionItem> &items)
{
    QList<AttentionRow> rows;
    for (const ports::AttentionItem &item : items) {
        const auto same = std::find_if(rows.begin(), rows.end(), [&item](const AttentionRow &row) {
            return item.kind == ports::AttentionKind::OperatorAlert && row.item.kind == item.kind &&
                   row.item.subject == item.subject;
        });
        if (same == rows.end())
            rows.append({item, 1});
        else if (++same->count; item.since > same->item.since)
            same->item = item;
    }
    QSet<int> seen;
    QList<AttentionRow> firsts, others;
    for (const AttentionRow &row : std::as_const(rows)) {
        const auto kind = static_cast<int>(row.item.kind);
        (seen.contains(kind) ? others : firsts).append(row);
        seen.insert(kind);
    }
    return firsts + others;
}

void AttentionList::setItems(const QList<ports::AttentionItem> &items, const QDateTime &asOf, const QTimeZone &zone)
{
    clearLayout(m_rows);
    m_boxes.clear();
    if (items.isEmpty()) {
        showAllClear(asOf, zone);
        return;
    }
    setAccessibleName(QStringLiteral("Overview, needs attention, %1")
                          .arg(domain::plural(items.size(), QStringLiteral("item"), QStringLiteral("items"))));
    const QList<AttentionRow> rows = attentionRows(items);
    for (qsizetype i = 0; i < rows.size(); ++i) {
        if (i > 0)
            m_rows->addWidget(makeRule(m_content));
        m_boxes << makeRow(rows.at(i), i, asOf);
        m_rows->addWidget(m_boxes.last());
    }
    m_rows->addStretch(1);
    fitRows();
}

void AttentionList::showAllClear(const QDateTime &asOf, const QTimeZone &zone)
{
    auto *row = new QHBoxLayout;
    row->setContentsMargins(widgets::space::l, widgets::space::s, widgets::space::m, 0);
    row->setSpacing(widgets::space::s);
    auto *ok = new QLabel(m_content);
    ok->setPixmap(widgets::icon(QStringLiteral("check-circle"), widgets::toneColor(Tone::Good)).pixmap(18, 18));
    row->addWidget(ok);
    row->addWidget(widgets::makeLabel(QStringLiteral("All clear"), TextRole::Base13, 600, Ink::Good, m_content));
    row->addWidget(widgets::makeLabel(QStringLiteral("· last check %1").arg(domain::shortTimeText(asOf, zone, asOf)),
                                      TextRole::Small12, 400, Ink::Second, m_content));
    row->addStretch(1);
    m_rows->addLayout(row);
    setAccessibleName(QStringLiteral("Overview, needs attention, all clear"));
    m_rows->addStretch(1);
}

QWidget *AttentionList::makeRow(const AttentionRow &of, qsizetype index, const QDateTime &asOf)
{
    const ports::AttentionItem &item = of.item;
    // An alert's subject is its audit kind: the sentence leads, the kind is the small print.
    const bool alert = item.kind == ports::AttentionKind::OperatorAlert;
    const QString sentence = alert && !item.detail.isEmpty() ? item.detail : item.subject;
    const QString small = alert ? item.subject : item.detail;
    auto *box = new QWidget(m_content);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(widgets::space::l, 0, widgets::space::m, 0);
    row->setSpacing(widgets::space::m);
    row->addWidget(new SeverityIcon(item.severity, box));
    auto *lines = new QVBoxLayout;
    lines->setSpacing(1);
    lines->addStretch(1);
    auto *title = new widgets::ElidedLabel(sentence, box);
    title->setObjectName(QStringLiteral("overview.attention.%1.title").arg(index));
    title->setFont(widgets::Theme::instance().font(TextRole::Base13, 500));
    lines->addWidget(title);
    auto *second = new widgets::ElidedLabel(small, box);
    second->setFont(widgets::Theme::instance().font(TextRole::Small12));
    widgets::setInk(second, Ink::Second);
    lines->addWidget(second);
    lines->addStretch(1);
    row->addLayout(lines, 1);
    if (of.count > 1) {
        auto *times =
            new widgets::Badge(QStringLiteral("%1 times").arg(domain::countText(of.count)), Tone::Neutral, box);
        times->setObjectName(QStringLiteral("overview.attention.%1.count").arg(index));
        row->addWidget(times);
    }
    row->addWidget(new widgets::Badge(kindText(item.kind), toneOf(item.severity), box));
    QLabel *since =
        widgets::makeLabel(domain::relativeText(item.since, asOf), TextRole::Small12, 400, Ink::Second, box);
    since->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    since->setMinimumWidth(72);
    since->setToolTip(domain::timeTip(item.since, asOf));
    row->addWidget(since);
    auto *open =
        new widgets::LinkButton(QStringLiteral("Open"), QStringLiteral("overview.attention.%1.open").arg(index), box);
    open->setAccessibleName(QStringLiteral("Open %1, %2, %3").arg(item.subject, kindText(item.kind), item.detail));
    connect(open, &QPushButton::clicked, this, [this, of] { Q_EMIT openRequested(of.item, of.count); });
    row->addWidget(open);
    return box;
}

} // namespace pages
