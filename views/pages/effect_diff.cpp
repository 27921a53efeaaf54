#include "views/pages/effect_diff.h"

#include "models/domain/format.h"
#include "views/pages/page_parts.h"

#include <QVBoxLayout>

namespace pages {

namespace {
using widgets::Ink;
using widgets::TextRole;

/// The long id of `message <uuid>` in short; the tooltip has all of it.
QString objectText(const QString &object)
{
    const QString id = object.section(QLatin1Char(' '), 1);
    return QUuid::fromString(id).isNull()
               ? object
               : object.section(QLatin1Char(' '), 0, 0) + QLatin1Char(' ') + domain::shortId(id);
}

QString valueText(const QString &value)
{
    return value.isEmpty() ? domain::noValue() : value;
}
} // namespace

EffectDiff::EffectDiff(const QString &name, QWidget *parent) : QWidget(parent), m_column(new QVBoxLayout(this))
{
    setObjectName(name);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(widgets::space::xs);
}

void EffectDiff::setEffects(const QList<ports::WebhookEffect> &effects, const QString &whenNone)
{
    clearLayout(m_column);
    QStringList spoken;
    QString object;
    QList<FactList::Fact> facts;
    const auto close = [&] {
        if (facts.isEmpty())
            return;
        auto *title = new widgets::ElidedLabel(objectText(object), this);
        title->setFont(widgets::Theme::instance().font(TextRole::Small12, 500));
        title->setToolTip(object);
        widgets::setInk(title, Ink::Second);
        auto *list = new FactList(this);
        list->setFacts(facts);
        m_column->addWidget(title);
        m_column->addWidget(list);
        facts.clear();
    };
    for (const ports::WebhookEffect &effect : effects.first(std::min(effects.size(), shownAtMost))) {
        if (effect.object != object)
            close();
        object = effect.object;
        const QString change = QStringLiteral("%1 → %2").arg(valueText(effect.before), valueText(effect.after));
        facts << FactList::Fact{domain::wordText(effect.field), change, Ink::Text, change};
        spoken << QStringLiteral("%1, %2, %3").arg(effect.object, effect.field, change);
    }
    close();
    if (effects.isEmpty())
        m_column->addWidget(widgets::makeLabel(whenNone, TextRole::Base13, 400, Ink::Second, this));
    if (effects.size() > shownAtMost)
        m_column->addWidget(widgets::makeLabel(tr("and %1 more").arg(domain::countText(effects.size() - shownAtMost)),
                                               TextRole::Small12, 400, Ink::Second, this));
    setAccessibleName(effects.isEmpty() ? whenNone : spoken.join(QStringLiteral("; ")));
}

} // namespace pages
