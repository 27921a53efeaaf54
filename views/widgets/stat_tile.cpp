#include "views/widgets/stat_tile.h"

#include "views/widgets/buttons.h"
#include "views/widgets/sparkline.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QStyle>
#include <QVBoxLayout>
#include <QWidgetAction>

namespace widgets {

struct StatTile::Private {
    QLabel *figure, *unit, *sub, *delta;
    Sparkline *line;
    IconButton *explain;
    QString explanation;
    bool clickable = false;
};

StatTile::StatTile(const QString &name, QWidget *parent) : Card({}, parent), d(std::make_unique<Private>())
{
    setObjectName(name);
    setQuietTitle();
    d->figure = makeLabel({}, TextRole::Figure26, 600, Ink::Text, this);
    d->unit = makeLabel({}, TextRole::Small12, 500, Ink::Third, this);
    d->delta = makeLabel({}, TextRole::Small12, 600, Ink::Second, this);
    d->sub = makeLabel({}, TextRole::Small12, 400, Ink::Second, this);
    d->sub->setWordWrap(true);
    d->line = new Sparkline(this);
    d->explain =
        new IconButton(QStringLiteral("explain"), tr("Explain this number"), name + QStringLiteral(".explain"), this);
    d->explain->setFixedSize(22, 22);
    d->explain->setIconSize({14, 14});
    d->explain->hide();
    header()->addWidget(d->explain);

    auto *row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(d->figure, 0, Qt::AlignBaseline);
    row->addWidget(d->unit, 0, Qt::AlignBaseline);
    row->addStretch();
    row->addWidget(d->delta, 0, Qt::AlignBaseline);
    body()->setSpacing(4);
    body()->addLayout(row);
    body()->addWidget(d->sub);
    body()->addStretch();
    body()->addWidget(d->line);
    connect(d->explain, &QToolButton::clicked, this, [this] {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        auto *text = makeLabel(d->explanation, TextRole::Small12, 400, Ink::Text);
        text->setWordWrap(true);
        text->setFixedWidth(320);
        text->setMargin(space::s);
        auto *action = new QWidgetAction(menu);
        action->setDefaultWidget(text);
        menu->addAction(action);
        menu->popup(d->explain->mapToGlobal(QPoint(0, d->explain->height() + 4)));
    });
}

StatTile::~StatTile() = default;

void StatTile::setStat(const Stat &stat)
{
    setTitle(stat.title);
    d->figure->setText(stat.figure);
    setInk(d->figure, stat.figureInk);
    d->unit->setText(stat.unit);
    d->unit->setVisible(!stat.unit.isEmpty());
    d->delta->setText(stat.delta);
    d->delta->setVisible(!stat.delta.isEmpty());
    setInk(d->delta, stat.deltaInk);
    d->sub->setText(stat.sub);
    d->sub->setVisible(!stat.sub.isEmpty());
    d->line->setVisible(stat.series.size() > 1);
    d->line->setValues(stat.series, stat.lastOpen);
    QStringList parts{stat.title, (stat.figure + u' ' + stat.unit).trimmed()};
    for (const QString &part : {stat.delta, stat.sub}) {
        if (!part.isEmpty())
            parts.append(part);
    }
    setAccessibleName(parts.join(QStringLiteral(", ")));
}

void StatTile::setExplanation(const QString &text)
{
    d->explanation = text;
    d->explain->setVisible(!text.isEmpty());
    d->explain->setAccessibleDescription(text);
}

void StatTile::setClickable(bool clickable)
{
    d->clickable = clickable;
    setProperty("clickable", clickable);
    setCursor(clickable ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setFocusPolicy(clickable ? Qt::TabFocus : Qt::NoFocus);
    style()->unpolish(this);
    style()->polish(this);
}

void StatTile::mouseReleaseEvent(QMouseEvent *event)
{
    if (d->clickable && event->button() == Qt::LeftButton && rect().contains(event->pos()))
        Q_EMIT clicked();
}

void StatTile::keyPressEvent(QKeyEvent *event)
{
    if (d->clickable && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter))
        Q_EMIT clicked();
    else
        Card::keyPressEvent(event);
}

} // namespace widgets
