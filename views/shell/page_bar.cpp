#include "views/shell/page_bar.h"

#include "views/shell/key_bindings.h"
#include "views/widgets/buttons.h"
#include "views/widgets/key_cap.h"
#include "views/widgets/text.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>

namespace shell {

using widgets::Ink;
using widgets::TextRole;
using widgets::Theme;

namespace {

QString withKey(const QString &text, const QString &key)
{
    return key.isEmpty() ? text : QObject::tr("%1 (%2)").arg(text, key);
}

QString keyOf(const pages::PageAction &action)
{
    return keyText(QKeySequence(action.keys, QKeySequence::PortableText));
}

QString whyNot(const pages::PageAction &action)
{
    if (action.enabled)
        return {};
    return action.whyDisabled.isEmpty() ? QObject::tr("Not available now") : action.whyDisabled;
}

/// Looks like a search field, opens the palette.
class PaletteField : public QAbstractButton {
public:
    explicit PaletteField(QWidget *parent) : QAbstractButton(parent)
    {
        setObjectName(QStringLiteral("pageBar.palette"));
        setAccessibleName(QObject::tr("Search or type a command"));
        setFocusPolicy(Qt::TabFocus);
        setCursor(Qt::PointingHandCursor);
        setFixedHeight(widgets::space::control);
        setMinimumWidth(150);
        setMaximumWidth(360);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }
    QSize sizeHint() const override { return {360, widgets::space::control}; }
    void setKey(const QString &key)
    {
        m_key = key;
        setToolTip(withKey(QObject::tr("Search or type a command"), key));
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const auto &c = Theme::instance().colors();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(hasFocus() ? c.accent : c.border, 1));
        painter.setBrush(c.window);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
        widgets::icon(QStringLiteral("search"), c.text2).paint(&painter, QRect(9, 7, 16, 16));
        painter.setFont(Theme::instance().font(TextRole::Base13));
        painter.setPen(c.text2);
        QRect box = rect().adjusted(32, 0, -8, 0);
        if (!m_key.isEmpty())
            box.setRight(box.right() - widgets::KeyCap::paint(painter, box, m_key) - 6);
        painter.drawText(
            box, Qt::AlignVCenter,
            painter.fontMetrics().elidedText(QObject::tr("Search or type a command"), Qt::ElideRight, box.width()));
    }

private:
    QString m_key;
};

} // namespace

struct PageBar::Private {
    QLabel *title, *age;
    PaletteField *palette;
    widgets::LinkButton *zone;
    widgets::IconButton *back, *forward;
    QHBoxLayout *actionRow;
    QList<pages::PageAction> actions;
    QString signature;
};

PageBar::PageBar(QWidget *parent) : QWidget(parent), d(std::make_unique<Private>())
{
    setObjectName(QStringLiteral("pageBar"));
    setFixedHeight(48);
    d->back = new widgets::IconButton(QStringLiteral("back"), tr("Back"), QStringLiteral("pageBar.back"), this);
    d->forward =
        new widgets::IconButton(QStringLiteral("forward"), tr("Forward"), QStringLiteral("pageBar.forward"), this);
    for (widgets::IconButton *button : {d->back, d->forward}) {
        button->setFixedSize(24, 26);
        button->setIconSize({15, 15});
    }
    d->title = widgets::makeLabel({}, TextRole::Title15, 600, Ink::Text, this);
    d->title->setObjectName(QStringLiteral("pageBar.title"));
    d->age = widgets::makeLabel({}, TextRole::Small12, 400, Ink::Third, this);
    d->age->setObjectName(QStringLiteral("pageBar.age"));
    d->zone = new widgets::LinkButton({}, QStringLiteral("pageBar.zone"), this);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, widgets::space::xl, 1);
    row->setSpacing(widgets::space::xs);
    row->addWidget(d->back);
    row->addWidget(d->forward);
    row->addSpacing(2);
    row->addWidget(d->title);
    row->addSpacing(widgets::space::s);
    row->addWidget(d->age);
    row->addWidget(d->zone);
    row->addStretch(1);
    d->palette = new PaletteField(this);
    row->addWidget(d->palette, 2);
    row->addSpacing(widgets::space::s);
    d->actionRow = new QHBoxLayout;
    d->actionRow->setSpacing(widgets::space::s);
    row->addLayout(d->actionRow);
    connect(d->palette, &QAbstractButton::clicked, this, &PageBar::paletteRequested);
    connect(d->zone, &QPushButton::clicked, this, &PageBar::zoneRequested);
    connect(d->back, &QToolButton::clicked, this, &PageBar::backRequested);
    connect(d->forward, &QToolButton::clicked, this, &PageBar::forwardRequested);
    setNavigation(false, false);
}

