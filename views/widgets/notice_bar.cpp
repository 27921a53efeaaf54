#include "views/widgets/notice_bar.h"

#include "views/widgets/buttons.h"
#include "views/widgets/text.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace widgets {
namespace {

QString iconOf(Tone tone)
{
    switch (tone) {
    case Tone::Neutral:
    case Tone::Accent:
        return QStringLiteral("info");
    case Tone::Good:
        return QStringLiteral("check-circle");
    case Tone::Warning:
        return QStringLiteral("warning");
    case Tone::Bad:
        return QStringLiteral("cross-circle");
    }
    Q_UNREACHABLE();
}

class NoticeLine : public QWidget {
public:
    NoticeLine(const Notice &notice, const QString &name, QWidget *parent) : QWidget(parent), m_tone(notice.tone)
    {
        setObjectName(name);
        setAccessibleName(notice.text);
        m_row = new QHBoxLayout(this);
        m_row->setContentsMargins(36, 5, space::m, 5);
        m_row->setSpacing(space::m);
        auto *text = makeLabel(notice.text, TextRole::Base13, 400, Ink::Text, this);
        text->setWordWrap(true);
        text->setTextFormat(Qt::PlainText);
        m_row->addWidget(text, 1);
        if (notice.actionText.isEmpty())
            return;
        action = new LinkButton(notice.actionText, name + QStringLiteral(".action"), this);
        m_row->addWidget(action, 0, Qt::AlignTop);
    }
    LinkButton *action = nullptr;

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Colors &c = Theme::instance().colors();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(c.border);
        painter.setBrush(c.surface);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), space::radius, space::radius);
        const QColor ink = readableOn(toneColor(m_tone), c.surface);
        icon(iconOf(m_tone), ink).paint(&painter, QRect(12, 8, 16, 16));
    }

private:
    QHBoxLayout *m_row;
    Tone m_tone;
};

} // namespace

struct NoticeBar::Private {
    QList<Notice> notices;
    QList<NoticeLine *> lines;
    QVBoxLayout *column;
};

NoticeBar::NoticeBar(const QString &name, QWidget *parent) : QWidget(parent), d(std::make_unique<Private>())
{
    setObjectName(name);
    setAccessibleName(tr("Notices"));
    d->column = new QVBoxLayout(this);
    d->column->setContentsMargins(0, 0, 0, 0);
    d->column->setSpacing(space::s);
    hide();
}

NoticeBar::~NoticeBar() = default;

void NoticeBar::setNotices(const QList<Notice> &notices)
{
    if (notices == d->notices)
        return;
    d->notices = notices;
    for (NoticeLine *line : std::as_const(d->lines)) {
        line->hide();
        line->setObjectName({});
        line->deleteLater();
    }
    d->lines.clear();
    for (const Notice &notice : notices) {
        auto *line = new NoticeLine(notice, objectName() + QLatin1Char('.') + notice.key, this);
        d->lines << line;
        d->column->addWidget(line);
        if (line->action)
            connect(line->action, &QPushButton::clicked, this,
                    [this, key = notice.key] { Q_EMIT actionRequested(key); });
    }
    setVisible(!notices.isEmpty());
}

const QList<Notice> &NoticeBar::notices() const
{
    return d->notices;
}

} // namespace widgets
