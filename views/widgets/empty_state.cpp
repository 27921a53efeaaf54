#include "views/widgets/empty_state.h"

#include "views/widgets/buttons.h"
#include "views/widgets/text.h"

#include <QTimer>
#include <QVBoxLayout>

namespace widgets {

struct EmptyState::Private {
    QLabel *picture, *title, *text, *errorId;
    SecondaryButton *retry, *clear;
    QTimer delay;
    QString iconName;

    void drawIcon()
    {
        if (!iconName.isEmpty())
            picture->setPixmap(icon(iconName, Theme::instance().colors().text3).pixmap(28, 28));
    }

    void set(const QString &iconKey, const QString &heading, const QString &body, const QString &error = {})
    {
        delay.stop();
        iconName = iconKey;
        drawIcon();
        picture->setVisible(true);
        title->setText(heading);
        title->setVisible(true);
        text->setText(body);
        text->setVisible(!body.isEmpty());
        errorId->setText(error);
        errorId->setVisible(!error.isEmpty());
        retry->hide();
        clear->hide();
    }
};

EmptyState::EmptyState(QWidget *parent) : QWidget(parent), d(std::make_unique<Private>())
{
    setObjectName(QStringLiteral("emptyState"));
    d->picture = new QLabel(this);
    d->picture->setAlignment(Qt::AlignCenter);
    d->title = makeLabel({}, TextRole::Title15, 600, Ink::Text, this);
    d->text = makeLabel({}, TextRole::Base13, 400, Ink::Second, this);
    d->errorId = makeLabel({}, TextRole::Small12, 400, Ink::Third, this);
    d->errorId->setTextInteractionFlags(Qt::TextSelectableByMouse);
    d->retry = new SecondaryButton(QStringLiteral("refresh"), tr("Retry"), QStringLiteral("emptyState.retry"), this);
    d->clear = new SecondaryButton(tr("Clear filters"), QStringLiteral("emptyState.clear"), this);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(space::s);
    column->addStretch(2);
    column->addWidget(d->picture);
    for (QLabel *label : {d->title, d->text, d->errorId}) {
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
        column->addWidget(label);
    }
    column->addSpacing(space::xs);
    column->addWidget(d->retry, 0, Qt::AlignHCenter);
    column->addWidget(d->clear, 0, Qt::AlignHCenter);
    column->addStretch(3);
    d->delay.setSingleShot(true);
    d->delay.setInterval(300);
    connect(&d->delay, &QTimer::timeout, this, [this] {
        d->picture->show();
        d->title->show();
    });
    connect(d->retry, &QPushButton::clicked, this, &EmptyState::retryRequested);
    connect(d->clear, &QPushButton::clicked, this, &EmptyState::clearRequested);
    connect(&Theme::instance(), &Theme::changed, this, [this] { d->drawIcon(); });
}

EmptyState::~EmptyState() = default;

void EmptyState::showLoading(const QString &what)
{
    d->set(QStringLiteral("hourglass"), tr("Loading %1…").arg(what), {});
    setAccessibleName(d->title->text());
    d->picture->hide();
    d->title->hide();
    d->delay.start();
}

void EmptyState::showFailed(const QString &what, const QString &whatHappened, const QString &errorId)
{
    d->set(QStringLiteral("error"), tr("%1 could not be loaded").arg(what), whatHappened,
           errorId.isEmpty() ? QString() : tr("Error id %1").arg(errorId));
    setAccessibleName(d->title->text() + QStringLiteral(". ") + whatHappened);
    d->retry->show();
}

void EmptyState::showNoMatch(const QString &filterInWords)
{
    d->set(QStringLiteral("filter"), tr("Nothing matches"), filterInWords);
    setAccessibleName(d->title->text() + QStringLiteral(". ") + filterInWords);
    d->clear->show();
}

void EmptyState::showNothingYet(const QString &what, const QString &how)
{
    d->set(QStringLiteral("inbox"), what, how);
    setAccessibleName(what + QStringLiteral(". ") + how);
}

} // namespace widgets
