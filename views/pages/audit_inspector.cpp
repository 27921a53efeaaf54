#include "views/pages/audit_inspector.h"

#include "models/domain/format.h"
#include "views/pages/json_text.h"
#include "views/pages/page_parts.h"
#include "views/pages/timeline_text.h"
#include "views/widgets/badge.h"
#include "views/widgets/buttons.h"
#include "views/widgets/copy_label.h"
#include "views/widgets/text.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QPainter>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace pages {

namespace {
constexpr int panelWidth = 312;
}

struct AuditInspector::Private {
    std::optional<domain::AuditEntry> entry;
    QWidget *content = nullptr;
    QLabel *nothing = nullptr, *summary = nullptr, *metadataTitle = nullptr;
    widgets::Badge *kind = nullptr;
    FactList *facts = nullptr;
    widgets::CopyLabel *id = nullptr, *team = nullptr, *resource = nullptr;
    QLabel *teamLabel = nullptr, *resourceLabel = nullptr;
    QPushButton *openTeam = nullptr, *sameKind = nullptr, *sameTeam = nullptr;
    QPlainTextEdit *metadata = nullptr;
};

AuditInspector::AuditInspector(QWidget *parent) : QWidget(parent), d(std::make_unique<Private>())
{
    using namespace widgets;
    setObjectName(QStringLiteral("audit.inspector"));
    setAccessibleName(QStringLiteral("Audit entry"));
    setFixedWidth(panelWidth);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    d->nothing =
        makeLabel(QStringLiteral("Select an entry to see all of it"), TextRole::Base13, 400, Ink::Second, this);
    d->nothing->setAlignment(Qt::AlignCenter);
    outer->addWidget(d->nothing, 1);
    d->content = new QWidget(this);
    outer->addWidget(d->content, 1);
    auto *column = new QVBoxLayout(d->content);
    column->setContentsMargins(space::l, space::l, space::l, space::l);
    column->setSpacing(space::s);
    auto *badgeRow = new QHBoxLayout;
    d->kind = new Badge({}, Tone::Neutral, this);
    badgeRow->addWidget(d->kind);
    badgeRow->addStretch(1);
    column->addLayout(badgeRow);
    d->summary = makeLabel({}, TextRole::Title15, 600, Ink::Text, this);
    d->summary->setWordWrap(true);
    d->summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    d->summary->setTextFormat(Qt::PlainText);
    column->addWidget(d->summary);
    d->facts = new FactList(this);
    column->addWidget(d->facts);
    const auto idRow = [&](const QString &label, const QString &name, QLabel **labelOut) {
        auto *row = new QHBoxLayout;
        QLabel *text = makeLabel(label, TextRole::Base13, 400, Ink::Second, this);
        row->addWidget(text);
        row->addStretch(1);
        auto *value = new CopyLabel(name, this);
        row->addWidget(value);
        column->addLayout(row);
        if (labelOut)
            *labelOut = text;
        return value;
    };
    d->id = idRow(QStringLiteral("Entry"), QStringLiteral("audit.inspector.id"), nullptr);
    d->team = idRow(QStringLiteral("Customer"), QStringLiteral("audit.inspector.team"), &d->teamLabel);
    d->resource = idRow(QStringLiteral("Resource"), QStringLiteral("audit.inspector.resource"), &d->resourceLabel);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::s);
    d->openTeam =
        new SecondaryButton(QStringLiteral("Open customer"), QStringLiteral("audit.inspector.openTeam"), this);
    d->sameTeam =
        new LinkButton(QStringLiteral("Only this customer"), QStringLiteral("audit.inspector.sameTeam"), this);
    d->sameKind = new LinkButton(QStringLiteral("Only this action"), QStringLiteral("audit.inspector.sameKind"), this);
    buttons->addWidget(d->openTeam);
    buttons->addStretch(1);
    auto *narrow = new QHBoxLayout;
    narrow->setSpacing(space::l);
    narrow->addWidget(d->sameKind);
    narrow->addWidget(d->sameTeam);
    narrow->addStretch(1);
    column->addSpacing(space::xs);
    column->addLayout(buttons);
    column->addLayout(narrow);
    column->addSpacing(space::xs);
    d->metadataTitle = makeLabel(QStringLiteral("Metadata, as stored"), TextRole::Small12, 600, Ink::Second, this);
    column->addWidget(d->metadataTitle);
    d->metadata = new QPlainTextEdit(this);
    d->metadata->setObjectName(QStringLiteral("audit.inspector.metadata"));
    d->metadata->setAccessibleName(QStringLiteral("Metadata as JSON"));
    d->metadata->setReadOnly(true);
    d->metadata->setTabChangesFocus(true);
    d->metadata->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    QFont mono = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    mono.setPixelSize(12);
    d->metadata->setFont(mono);
    d->metadata->setStyleSheet(
        QStringLiteral("QPlainTextEdit { font-family: \"%1\"; font-size: 12px; }").arg(mono.family()));
    column->addWidget(d->metadata, 1);

    connect(d->openTeam, &QPushButton::clicked, this, [this] { Q_EMIT teamRequested(d->entry->team->toString()); });
    connect(d->sameTeam, &QPushButton::clicked, this, [this] {
        Q_EMIT filterRequested(QStringLiteral("team"), QStringLiteral("team:") + d->entry->team->toString());
    });
    connect(d->sameKind, &QPushButton::clicked, this,
            [this] { Q_EMIT filterRequested(QStringLiteral("kind"), QStringLiteral("kind:") + d->entry->kind); });
    setEntry({}, QTimeZone::utc());
}

