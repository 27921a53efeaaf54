#include "views/widgets/scrim.h"

#include "views/widgets/theme.h"

#include <QDialog>
#include <QEvent>
#include <QPainter>

namespace widgets {

namespace {
/// Lets every event through: the dialog's modality is what blocks the window.
class Cover : public QWidget {
public:
    explicit Cover(QWidget *window) : QWidget(window)
    {
        setObjectName(QStringLiteral("scrim"));
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setFocusPolicy(Qt::NoFocus);
        window->installEventFilter(this);
        setGeometry(window->rect());
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Resize)
            setGeometry(parentWidget()->rect());
        return QWidget::eventFilter(watched, event);
    }
    void paintEvent(QPaintEvent *) override
    {
        const int alpha = Theme::instance().scheme() == Scheme::Dark ? 130 : 64;
        QPainter(this).fillRect(rect(), QColor(0, 0, 0, alpha));
    }
};
} // namespace

Scrim::Scrim(QDialog *dialog) : QObject(dialog), m_dialog(dialog)
{
    dialog->installEventFilter(this);
}

Scrim::~Scrim() = default;

bool Scrim::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Show)
        cover();
    else if (event->type() == QEvent::Hide)
        uncover();
    return QObject::eventFilter(watched, event);
}

void Scrim::cover()
{
    if (m_cover || !m_dialog->parentWidget())
        return;
    m_cover = new Cover(m_dialog->parentWidget()->window());
    connect(m_cover, &QObject::destroyed, this, [this] { m_cover = nullptr; });
    m_cover->show();
    m_cover->raise();
}

void Scrim::uncover()
{
    if (m_cover)
        m_cover->deleteLater();
}

} // namespace widgets
