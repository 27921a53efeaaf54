#include "views/widgets/progress_strip.h"

#include "views/widgets/buttons.h"
#include "views/widgets/text.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QTimer>

namespace widgets {

struct ProgressStrip::Private {
    QLabel *what;
    LinkButton *cancel;
    QTimer showLater, cancelLater, beat;
    bool active = false, cancellable = true;
    qint64 done = 0, total = 0;
    int phase = 0;
};

ProgressStrip::ProgressStrip(QWidget *parent) : QWidget(parent), d(std::make_unique<Private>())
{
    setObjectName(QStringLiteral("progressStrip"));
    setFixedHeight(24);
    d->what = makeLabel({}, TextRole::Small12, 400, Ink::Second, this);
    d->cancel = new LinkButton(tr("Cancel"), QStringLiteral("progressStrip.cancel"), this);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(space::xl, 0, space::xl, 2);
    row->addWidget(d->what);
    row->addStretch();
    row->addWidget(d->cancel);
    d->cancel->hide();
    hide();
    for (QTimer *timer : {&d->showLater, &d->cancelLater})
        timer->setSingleShot(true);
    setDelays(300, 2000);
    d->beat.setInterval(40);
    connect(&d->showLater, &QTimer::timeout, this, [this] {
        show();
        d->beat.start();
    });
    connect(&d->cancelLater, &QTimer::timeout, this, [this] { d->cancel->setVisible(d->cancellable); });
    connect(&d->beat, &QTimer::timeout, this, [this] {
        d->phase = (d->phase + 2) % 100;
        update(0, height() - 2, width(), 2);
    });
    connect(d->cancel, &QPushButton::clicked, this, &ProgressStrip::cancelRequested);
}

ProgressStrip::~ProgressStrip() = default;

void ProgressStrip::start(const QString &what, bool cancellable)
{
    d->active = true;
    d->cancellable = cancellable;
    d->done = d->total = 0;
    d->what->setText(what);
    setAccessibleName(what);
    d->cancel->hide();
    if (!isVisible())
        d->showLater.start();
    d->cancelLater.start();
}

void ProgressStrip::setProgress(qint64 done, qint64 total)
{
    d->done = done;
    d->total = total;
    update();
}

void ProgressStrip::finish()
{
    d->active = false;
    d->showLater.stop();
    d->cancelLater.stop();
    d->beat.stop();
    d->cancel->hide();
    hide();
}

bool ProgressStrip::isActive() const
{
    return d->active;
}

void ProgressStrip::setDelays(int showMs, int cancelMs)
{
    d->showLater.setInterval(showMs);
    d->cancelLater.setInterval(cancelMs);
}

void ProgressStrip::paintEvent(QPaintEvent *)
{
    const Colors &c = Theme::instance().colors();
    QPainter painter(this);
    painter.fillRect(rect(), c.surface);
    painter.fillRect(QRect(0, height() - 2, width(), 2), c.surface2);
    if (d->total > 0) {
        const auto share = static_cast<double>(d->done) / static_cast<double>(d->total);
        painter.fillRect(QRect(0, height() - 2, static_cast<int>(width() * qBound(0.0, share, 1.0)), 2), c.accent);
    } else {
        const int span = width() / 4;
        painter.fillRect(QRect((width() + span) * d->phase / 100 - span, height() - 2, span, 2), c.accent);
    }
}

} // namespace widgets
