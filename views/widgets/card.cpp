#include "views/widgets/card.h"

#include "views/widgets/text.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace widgets {

Card::Card(const QString &title, QWidget *parent)
    : QFrame(parent)
    , m_body(new QVBoxLayout)
    , m_header(new QHBoxLayout)
    , m_title(makeLabel(title, TextRole::Base13, 600, Ink::Text, this))
    , m_hint(makeLabel({}, TextRole::Small12, 400, Ink::Third, this))
{
    setProperty("role", QStringLiteral("card"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, space::m, 1, space::m);
    column->setSpacing(space::s);
    m_header->setContentsMargins(space::l, 0, space::m, 0);
    m_header->setSpacing(space::s);
    m_header->addWidget(m_title);
    m_header->addWidget(m_hint);
    m_header->addStretch();
    column->addLayout(m_header);
    m_body->setContentsMargins(space::l, 0, space::l, 0);
    m_body->setSpacing(space::s);
    column->addLayout(m_body, 1);
    setTitle(title);
    setHint({});
}

void Card::setTitle(const QString &title)
{
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
    setAccessibleName(title);
}

void Card::setQuietTitle()
{
    m_title->setFont(Theme::instance().font(TextRole::Small12, 500));
    setInk(m_title, Ink::Second);
}

void Card::setHint(const QString &hint)
{
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
}

void Card::setFlush(bool flush)
{
    const int side = flush ? 0 : space::l;
    m_body->setContentsMargins(side, 0, side, 0);
}

} // namespace widgets
