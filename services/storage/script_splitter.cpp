#include "services/storage/script_splitter.h"

namespace storage {

namespace {

domain::Error unterminated(const QString &what, qsizetype from, const QString &script)
{
    const auto line = QStringView(script).left(from).count(QLatin1Char('\n')) + 1;
    return domain::invalidInput(QStringLiteral("invalid_script"), QStringLiteral("script"),
                                QStringLiteral("%1 that begins in line %2 does not end").arg(what).arg(line));
}

bool isWordStart(QChar c)
{
    return c.isLetter() || c == QLatin1Char('_');
}

bool isWord(QChar c)
{
    return c.isLetterOrNumber() || c == QLatin1Char('_') || c == QLatin1Char('$');
}

class Splitter {
public:
    Splitter(const QString &script, Engine engine) : m_script(script), m_postgres(engine == Engine::PostgreSql) {}

    domain::Result<QStringList> run()
    {
        while (m_at < m_script.size()) {
            if (!step())
                return *m_error;
        }
        if (m_depth > 0)
            return unterminated(QStringLiteral("A trigger body"), m_start, m_script);
        finish();
        return m_statements;
    }

private:
    QChar peek(qsizetype ahead = 0) const
    {
        return m_at + ahead < m_script.size() ? m_script.at(m_at + ahead) : QChar();
    }

    bool step()
    {
        const QChar c = peek();
        if (c == QLatin1Char('-') && peek(1) == QLatin1Char('-'))
            return skipLine();
        if (c == QLatin1Char('/') && peek(1) == QLatin1Char('*'))
            return skipComment();
        if (c.isSpace()) {
            ++m_at;
            return true;
        }
        if (c == QLatin1Char(';') && m_depth == 0) {
            finish();
            m_start = ++m_at;
            return true;
        }
        m_hasCode = m_hasCode || c != QLatin1Char(';');
        if (c == QLatin1Char('\'') || c == QLatin1Char('"') || (!m_postgres && c == QLatin1Char('`')))
            return skipQuoted(c, false);
        if (m_postgres && c == QLatin1Char('$'))
            return skipDollar();
        if (isWordStart(c))
            return word();
        ++m_at;
        return true;
    }

    bool skipLine()
    {
        const qsizetype end = m_script.indexOf(QLatin1Char('\n'), m_at);
        m_at = end < 0 ? m_script.size() : end + 1;
        return true;
    }

    bool skipComment()
    {
        const qsizetype from = m_at;
        int depth = 0;
        while (m_at < m_script.size()) {
            if (peek() == QLatin1Char('*') && peek(1) == QLatin1Char('/')) {
                m_at += 2;
                if (--depth == 0)
                    return true;
            } else if (peek() == QLatin1Char('/') && peek(1) == QLatin1Char('*')) {
                m_at += 2;
                // PostgreSQL nests comments, SQLite does not.
                depth = m_postgres ? depth + 1 : 1;
            } else {
                ++m_at;
            }
        }
        m_error = unterminated(QStringLiteral("A comment"), from, m_script);
        return false;
    }

    bool skipQuoted(QChar quote, bool backslashEscapes)
    {
        const qsizetype from = m_at++;
        while (m_at < m_script.size()) {
            if (backslashEscapes && peek() == QLatin1Char('\\')) {
                m_at += 2;
            } else if (peek() != quote) {
                ++m_at;
            } else if (peek(1) == quote) {
                m_at += 2;
            } else {
                ++m_at;
                return true;
            }
        }
        m_error = unterminated(QStringLiteral("A quoted text"), from, m_script);
        return false;
    }

    bool skipDollar()
    {
        const qsizetype from = m_at;
        qsizetype tagEnd = m_at + 1;
        while (tagEnd < m_script.size() && isWord(m_script.at(tagEnd)) && m_script.at(tagEnd) != QLatin1Char('$'))
            ++tagEnd;
        const bool isTag =
            tagEnd < m_script.size() && m_script.at(tagEnd) == QLatin1Char('$') && !m_script.at(m_at + 1).isDigit();
        if (!isTag) { // a parameter such as $1
            ++m_at;
            return true;
        }
        const QString tag = m_script.mid(from, tagEnd - from + 1);
        const qsizetype end = m_script.indexOf(tag, tagEnd + 1);
        if (end < 0) {
            m_error = unterminated(QStringLiteral("A $-quoted body"), from, m_script);
            return false;
        }
        m_at = end + tag.size();
        return true;
    }

    bool word()
    {
        const qsizetype from = m_at;
        while (m_at < m_script.size() && isWord(m_script.at(m_at)))
            ++m_at;
        const QString text = m_script.mid(from, m_at - from).toLower();
        if (m_postgres && text == QLatin1StringView("e") && peek() == QLatin1Char('\''))
            return skipQuoted(QLatin1Char('\''), true);
        if (!m_postgres)
            followTrigger(text);
        ++m_words;
        return true;
    }

    /// SQLite: inside CREATE [TEMP] TRIGGER … BEGIN … END, where CASE … END nests, a semicolon does not end anything.
    void followTrigger(const QString &text)
    {
        if (m_words == 0)
            m_create = text == QLatin1StringView("create");
        else if (m_create && !m_trigger && m_words <= 2)
            m_trigger = text == QLatin1StringView("trigger");
        else if (m_trigger && m_depth == 0 && text == QLatin1StringView("begin"))
            m_depth = 1;
        else if (m_depth > 0 && text == QLatin1StringView("case"))
            ++m_depth;
        else if (m_depth > 0 && text == QLatin1StringView("end"))
            --m_depth;
    }

    void finish()
    {
        if (m_hasCode)
            m_statements << m_script.mid(m_start, m_at - m_start).trimmed();
        m_hasCode = m_create = m_trigger = false;
        m_words = 0;
    }

    const QString &m_script;
    const bool m_postgres;
    QStringList m_statements;
    std::optional<domain::Error> m_error;
    qsizetype m_at = 0, m_start = 0;
    int m_words = 0, m_depth = 0;
    bool m_hasCode = false, m_create = false, m_trigger = false;
};

} // namespace

domain::Result<QStringList> splitScript(const QString &script, Engine engine)
{
    return Splitter(script, engine).run();
}

} // namespace storage