AuditInspector::~AuditInspector() = default;

void AuditInspector::setEntry(const std::optional<domain::AuditEntry> &entry, const QTimeZone &zone)
{
    const bool same = entry && d->entry && *entry == *d->entry;
    d->content->setVisible(entry.has_value());
    d->nothing->setVisible(!entry);
    d->entry = entry;
    if (!entry || same)
        return;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    d->kind->set(entry->kind, timelineTone(entry->kind));
    d->summary->setText(entry->summary);
    QList<FactList::Fact> facts;
    if (zone.offsetFromUtc(entry->createdAt) != 0)
        facts << FactList::Fact{QStringLiteral("Time, %1").arg(domain::zoneText(zone, now)),
                                domain::exactText(entry->createdAt, zone), widgets::Ink::Text,
                                domain::timeTip(entry->createdAt, now)};
    facts << FactList::Fact{QStringLiteral("Time, UTC"), domain::isoText(entry->createdAt), widgets::Ink::Text,
                            domain::timeTip(entry->createdAt, now)}
          << FactList::Fact{QStringLiteral("Actor"), entry->actor}
          << FactList::Fact{QStringLiteral("Target"), entry->teamName.isEmpty() ? QStringLiteral("—") : entry->teamName}
          << FactList::Fact{QStringLiteral("Resource type"),
                            entry->resourceType.isEmpty() ? QStringLiteral("—") : entry->resourceType};
    d->facts->setFacts(facts);
    d->id->setValue(entry->id.toString(), domain::shortId(entry->id.toString()));
    const QString team = entry->team ? entry->team->toString() : QString();
    d->team->setValue(team, domain::shortId(team));
    const QString resource = entry->resource ? entry->resource->toString(QUuid::WithoutBraces) : QString();
    d->resource->setValue(resource, domain::shortId(resource));
    for (QWidget *widget : {static_cast<QWidget *>(d->team), static_cast<QWidget *>(d->teamLabel),
                            static_cast<QWidget *>(d->openTeam), static_cast<QWidget *>(d->sameTeam)})
        widget->setVisible(entry->team.has_value());
    d->resource->setVisible(entry->resource.has_value());
    d->resourceLabel->setVisible(entry->resource.has_value());
    d->metadata->setPlainText(entry->metadata.isEmpty() ? QStringLiteral("none") : prettyJson(entry->metadata));
}

void AuditInspector::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const widgets::Colors &colors = widgets::Theme::instance().colors();
    painter.fillRect(rect(), colors.surface);
    painter.fillRect(QRect(0, 0, 1, height()), colors.border);
}

} // namespace pages
