#include "views/widgets/environment.h"

#include "views/widgets/buttons.h"
#include "views/widgets/text.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QTimer>

namespace widgets {

QColor hueColor(EnvironmentHue hue)
{
    const bool dark = Theme::instance().scheme() == Scheme::Dark;
    const Colors &c = Theme::instance().colors();
    switch (hue) {
    case EnvironmentHue::Green:
        return readableOn(c.good, c.goodWash);
    case EnvironmentHue::Blue:
        return readableOn(c.accent, c.accentWash);
    case EnvironmentHue::Violet:
        return QColor::fromRgb(dark ? 0xC4A1FF : 0x6B3FC9);
    case EnvironmentHue::Amber:
        return readableOn(c.warning, c.warningWash);
    case EnvironmentHue::Red:
        return readableOn(c.bad, c.badWash);
    case EnvironmentHue::Grey:
        return readableOn(c.text2, c.surface2);
    }
    Q_UNREACHABLE();
}

QColor hueWash(EnvironmentHue hue)
{
    const bool dark = Theme::instance().scheme() == Scheme::Dark;
    const Colors &c = Theme::instance().colors();
    switch (hue) {
    case EnvironmentHue::Green:
        return c.goodWash;
    case EnvironmentHue::Blue:
        return c.accentWash;
    case EnvironmentHue::Violet:
        return QColor::fromRgb(dark ? 0x2C2145 : 0xF1EBFD);
    case EnvironmentHue::Amber:
        return c.warningWash;
    case EnvironmentHue::Red:
        return c.badWash;
    case EnvironmentHue::Grey:
        return c.surface2;
    }
    Q_UNREACHABLE();
}

QString hueName(EnvironmentHue hue)
{
    switch (hue) {
    case EnvironmentHue::Green:
        return QStringLiteral("green");
    case EnvironmentHue::Blue:
        return QStringLiteral("blue");
    case EnvironmentHue::Violet:
        return QStringLiteral("violet");
    case EnvironmentHue::Amber:
        return QStringLiteral("amber");
    case EnvironmentHue::Red:
        return QStringLiteral("red");
    case EnvironmentHue::Grey:
        return QStringLiteral("grey");
    }
    Q_UNREACHABLE();
}

QString environmentKindName(EnvironmentKind kind)
{
    switch (kind) {
    case EnvironmentKind::Local:
        return QStringLiteral("local");
    case EnvironmentKind::Staging:
        return QStringLiteral("staging");
    case EnvironmentKind::Production:
        return QStringLiteral("production");
    }
    Q_UNREACHABLE();
}

QString environmentIcon(EnvironmentKind kind)
{
    return environmentKindName(kind);
}

struct EnvironmentBand::Private {
    Environment environment;
    LinkButton *lockButton;
    QTimer tick;
    bool interactive = true;
};

EnvironmentBand::EnvironmentBand(const Environment &environment, QWidget *parent)
    : QWidget(parent)
    , d(std::make_unique<Private>())
{
    setObjectName(QStringLiteral("environmentBand"));
    setFixedHeight(26);
    d->lockButton = new LinkButton({}, QStringLiteral("environmentBand.lock"), this);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, space::m, 1);
    row->addStretch();
    row->addWidget(d->lockButton);
    connect(d->lockButton, &QPushButton::clicked, this, [this] {
        if (d->environment.locked(QDateTime::currentDateTimeUtc()))
            Q_EMIT unlockRequested();
        else
            Q_EMIT lockRequested();
    });
    connect(&d->tick, &QTimer::timeout, this, [this] {
        if (d->environment.locked(QDateTime::currentDateTimeUtc())) {
            setEnvironment(d->environment);
            Q_EMIT expired();
        } else {
            setAccessibleName(text());
            update();
        }
    });
    d->tick.setInterval(1000);
    setEnvironment(environment);
}

EnvironmentBand::~EnvironmentBand() = default;

void EnvironmentBand::setEnvironment(const Environment &environment)
{
    d->environment = environment;
    const bool locked = environment.locked(QDateTime::currentDateTimeUtc());
    if (environment.safeMode && !locked)
        d->tick.start();
    else
        d->tick.stop();
    const QString action = locked ? tr("Unlock for 15 min") : tr("Lock now");
    d->lockButton->setText(action);
    d->lockButton->setAccessibleName(action);
    d->lockButton->setVisible(environment.safeMode && d->interactive);
    d->lockButton->setStyleSheet(QStringLiteral("color: %1;").arg(hueColor(environment.hue).name()));
    setAccessibleName(text());
    update();
}

Environment EnvironmentBand::environment() const
{
    return d->environment;
}

QString EnvironmentBand::text() const
{
    const Environment &e = d->environment;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QStringList parts{e.name};
    if (!e.place.isEmpty() && e.place != e.name)
        parts.append(e.place);
    if (e.locked(now)) {
        parts.append(tr("read only"));
    } else if (e.safeMode) {
        const qint64 left = qMax<qint64>(0, now.secsTo(e.unlockedUntil));
        parts.append(tr("writes unlocked, %1:%2 left").arg(left / 60).arg(left % 60, 2, 10, QChar(u'0')));
    }
    return parts.join(QStringLiteral(" · "));
}

QSize EnvironmentBand::sizeHint() const
{
    return {300, 26};
}

void EnvironmentBand::setInteractive(bool interactive)
{
    d->interactive = interactive;
    setEnvironment(d->environment);
}

void EnvironmentBand::paintEvent(QPaintEvent *)
{
    const EnvironmentHue hue = d->environment.hue;
    QPainter painter(this);
    painter.fillRect(rect(), hueWash(hue));
    QColor line = hueColor(hue);
    line.setAlphaF(0.28F);
    painter.fillRect(QRect(0, height() - 1, width(), 1), line);
    icon(environmentIcon(d->environment.kind), hueColor(hue)).paint(&painter, QRect(16, 6, 13, 13));
    painter.setFont(Theme::instance().font(TextRole::Small12, 600));
    painter.setPen(hueColor(hue));
    const int room = width() - 48 - (d->lockButton->isVisible() ? d->lockButton->width() + 24 : 0);
    painter.drawText(QRect(36, 0, room, height() - 1), Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(text(), Qt::ElideRight, room));
}

Environment environmentOf(const QWidget *widget)
{
    for (const QWidget *w = widget; w; w = w->window()->parentWidget()) {
        if (const auto *band = w->window()->findChild<EnvironmentBand *>())
            return band->environment();
    }
    return {};
}

} // namespace widgets