PageBar::~PageBar() = default;

void PageBar::setTitle(const QString &title)
{
    d->title->setText(title);
    d->title->setAccessibleName(title);
}

void PageBar::setAge(const QString &text, bool stale)
{
    d->age->setText(text);
    widgets::setInk(d->age, stale ? Ink::Warning : Ink::Third);
    d->age->setVisible(!text.isEmpty());
}

void PageBar::setZone(const QString &zone, const QString &tooltip)
{
    d->zone->setText(zone);
    d->zone->setToolTip(tooltip);
    d->zone->setAccessibleName(tr("Time zone %1").arg(zone));
}

void PageBar::setNavigation(bool back, bool forward)
{
    d->back->setEnabled(back);
    d->forward->setEnabled(forward);
}

void PageBar::setKeys(const QString &palette, const QString &back, const QString &forward)
{
    d->palette->setKey(palette);
    d->back->setToolTip(withKey(tr("Back"), back));
    d->forward->setToolTip(withKey(tr("Forward"), forward));
}

void PageBar::setActions(const QList<pages::PageAction> &actions)
{
    d->actions = actions;
    // Pages announce every change of chrome; the buttons are only rebuilt when something that is shown changed.
    QString signature;
    for (const pages::PageAction &a : actions)
        signature += a.id + u'|' + a.text + u'|' + a.keys + u'|' + a.whyDisabled + (a.enabled ? u'1' : u'0') +
                     (a.primary ? u'1' : u'0');
    if (signature == d->signature)
        return;
    d->signature = signature;
    rebuildActions();
}

void PageBar::rebuildActions()
{
    while (QLayoutItem *item = d->actionRow->takeAt(0)) {
        if (QWidget *old = item->widget()) {
            old->hide();
            old->deleteLater();
        }
        delete item;
    }
    const auto run = [this](const QString &id) {
        for (const pages::PageAction &a : std::as_const(d->actions)) {
            if (a.id == id && a.enabled && a.trigger) {
                const auto trigger = a.trigger; // the list may change while it runs
                trigger();
                return;
            }
        }
    };
    const auto add = [this, run](QPushButton *button, const pages::PageAction &action) {
        widgets::setWhyDisabled(button, whyNot(action));
        if (action.enabled && !action.keys.isEmpty())
            button->setToolTip(withKey(action.text, keyOf(action)));
        connect(button, &QPushButton::clicked, this, [run, id = action.id] { run(id); });
        d->actionRow->addWidget(button);
    };
    const pages::PageAction *primary = nullptr;
    QList<pages::PageAction> rest;
    int shown = 0;
    for (const pages::PageAction &a : std::as_const(d->actions)) {
        if (a.primary && !primary) {
            primary = &a;
        } else if (shown < 2) {
            ++shown;
            add(new widgets::SecondaryButton(a.text, QStringLiteral("action.") + a.id, this), a);
        } else {
            rest.append(a);
        }
    }
    if (!rest.isEmpty()) {
        auto *more =
            new widgets::IconButton(QStringLiteral("more"), tr("More actions"), QStringLiteral("pageBar.more"), this);
        connect(more, &QToolButton::clicked, this, [this, more, rest, run] {
            auto *menu = new QMenu(this);
            menu->setAttribute(Qt::WA_DeleteOnClose);
            for (const pages::PageAction &a : rest) {
                QAction *action = menu->addAction(a.keys.isEmpty() ? a.text : a.text + u'\t' + keyOf(a));
                action->setEnabled(a.enabled);
                action->setToolTip(a.whyDisabled);
                connect(action, &QAction::triggered, this, [run, id = a.id] { run(id); });
            }
            menu->setToolTipsVisible(true);
            menu->popup(more->mapToGlobal(QPoint(0, more->height() + 4)));
        });
        d->actionRow->addWidget(more);
    }
    if (primary)
        add(new widgets::PrimaryButton(primary->text, QStringLiteral("action.") + primary->id, this), *primary);
}

void PageBar::paintEvent(QPaintEvent *)
{
    const auto &c = Theme::instance().colors();
    QPainter painter(this);
    painter.fillRect(rect(), c.surface);
    painter.fillRect(QRect(0, height() - 1, width(), 1), c.border);
}

} // namespace shell
