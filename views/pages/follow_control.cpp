#include "views/pages/follow_control.h"

#include "models/domain/format.h"
#include "models/items/paged_table_model.h"
#include "views/widgets/theme.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace pages {

FollowControl::FollowControl(items::PagedTableModel &model, const QString &screen, const QString &one,
                             const QString &many, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_one(one)
    , m_many(many)
    , m_pill(new QToolButton(this))
    , m_follow(new QToolButton(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(widgets::space::s);
    m_pill->setObjectName(screen + QStringLiteral(".pill"));
    m_pill->hide();
    m_follow->setObjectName(screen + QStringLiteral(".follow"));
    m_follow->setAccessibleName(tr("Follow new %1").arg(many));
    m_follow->setToolTip(tr("Put new %1 on top as they are written").arg(many));
    m_follow->setText(tr("Follow"));
    m_follow->setCheckable(true);
    m_follow->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_follow->setIcon(widgets::icon(QStringLiteral("play")));
    for (QToolButton *button : {m_pill, m_follow}) {
        button->setProperty("kind", QStringLiteral("chip"));
        button->setFocusPolicy(Qt::TabFocus);
        row->addWidget(button);
    }
    connect(m_follow, &QToolButton::toggled, this, &FollowControl::follow);
    connect(m_pill, &QToolButton::clicked, this, [this] {
        m_model.showWaiting();
        Q_EMIT topWanted();
    });
    connect(&model, &items::PagedTableModel::waitingChanged, this, &FollowControl::showWaiting);
}

void FollowControl::toggle()
{
    m_follow->toggle();
}

void FollowControl::follow(bool on)
{
    m_follow->setText(on ? tr("Following") : tr("Follow"));
    m_follow->setIcon(widgets::icon(on ? QStringLiteral("pause") : QStringLiteral("play")));
    m_model.setFollowing(on);
    if (on)
        Q_EMIT topWanted();
    Q_EMIT changed();
}

void FollowControl::showWaiting()
{
    const int n = m_model.waiting();
    m_pill->setVisible(n > 0);
    m_pill->setText(m_model.waitingOverflow() ? tr("%1+ new").arg(n) : tr("%1 new").arg(n));
    m_pill->setAccessibleName(tr("Show %1").arg(domain::plural(n, tr("new %1").arg(m_one), tr("new %1").arg(m_many))));
    Q_EMIT changed();
}

} // namespace pages
