#include "views/pages/page_parts.h"

#include "views/pages/page.h"

#include <QFrame>
#include <QGridLayout>
#include <QScrollArea>
#include <QtMath>

namespace pages {

QString whyNot(const PageHost &host, domain::Permission permission)
{
    if (!host.permissions().testFlag(permission))
        return QStringLiteral("Your role on this connection does not allow this");
    const bool write = permission == domain::Permission::ChangeTier || permission == domain::Permission::WriteNotes ||
                       permission == domain::Permission::ManageViews ||
                       permission == domain::Permission::ManageTokens || permission == domain::Permission::ManageEmail;
    if (write && !host.writesUnlocked())
        return QStringLiteral("“%1” is read-only now: unlock it in the band on top").arg(host.profileName());
    return {};
}

FactList::FactList(QWidget *parent) : QWidget(parent), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(widgets::space::m);
    m_grid->setVerticalSpacing(widgets::space::s);
    m_grid->setColumnStretch(1, 1);
}

void FactList::setFacts(const QList<Fact> &facts)
{
    clearLayout(m_grid);
    QStringList spoken;
    int row = 0;
    for (const Fact &fact : facts) {
        QLabel *label = widgets::makeLabel(fact.label, widgets::TextRole::Base13, 400, widgets::Ink::Second, this);
        auto *value = new widgets::ElidedLabel(fact.value, this);
        value->setFont(widgets::Theme::instance().font(widgets::TextRole::Base13, 500));
        widgets::setInk(value, fact.ink);
        value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        if (!fact.tooltip.isEmpty())
            value->setToolTip(fact.tooltip);
        m_grid->addWidget(label, row, 0);
        m_grid->addWidget(value, row++, 1);
        spoken << fact.label + QLatin1Char(' ') + fact.value;
    }
    setAccessibleName(spoken.join(QStringLiteral(", ")));
}

int exactTimeWidth()
{
    const QFont font = widgets::Theme::instance().font(widgets::TextRole::Base13, 400, true);
    return qCeil(widgets::tabularWidth(font, QStringLiteral("2026-11-22 09:14:07.512"))) + 2 * widgets::space::m + 2;
}

QWidget *makeRule(QWidget *parent)
{
    auto *rule = new QFrame(parent);
    rule->setProperty("role", QStringLiteral("rule"));
    rule->setFixedHeight(1);
    const auto paint = [rule] {
        QPalette palette = rule->palette();
        palette.setColor(QPalette::Window, widgets::Theme::instance().colors().border);
        rule->setPalette(palette);
    };
    rule->setAutoFillBackground(true);
    paint();
    QObject::connect(&widgets::Theme::instance(), &widgets::Theme::changed, rule, paint);
    return rule;
}

QScrollArea *makeScroll(QWidget *content, const QString &name, QWidget *parent)
{
    auto *scroll = new QScrollArea(parent);
    scroll->setObjectName(name);
    scroll->setAccessibleName(name);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(content);
    scroll->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    return scroll;
}

void clearLayout(QLayout *layout)
{
    while (QLayoutItem *item = layout->takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        } else if (QLayout *inner = item->layout()) {
            clearLayout(inner);
        }
        delete item;
    }
}

} // namespace pages
