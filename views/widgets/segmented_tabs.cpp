#include "views/widgets/buttons.h"

#include "models/domain/format.h"
#include "views/widgets/text.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>

namespace widgets {

struct SegmentedTabs::Private {
    struct Tab {
        QString key, text;
        QPushButton *button;
        int count = -1;
    };
    QList<Tab> tabs;
    QHBoxLayout *row = nullptr;
    qsizetype current = -1;

    qsizetype indexOf(const QString &key) const
    {
        for (qsizetype i = 0; i < tabs.size(); ++i) {
            if (tabs[i].key == key)
                return i;
        }
        return -1;
    }
};

SegmentedTabs::SegmentedTabs(const QString &name, QWidget *parent) : QWidget(parent), d(std::make_unique<Private>())
{
    setObjectName(name);
    setAccessibleName(QStringLiteral("Tabs"));
    setFixedHeight(38);
    d->row = new QHBoxLayout(this);
    d->row->setContentsMargins(0, 0, 0, 0);
    d->row->setSpacing(space::xl);
    d->row->addStretch();
}

SegmentedTabs::~SegmentedTabs() = default;

void SegmentedTabs::addTab(const QString &key, const QString &text)
{
    auto *button = new QPushButton(text, this);
    button->setProperty("kind", QStringLiteral("tab"));
    button->setFont(Theme::instance().font(TextRole::Base13, 500));
    button->setObjectName(objectName() + u'.' + key);
    button->setAccessibleName(text);
    button->setCheckable(true);
    button->setAutoDefault(false);
    button->setFocusPolicy(d->tabs.isEmpty() ? Qt::StrongFocus : Qt::ClickFocus);
    button->setCursor(Qt::PointingHandCursor);
    d->row->insertWidget(d->row->count() - 1, button);
    d->tabs.append({key, text, button});
    connect(button, &QPushButton::clicked, this, [this, key, button] {
        button->setChecked(true);
        setCurrent(key);
    });
    if (d->current < 0) {
        d->current = 0;
        button->setChecked(true);
    }
}

void SegmentedTabs::setCount(const QString &key, int count)
{
    const qsizetype i = d->indexOf(key);
    if (i < 0)
        return;
    Private::Tab &tab = d->tabs[i];
    tab.count = count;
    tab.button->setText(count < 0 ? tab.text : tab.text + QStringLiteral("  ") + domain::countText(count));
    tab.button->setAccessibleName(tab.button->text());
    update();
}

QString SegmentedTabs::current() const
{
    return d->current < 0 ? QString() : d->tabs[d->current].key;
}

void SegmentedTabs::setCurrent(const QString &key)
{
    const qsizetype i = d->indexOf(key);
    if (i < 0 || i == d->current)
        return;
    d->current = i;
    for (qsizetype t = 0; t < d->tabs.size(); ++t) {
        d->tabs[t].button->setChecked(t == i);
        d->tabs[t].button->setFocusPolicy(t == i ? Qt::StrongFocus : Qt::ClickFocus);
    }
    update();
    Q_EMIT currentChanged(key);
}

void SegmentedTabs::keyPressEvent(QKeyEvent *event)
{
    const int step = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    const qsizetype next = d->current + step;
    if (step == 0 || event->modifiers() != Qt::NoModifier || next < 0 || next >= d->tabs.size()) {
        QWidget::keyPressEvent(event);
        return;
    }
    d->tabs[next].button->setFocus(Qt::TabFocusReason);
    setCurrent(d->tabs[next].key);
}

void SegmentedTabs::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Colors &c = Theme::instance().colors();
    painter.fillRect(QRect(0, height() - 1, width(), 1), c.border);
    if (d->current >= 0) {
        const QRect box = d->tabs[d->current].button->geometry();
        painter.fillRect(QRect(box.left(), height() - 2, box.width(), 2), c.accent);
    }
}

} // namespace widgets
