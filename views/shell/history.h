#pragma once
#include "views/pages/page.h"

namespace shell {

/// Where the user was, like a browser's: a new place cuts what was ahead; at most 100 places.
class History {
public:
    void visit(const pages::Location &location)
    {
        if (m_at >= 0 && m_places[m_at] == location)
            return;
        m_places.resize(m_at + 1);
        m_places.append(location);
        if (m_places.size() > 100)
            m_places.removeFirst();
        m_at = m_places.size() - 1;
    }
    /// The same place with other details (typing in a filter): no step of its own.
    void replace(const pages::Location &location)
    {
        if (m_at < 0)
            visit(location);
        else
            m_places[m_at] = location;
    }
    bool canGoBack() const { return m_at > 0; }
    bool canGoForward() const { return m_at + 1 < m_places.size(); }
    pages::Location back() { return m_places[--m_at]; }    ///< precondition: canGoBack()
    pages::Location forward() { return m_places[++m_at]; } ///< precondition: canGoForward()
    const pages::Location *current() const { return m_at < 0 ? nullptr : &m_places[m_at]; }

private:
    QList<pages::Location> m_places;
    qsizetype m_at = -1;
};

} // namespace shell
