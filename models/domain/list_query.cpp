#include "models/domain/list_query.h"

#include "models/domain/suggest.h"

#include <algorithm>
#include <array>

namespace domain {
namespace {

Error syntaxError(const QString &what)
{
    return invalidInput(QStringLiteral("invalid_query"), QStringLiteral("query"), what);
}

bool isFieldChar(QChar c, bool first)
{
    const bool letter = (c >= QLatin1Char('a') && c <= QLatin1Char('z')) ||
                        (c >= QLatin1Char('A') && c <= QLatin1Char('Z')) || c == QLatin1Char('_');
    return letter || (!first && ((c >= QLatin1Char('0') && c <= QLatin1Char('9')) || c == QLatin1Char('.')));
}

QString opText(QueryOp op)
{
    switch (op) {
    case QueryOp::Is:
        return QStringLiteral(":");
    case QueryOp::Less:
        return QStringLiteral("<");
    case QueryOp::LessOrEqual:
        return QStringLiteral("<=");
    case QueryOp::Greater:
        return QStringLiteral(">");
    case QueryOp::GreaterOrEqual:
        return QStringLiteral(">=");
    }
    Q_UNREACHABLE();
}

class Parser {
public:
    Parser(const QString &text, const QStringList &knownFields) : m_text(text), m_known(knownFields) {}

    Result<QList<QueryTerm>> parse()
    {
        QList<QueryTerm> terms;
        for (skipSpace(); !atEnd(); skipSpace()) {
            const auto term = readTerm();
            if (!term)
                return term.error();
            terms.append(*term);
        }
        return terms;
    }

private:
    bool atEnd() const { return m_position >= m_text.size(); }
    QChar current() const { return m_text.at(m_position); }
    void skipSpace()
    {
        while (!atEnd() && current().isSpace())
            ++m_position;
    }

    Result<QueryTerm> readTerm()
    {
        QueryTerm term;
        const bool dash =
            current() == QLatin1Char('-') && m_position + 1 < m_text.size() && !m_text.at(m_position + 1).isSpace();
        if (dash) {
            term.negated = true;
            ++m_position;
        }
        if (!readField(term)) {
            const auto word = readValue(false);
            if (!word)
                return word.error();
            term.values.append(*word);
            return term;
        }
        if (!m_known.contains(term.field) && !isPath(term.field))
            return unknownField(term.field);
        return readValues(std::move(term));
    }

    /// `payload.a.b` where `payload.*` is known.
    bool isPath(const QString &field) const
    {
        const qsizetype dot = field.indexOf(QLatin1Char('.'));
        return dot > 0 && dot + 1 < field.size() && m_known.contains(field.first(dot + 1).toLower() + QLatin1Char('*'));
    }

    /// Moves past `name:` or `name>=`; leaves the position alone when what follows is not a field.
    bool readField(QueryTerm &term)
    {
        qsizetype end = m_position;
        const auto dashInPath = [&] {
            return m_text.at(end) == QLatin1Char('-') && isPath(m_text.sliced(m_position, end - m_position + 1));
        };
        while (end < m_text.size() && (isFieldChar(m_text.at(end), end == m_position) || dashInPath()))
            ++end;
        if (end == m_position || end >= m_text.size())
            return false;
        static constexpr std::array ops{QueryOp::LessOrEqual, QueryOp::GreaterOrEqual, QueryOp::Less, QueryOp::Greater,
                                        QueryOp::Is};
        for (const QueryOp op : ops) {
            const QString text = opText(op);
            if (!QStringView(m_text).sliced(end).startsWith(text))
                continue;
            const QString name = m_text.sliced(m_position, end - m_position);
            const qsizetype path = isPath(name) ? name.indexOf(QLatin1Char('.')) : name.size();
            term.field = name.first(path).toLower() + name.sliced(path);
            term.op = op;
            m_position = end + text.size();
            return true;
        }
        return false;
    }

    Result<QueryTerm> readValues(QueryTerm term)
    {
        while (true) {
            const auto value = readValue(true);
            if (!value)
                return value.error();
            if (value->isEmpty())
                return syntaxError(QStringLiteral("'%1%2' needs a value.").arg(term.field, opText(term.op)));
            term.values.append(*value);
            if (atEnd() || current() != QLatin1Char(','))
                break;
            if (term.op != QueryOp::Is)
                return syntaxError(
                    QStringLiteral("'%1%2' takes one value, not a list.").arg(term.field, opText(term.op)));
            ++m_position;
        }
        return term;
    }

    /// A quoted text (`\"` and `\\` inside), or everything up to a space or, in a list, a comma.
    Result<QString> readValue(bool inList)
    {
        if (!atEnd() && current() == QLatin1Char('"'))
            return readQuoted(inList);
        QString value;
        while (!atEnd() && !current().isSpace() && !(inList && current() == QLatin1Char(',')))
            value += m_text.at(m_position++);
        return value;
    }

