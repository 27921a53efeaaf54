#include "views/shell/rail.h"

#include "views/shell/rail_item.h"
#include "views/shell/screens.h"
#include "views/widgets/buttons.h"
#include "views/widgets/text.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace shell {

using widgets::TextRole;
using widgets::Theme;

struct Rail::Private {
    QHash<QString, RailItem *> items;
    QHash<QString, QVBoxLayout *> pinBoxes; ///< below every screen
    QList<RailPinItem *> pins;
    widgets::ElidedLabel *who, *backend;
    widgets::IconButton *theme, *connection;
};

Rail::Rail(QWidget *parent) : QWidget(parent), d(std::make_unique<Private>())
{
    setObjectName(QStringLiteral("rail"));
    setAccessibleName(tr("Screens"));
    setFixedWidth(widgets::space::rail);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 0, 9, 8);
    column->setSpacing(2);
    auto *name = widgets::makeLabel(tr("InstaNode Console"), TextRole::Title15, 600, widgets::Ink::Text, this);
    name->setContentsMargins(10, 0, 0, 0);
    name->setFixedHeight(48);
    column->addWidget(name);
    for (const Screen &screen : screens()) {
        if (!screen.section.isEmpty()) {
            auto *section = widgets::makeLabel(screen.section, TextRole::Caption11, 600, widgets::Ink::Third, this);
            section->setContentsMargins(10, 16, 0, 4);
            column->addWidget(section);
        }
        auto *item = new RailItem(screen, this);
        d->items.insert(screen.key, item);
        column->addWidget(item);
        auto *box = new QVBoxLayout;
        box->setSpacing(0);
        d->pinBoxes.insert(screen.key, box);
        column->addLayout(box);
        connect(item, &QAbstractButton::clicked, this, [this, item, key = screen.key] {
            item->setChecked(true);
            Q_EMIT chosen(key);
        });
    }
    column->addStretch();
    d->who = new widgets::ElidedLabel({}, this);
    d->who->setFont(Theme::instance().font(TextRole::Small12, 500));
    d->backend = new widgets::ElidedLabel({}, this);
    d->backend->setFont(Theme::instance().font(TextRole::Caption11));
    widgets::setInk(d->backend, widgets::Ink::Third);
    auto *texts = new QVBoxLayout;
    texts->setContentsMargins(10, 0, 0, 0);
    texts->setSpacing(1);
    texts->addWidget(d->who);
    texts->addWidget(d->backend);
    d->connection = new widgets::IconButton(QStringLiteral("server"), tr("Switch connection"),
                                            QStringLiteral("rail.connection"), this);
    d->theme = new widgets::IconButton(QStringLiteral("moon"), tr("Light or dark"), QStringLiteral("rail.theme"), this);
    for (widgets::IconButton *button : {d->connection, d->theme}) {
        button->setFixedSize(26, 26);
        button->setIconSize({16, 16});
    }
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addLayout(texts, 1);
    row->addWidget(d->connection);
    row->addWidget(d->theme);
    column->addLayout(row);
    const auto showScheme = [this] {
        d->theme->setIconName(Theme::instance().scheme() == widgets::Scheme::Dark ? QStringLiteral("sun")
                                                                                  : QStringLiteral("moon"));
    };
    showScheme();
    connect(&Theme::instance(), &Theme::changed, this, showScheme);
    connect(d->theme, &QToolButton::clicked, this, &Rail::themeRequested);
    connect(d->connection, &QToolButton::clicked, this, &Rail::connectionRequested);
}

Rail::~Rail() = default;

void Rail::setCurrent(const QString &screen)
{
    const QString key = railKeyOf(screen);
    for (auto it = d->items.cbegin(); it != d->items.cend(); ++it)
        it.value()->setChecked(it.key() == key);
}

void Rail::setCount(const QString &screen, const QString &text, widgets::Tone tone)
{
    if (RailItem *item = d->items.value(screen))
        item->setCount(text, tone);
}

void Rail::setKey(const QString &screen, const QString &keys)
{
    if (RailItem *item = d->items.value(screen))
        item->setKey(keys);
}

void Rail::setPins(const QList<RailPin> &pins)
{
    const auto same = [](const RailPinItem *item, const RailPin &pin) {
        return item->pin().id == pin.id && item->pin().screen == pin.screen;
    };
    const bool inPlace = std::equal(d->pins.cbegin(), d->pins.cend(), pins.cbegin(), pins.cend(), same);
    if (inPlace) {
        for (qsizetype i = 0; i < pins.size(); ++i)
            d->pins[i]->set(pins[i]);
        return;
    }
    for (RailPinItem *old : std::as_const(d->pins)) {
        old->hide();
        old->deleteLater(); // its own menu may have asked for this
    }
    d->pins.clear();
    for (const RailPin &pin : pins) {
        QVBoxLayout *box = d->pinBoxes.value(pin.screen);
        if (!box)
            continue;
        auto *item = new RailPinItem(pin, this);
        d->pins.append(item);
        box->addWidget(item);
        connect(item, &QAbstractButton::clicked, this, [this, id = pin.id] { Q_EMIT pinChosen(id); });
        connect(item, &RailPinItem::unpinRequested, this, &Rail::unpinRequested);
    }
    orderTabs();
}

/// Tab goes down the rail as it is seen, though pins come later than the entries around them.
void Rail::orderTabs()
{
    QWidget *before = nullptr;
    const auto next = [&before](QWidget *widget) {
        if (before)
            setTabOrder(before, widget);
        before = widget;
    };
    for (const Screen &screen : screens()) {
        next(d->items.value(screen.key));
        for (RailPinItem *pin : std::as_const(d->pins)) {
            if (pin->pin().screen == screen.key)
                next(pin);
        }
    }
}

void Rail::setSignedIn(const QString &who, const QString &backend)
{
    d->who->setText(who);
    d->backend->setText(backend);
    d->backend->setToolTip(backend);
}

void Rail::paintEvent(QPaintEvent *)
{
    const auto &c = Theme::instance().colors();
    QPainter painter(this);
    painter.fillRect(rect(), c.surface);
    painter.fillRect(QRect(width() - 1, 0, 1, height()), c.border);
}

} // namespace shell
