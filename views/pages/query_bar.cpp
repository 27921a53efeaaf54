#include "views/pages/query_bar.h"

#include "models/domain/list_query.h"
#include "models/items/query_text.h"
#include "views/widgets/filter_chips.h"

#include <QHBoxLayout>

#include <algorithm>

namespace pages {

namespace {
constexpr qsizetype maxUndo = 100;
}

QueryBar::QueryBar(const QString &screen, const QStringList &fields, const QStringList &words,
                   const QString &placeholder, Check check, QWidget *parent)
    : QWidget(parent)
    , m_fields(fields)
    , m_check(std::move(check))
    , m_chips(new widgets::FilterChips(screen, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_chips);
    m_chips->setPlaceholder(placeholder);
    m_chips->setSuggestions(words);
    connect(m_chips, &widgets::FilterChips::edited, this, &QueryBar::edited);
    connect(m_chips, &widgets::FilterChips::submitted, this, &QueryBar::submitted);
    connect(m_chips, &widgets::FilterChips::removed, this,
            [this](const QString &term) { setQuery(items::withoutTerm(m_query, term, m_fields)); });
    connect(m_chips, &widgets::FilterChips::escaped, this, &QueryBar::escaped);
}

bool QueryBar::setQuery(const QString &text)
{
    m_typing = false;
    if (!apply(text, true))
        return false;
    draw();
    return true;
}

bool QueryBar::has(const QString &field) const
{
    const auto terms = domain::parseQuery(m_query, m_fields);
    return terms && std::any_of(terms->cbegin(), terms->cend(),
                                [&field](const domain::QueryTerm &term) { return term.field == field; });
}

void QueryBar::setField(const QString &field, const QString &term)
{
    setQuery(items::withField(m_query, field, term, m_fields));
}

void QueryBar::undo()
{
    if (m_undo.isEmpty())
        return;
    m_typing = false;
    const QString before = m_undo.takeLast();
    if (apply(before, false))
        draw();
}

void QueryBar::focusField()
{
    m_chips->focusField();
}

QHBoxLayout *QueryBar::trailing() const
{
    return m_chips->trailing();
}

void QueryBar::edited(const QString &typed)
{
    // One run of typing is one step of undo.
    const bool remember = !m_typing;
    m_typing = true;
    apply(merged(typed), remember);
}

void QueryBar::submitted(const QString &typed)
{
    const bool remember = !m_typing;
    m_typing = false;
    if (apply(merged(typed), remember))
        draw();
}

QString QueryBar::merged(const QString &typed) const
{
    QString kept = m_structured;
    if (const auto terms = domain::parseQuery(typed, m_fields))
        for (const domain::QueryTerm &term : *terms)
            if (!term.isFreeText() && term.op == domain::QueryOp::Is)
                kept = items::withField(kept, term.field, {}, m_fields);
    return (kept + QLatin1Char(' ') + typed).trimmed();
}

bool QueryBar::apply(const QString &text, bool remember)
{
    const auto terms = domain::parseQuery(text, m_fields);
    const auto error = terms ? m_check(text) : std::optional<domain::Error>(terms.error());
    m_chips->setError(error ? items::queryErrorText(*error) : QString());
    if (error)
        return false;
    const QString canonical = domain::printQuery(*terms);
    if (canonical == m_query)
        return true;
    if (remember) {
        m_undo.append(m_query);
        if (m_undo.size() > maxUndo)
            m_undo.removeFirst();
    }
    m_query = canonical;
    Q_EMIT queryChanged(m_query);
    return true;
}

void QueryBar::draw()
{
    m_structured = items::structuredOf(m_query, m_fields);
    QList<widgets::Chip> chips;
    for (const items::QueryChip &chip : items::queryChips(m_query, m_fields))
        chips << widgets::Chip{chip.term, chip.label, chip.value};
    m_chips->setChips(chips);
    m_chips->setText(items::freeTextOf(m_query, m_fields));
}

} // namespace pages
