#include "views/pages/attention_list.h"

#include "models/domain/format.h"
#include "views/pages/page_parts.h"
#include "views/widgets/badge.h"
#include "views/widgets/buttons.h"
#include "views/widgets/text.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

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
    void draw() { setPixmap(widgets::icon(severityIcon(m_severity), widgets::toneColor(toneOf(m_severity))).pixmap(18, 18)); }
    int m_severity;
};
} // namespace

AttentionList::AttentionList(QWidget *parent) : QWidget(parent), m_rows(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("overview.attention"));
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(0);
}

void AttentionList::setItems(const QList<ports::AttentionItem> &items, const QDateTime &asOf, const QTimeZone &zone)
{
    clearLayout(m_rows);
    if (items.isEmpty()) {
        auto *row = new QHBoxLayout;
        row->setSpacing(widgets::space::s);
        auto *ok = new QLabel(this);
        ok->setPixmap(widgets::icon(QStringLiteral("check-circle"), widgets::toneColor(Tone::Good)).pixmap(18, 18));
        row->addWidget(ok);
        row->addWidget(widgets::makeLabel(QStringLiteral("All clear"), TextRole::Base13, 600, Ink::Good, this));
        row->addWidget(widgets::makeLabel(QStringLiteral("· last check %1").arg(domain::shortTimeText(asOf, zone, asOf)), TextRole::Small12, 400, Ink::Second, this));
        row->addStretch(1);
        m_rows->addLayout(row);
        setAccessibleName(QStringLiteral("Overview, needs attention, all clear"));
        m_rows->addStretch(1);
        return;
    }
    setAccessibleName(QStringLiteral("Overview, needs attention, %1").arg(domain::plural(items.size(), QStringLiteral("item"), QStringLiteral("items"))));
    for (qsizetype i = 0; i < items.size(); ++i) {
        const ports::AttentionItem &item = items.at(i);
        if (i > 0)
            m_rows->addWidget(makeRule(this));
        auto *box = new QWidget(this);
        box->setFixedHeight(44);
        auto *row = new QHBoxLayout(box);
        row->setContentsMargins(widgets::space::l, 0, widgets::space::m, 0);
        row->setSpacing(widgets::space::m);
        row->addWidget(new SeverityIcon(item.severity, box));
        row->addWidget(new widgets::Badge(kindText(item.kind), toneOf(item.severity), box));
        auto *subject = new widgets::ElidedLabel(item.subject, box);
        subject->setFont(widgets::Theme::instance().font(TextRole::Base13, 500));
        row->addWidget(subject);
        auto *detail = new widgets::ElidedLabel(item.detail, box);
        widgets::setInk(detail, Ink::Second);
        row->addWidget(detail, 1);
        QLabel *since = widgets::makeLabel(domain::relativeText(item.since, asOf), TextRole::Small12, 400, Ink::Second, box);
        since->setToolTip(domain::timeTip(item.since, asOf));
        row->addWidget(since);
        auto *open = new widgets::LinkButton(QStringLiteral("Open"), QStringLiteral("overview.attention.%1.open").arg(i), box);
        open->setAccessibleName(QStringLiteral("Open %1, %2, %3").arg(item.subject, kindText(item.kind), item.detail));
        connect(open, &QPushButton::clicked, this, [this, item] { Q_EMIT openRequested(item); });
        row->addWidget(open);
        m_rows->addWidget(box);
    }
    m_rows->addStretch(1);
}

} // namespace pages