    Result<QString> readQuoted(bool inList)
    {
        QString value;
        for (++m_position; !atEnd(); ++m_position) {
            if (current() == QLatin1Char('\\') && m_position + 1 < m_text.size()) {
                value += m_text.at(++m_position);
            } else if (current() == QLatin1Char('"')) {
                ++m_position;
                const bool ends = atEnd() || current().isSpace() || (inList && current() == QLatin1Char(','));
                if (!ends)
                    return syntaxError(QStringLiteral("A closing quote must be followed by a space."));
                if (value.isEmpty())
                    return syntaxError(QStringLiteral("The quotes are empty."));
                return value;
            } else {
                value += current();
            }
        }
        return syntaxError(QStringLiteral("A quote is not closed."));
    }

    Error unknownField(const QString &field) const
    {
        const QString suggestion = closestWord(field, m_known);
        QString what = QStringLiteral("There is no field '%1'.").arg(field);
        if (!suggestion.isEmpty())
            what += QStringLiteral(" Did you mean '%1'?").arg(suggestion);
        Error error = makeError(ErrorCode::InvalidInput, QStringLiteral("unknown_query_field"), what);
        error.fields.insert(QStringLiteral("field"), field);
        if (!suggestion.isEmpty())
            error.fields.insert(QStringLiteral("suggestion"), suggestion);
        return error;
    }

    const QString &m_text;
    const QStringList &m_known;
    qsizetype m_position = 0;
};

bool needsQuotes(const QString &value, bool freeText)
{
    if (value.startsWith(QLatin1Char('"')))
        return true;
    for (const QChar c : value) {
        if (c.isSpace() || (!freeText && c == QLatin1Char(',')))
            return true;
        // A bare word with an operator could be read as a field, and a leading dash as a negation.
        if (freeText && (c == QLatin1Char(':') || c == QLatin1Char('<') || c == QLatin1Char('>')))
            return true;
    }
    return freeText && value.startsWith(QLatin1Char('-'));
}

QString printValue(const QString &value, bool freeText)
{
    if (!needsQuotes(value, freeText))
        return value;
    QString escaped = value;
    escaped.replace(QLatin1Char('\\'), QStringLiteral("\\\\")).replace(QLatin1Char('"'), QStringLiteral("\\\""));
    return QLatin1Char('"') + escaped + QLatin1Char('"');
}

struct Suffix {
    QLatin1StringView name;
    double factor;
};

/// `12.5` followed by one of the suffixes (any case); the number must not be negative.
std::optional<double> parseSuffixed(const QString &text, std::initializer_list<Suffix> suffixes)
{
    qsizetype end = 0;
    while (end < text.size() && (text.at(end).isDigit() || text.at(end) == QLatin1Char('.')))
        ++end;
    bool ok = false;
    const double number = text.first(end).toDouble(&ok);
    if (!ok)
        return std::nullopt;
    const QString suffix = text.sliced(end).toLower();
    for (const Suffix &candidate : suffixes) {
        if (candidate.name == suffix)
            return number * candidate.factor;
    }
    return std::nullopt;
}

std::optional<qint64> wholeNumber(std::optional<double> value)
{
    constexpr double largest = 9e18;
    if (!value || *value > largest)
        return std::nullopt;
    return static_cast<qint64>(*value);
}

} // namespace

Result<QList<QueryTerm>> parseQuery(const QString &text, const QStringList &knownFields)
{
    return Parser(text, knownFields).parse();
}

QString printQuery(const QList<QueryTerm> &terms)
{
    QStringList words;
    for (const QueryTerm &term : terms) {
        QString word = term.negated ? QStringLiteral("-") : QString();
        if (!term.isFreeText())
            word += term.field + opText(term.op);
        QStringList values;
        for (const QString &value : term.values)
            values.append(printValue(value, term.isFreeText()));
        words.append(word + values.join(QLatin1Char(',')));
    }
    return words.join(QLatin1Char(' '));
}

std::optional<qint64> parseQueryDuration(const QString &text)
{
    using S = QLatin1StringView;
    return wholeNumber(parseSuffixed(text, {{S("s"), 1},
                                            {S("min"), 60},
                                            {S("h"), 3600},
                                            {S("d"), 86400},
                                            {S("w"), 7 * 86400},
                                            {S("mo"), 30 * 86400},
                                            {S("y"), 365 * 86400}}));
}

std::optional<double> parseQueryNumber(const QString &text)
{
    using S = QLatin1StringView;
    return parseSuffixed(text.startsWith(QLatin1Char('$')) ? text.sliced(1) : text,
                         {{S(""), 1}, {S("k"), 1e3}, {S("m"), 1e6}});
}

std::optional<qint64> parseQueryBytes(const QString &text)
{
    using S = QLatin1StringView;
    constexpr double k = 1024;
    return wholeNumber(parseSuffixed(
        text,
        {{S(""), 1}, {S("b"), 1}, {S("kb"), k}, {S("mb"), k * k}, {S("gb"), k * k * k}, {S("tb"), k * k * k * k}}));
}

} // namespace domain
