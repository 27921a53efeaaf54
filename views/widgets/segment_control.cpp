#include "views/widgets/segment_control.h"

#include "views/widgets/text.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>

namespace widgets {
namespace {

class Choice : public QAbstractButton {
public:
    Choice(const QString &text, QWidget *parent) : QAbstractButton(parent)
    {
        setText(text);
        setCheckable(true);
        setCursor(Qt::PointingHandCursor);
        setMouseTracking(true);
        const QFontMetrics metrics(Theme::instance().font(TextRole::Small12, 600));
        setFixedSize(metrics.horizontalAdvance(text) + 18, 24);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Colors &c = Theme::instance().colors();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
        if (isChecked() || hasFocus() || underMouse()) {
            painter.setPen(hasFocus() ? QPen(c.accent, 1) : isChecked() ? QPen(c.border, 1) : QPen(Qt::NoPen));
            painter.setBrush(isChecked() ? c.surface : QColor(Qt::transparent));
            painter.drawRoundedRect(box, 5, 5);
        }
        painter.setFont(Theme::instance().font(TextRole::Small12, isChecked() ? 600 : 500));
        painter.setPen(isChecked() ? c.text : c.text2);
        painter.drawText(rect(), Qt::AlignCenter, text());
    }
    /// A button would move the focus; the control moves the choice.
    void keyPressEvent(QKeyEvent *event) override
    {
        if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)
            event->ignore();
        else
            QAbstractButton::keyPressEvent(event);
    }
    void enterEvent(QEnterEvent *) override { update(); }
    void leaveEvent(QEvent *) override { update(); }
};

} // namespace

struct SegmentControl::Private {
    struct Entry {
        QString key;
        Choice *button;
    };
    QList<Entry> entries;
    QHBoxLayout *row;

    qsizetype indexOf(const QString &key) const
    {
        for (qsizetype i = 0; i < entries.size(); ++i)
            if (entries[i].key == key)
                return i;
        return -1;
    }
    qsizetype checked() const
    {
        for (qsizetype i = 0; i < entries.size(); ++i)
            if (entries[i].button->isChecked())
                return i;
        return -1;
    }
};

SegmentControl::SegmentControl(const QString &name, const QString &spoken, QWidget *parent)
    : QWidget(parent)
    , d(std::make_unique<Private>())
{
    setObjectName(name);
    setAccessibleName(spoken);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    d->row = new QHBoxLayout(this);
    d->row->setContentsMargins(2, 2, 2, 2);
    d->row->setSpacing(0);
}

SegmentControl::~SegmentControl() = default;

void SegmentControl::addChoice(const QString &key, const QString &text, const QString &spoken)
{
    auto *button = new Choice(text, this);
    button->setObjectName(objectName() + QLatin1Char('.') + key);
    button->setAccessibleName(spoken);
    button->setToolTip(spoken);
    button->setFocusPolicy(d->entries.isEmpty() ? Qt::StrongFocus : Qt::ClickFocus);
    d->row->addWidget(button);
    d->entries.append({key, button});
    connect(button, &QAbstractButton::clicked, this, [this, key] {
        setCurrent(key);
        Q_EMIT chosen(key);
    });
}

QString SegmentControl::current() const
{
    const qsizetype i = d->checked();
    return i < 0 ? QString() : d->entries[i].key;
}

void SegmentControl::setCurrent(const QString &key)
{
    const qsizetype on = d->indexOf(key);
    for (qsizetype i = 0; i < d->entries.size(); ++i) {
        d->entries[i].button->setChecked(i == on);
        d->entries[i].button->setFocusPolicy(i == std::max<qsizetype>(0, on) ? Qt::StrongFocus : Qt::ClickFocus);
        d->entries[i].button->update();
    }
}

void SegmentControl::keyPressEvent(QKeyEvent *event)
{
    const int step = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    const qsizetype next = std::max<qsizetype>(0, d->checked()) + step;
    if (step == 0 || event->modifiers() != Qt::NoModifier || next < 0 || next >= d->entries.size()) {
        QWidget::keyPressEvent(event);
        return;
    }
    d->entries[next].button->setFocus(Qt::TabFocusReason);
    d->entries[next].button->click();
}

void SegmentControl::paintEvent(QPaintEvent *)
{
    const Colors &c = Theme::instance().colors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(c.surface2);
    painter.drawRoundedRect(rect(), 6, 6);
}

} // namespace widgets
