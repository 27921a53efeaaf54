#include "views/shell/rail.h"

#include "views/shell/screens.h"
#include "views/widgets/buttons.h"
#include "views/widgets/text.h"

#include <QAbstractButton>
#include <QFocusEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace shell {

using widgets::TextRole;
using widgets::Theme;

namespace {

class RailItem : public QAbstractButton {
public:
    RailItem(const Screen &screen, int number, QWidget *parent) : QAbstractButton(parent), m_screen(screen)
    {
        setObjectName(QStringLiteral("rail.") + screen.key);
        setText(screen.title);
        setAccessibleName(screen.title);
        setToolTip(QObject::tr("%1 (Ctrl+%2)").arg(screen.title).arg(number));
        setCheckable(true);
        setFocusPolicy(Qt::TabFocus);
        setCursor(Qt::PointingHandCursor);
        setFixedHeight(32);
        setMouseTracking(true);
    }

    void setCount(const QString &text, widgets::Tone tone)
    {
        m_count = text;
        m_tone = tone;
        setAccessibleName(text.isEmpty() ? m_screen.title : m_screen.title + QStringLiteral(", ") + text);
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const auto &c = Theme::instance().colors();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const bool ring = hasFocus() && m_byKeyboard;
        if (isChecked() || underMouse() || ring) {
            painter.setPen(ring ? QPen(c.accent, 1) : QPen(Qt::NoPen));
            painter.setBrush(isChecked() ? c.accentWash : c.surface2);
            painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
        }
        const QColor ink = isChecked() ? widgets::readableOn(c.accent, c.accentWash) : c.text2;
        widgets::icon(m_screen.icon, ink).paint(&painter, QRect(9, 7, 18, 18));
        painter.setFont(Theme::instance().font(TextRole::Base13, isChecked() ? 600 : 500));
        painter.setPen(ink);
        painter.drawText(rect().adjusted(36, 0, -8, 0), Qt::AlignVCenter, m_screen.title);
        if (!m_count.isEmpty()) {
            const int width = widgets::Badge::sizeFor(m_count).width();
            widgets::Badge::paint(painter, QRect(rect().right() - width - 7, 0, width, height()), m_count, m_tone,
                                  true);
        }
    }
    void enterEvent(QEnterEvent *) override { update(); }
    void leaveEvent(QEvent *) override { update(); }
    void focusInEvent(QFocusEvent *event) override
    {
        // The window gives its first focus, and focus that nobody else takes, to the first entry: that is no choice.
        const Qt::FocusReason reason = event->reason();
        if (reason != Qt::ActiveWindowFocusReason && reason != Qt::PopupFocusReason)
            m_byKeyboard =
                reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason;
        QAbstractButton::focusInEvent(event);
        update();
    }
    void focusOutEvent(QFocusEvent *event) override
    {
        if (event->reason() != Qt::ActiveWindowFocusReason && event->reason() != Qt::PopupFocusReason)
            m_byKeyboard = false;
        QAbstractButton::focusOutEvent(event);
        update();
    }

private:
    bool m_byKeyboard = false;
    Screen m_screen;
    QString m_count;
    widgets::Tone m_tone = widgets::Tone::Neutral;
};

} // namespace

struct Rail::Private {
    QHash<QString, RailItem *> items;
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
    int number = 1;
    for (const Screen &screen : screens()) {
        if (!screen.section.isEmpty()) {
            auto *section = widgets::makeLabel(screen.section, TextRole::Caption11, 600, widgets::Ink::Third, this);
            section->setContentsMargins(10, 16, 0, 4);
            column->addWidget(section);
        }
        auto *item = new RailItem(screen, number++, this);
        d->items.insert(screen.key, item);
        column->addWidget(item);
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
