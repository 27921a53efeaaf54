#include "views/shell/toasts.h"

#include "views/widgets/buttons.h"
#include "views/widgets/text.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QTimer>
#include <QVBoxLayout>

namespace shell {

using widgets::Theme;

namespace {

class ToastCard : public QWidget {
public:
    ToastCard(const pages::Toast &toast, int lifetime, QWidget *parent) : QWidget(parent), m_kind(toast.kind)
    {
        setObjectName(QStringLiteral("toast"));
        setAccessibleName(toast.text);
        auto *row = new QHBoxLayout(this);
        row->setContentsMargins(40, 9, 8, 9);
        row->setSpacing(widgets::space::s);
        auto *text = widgets::makeLabel(toast.text, widgets::TextRole::Base13, 400, widgets::Ink::Text, this);
        text->setWordWrap(true);
        text->setMinimumWidth(200);
        text->setMaximumWidth(360);
        row->addWidget(text, 1);
        if (toast.action && !toast.actionText.isEmpty()) {
            action = new widgets::SecondaryButton(toast.actionText, QStringLiteral("toast.action"), this);
            row->addWidget(action);
        }
        close = new widgets::IconButton(QStringLiteral("close"), QObject::tr("Dismiss"), QStringLiteral("toast.close"),
                                        this);
        close->setFixedSize(24, 24);
        close->setIconSize({14, 14});
        row->addWidget(close);
        timer.setSingleShot(true);
        timer.setInterval(lifetime);
        timer.start();
    }
    widgets::SecondaryButton *action = nullptr;
    widgets::IconButton *close = nullptr;
    QTimer timer;

protected:
    void enterEvent(QEnterEvent *) override { timer.stop(); }
    void leaveEvent(QEvent *) override { timer.start(); }
    void paintEvent(QPaintEvent *) override
    {
        const auto &c = Theme::instance().colors();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(c.border);
        painter.setBrush(c.surface);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
        QString name = QStringLiteral("info");
        QColor color = c.accent;
        switch (m_kind) {
        case pages::Toast::Kind::Info:
            break;
        case pages::Toast::Kind::Good:
            name = QStringLiteral("check-circle"), color = c.good;
            break;
        case pages::Toast::Kind::Bad:
            name = QStringLiteral("error"), color = c.bad;
            break;
        }
        widgets::icon(name, color).paint(&painter, QRect(13, height() / 2 - 9, 18, 18));
    }

private:
    pages::Toast::Kind m_kind;
};

} // namespace

struct Toasts::Private {
    QVBoxLayout *column;
    QList<Undo> undos;
    int lifetime = 10'000;
    int visible = 0;
};

Toasts::Toasts(QWidget *host) : QWidget(host), d(std::make_unique<Private>())
{
    setObjectName(QStringLiteral("toasts"));
    d->column = new QVBoxLayout(this);
    d->column->setContentsMargins(0, 0, 0, 0);
    d->column->setSpacing(widgets::space::s);
    hide();
}

Toasts::~Toasts() = default;

void Toasts::add(const pages::Toast &toast)
{
    const bool undoable = toast.action && !toast.actionText.isEmpty();
    const QDateTime at = QDateTime::currentDateTimeUtc();
    if (undoable) {
        d->undos.prepend({toast.text, toast.actionText, at, toast.action});
        Q_EMIT undoListChanged();
    }
    auto *card = new ToastCard(toast, d->lifetime, this);
    const auto dismiss = [this, card] {
        if (card->isHidden())
            return;
        card->hide();
        card->deleteLater();
        --d->visible;
        setVisible(d->visible > 0);
        reposition();
    };
    connect(&card->timer, &QTimer::timeout, this, dismiss);
    connect(card->close, &QToolButton::clicked, this, dismiss);
    if (card->action) {
        connect(card->action, &QPushButton::clicked, this, [this, dismiss, at, text = toast.text] {
            dismiss();
            for (qsizetype i = 0; i < d->undos.size(); ++i) {
                if (d->undos[i].at == at && d->undos[i].text == text) {
                    runUndo(i);
                    return;
                }
            }
        });
    }
    d->column->addWidget(card);
    ++d->visible;
    show();
    card->show();
    reposition();
}

const QList<Toasts::Undo> &Toasts::undoList() const
{
    return d->undos;
}

bool Toasts::runUndo(qsizetype index)
{
    if (index < 0 || index >= d->undos.size())
        return false;
    const auto action = d->undos.takeAt(index).action;
    Q_EMIT undoListChanged();
    action();
    return true;
}

void Toasts::setLifetime(int ms)
{
    d->lifetime = ms;
}

int Toasts::visibleCount() const
{
    return d->visible;
}

void Toasts::reposition()
{
    if (!parentWidget())
        return;
    d->column->activate();
    const QSize size = sizeHint();
    const QRect area = parentWidget()->rect();
    setGeometry(area.right() - size.width() - 20, area.bottom() - size.height() - 48, size.width(), size.height());
    raise();
}

} // namespace shell
