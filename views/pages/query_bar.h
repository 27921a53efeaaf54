#pragma once
#include "models/domain/result.h"

#include <QStringList>
#include <QWidget>

#include <functional>
#include <optional>

class QHBoxLayout;

namespace widgets {
class FilterChips;
}

namespace pages {

/// The query text of one list: structured terms as chips, the rest in the field, every change can be taken back.
/// query() is always valid; a text that cannot be read is shown with its error and changes nothing.
class QueryBar : public QWidget {
    Q_OBJECT
public:
    using Check = std::function<std::optional<domain::Error>(const QString &text)>;
    QueryBar(const QString &screen, const QStringList &fields, const QStringList &words, const QString &placeholder,
             Check check, QWidget *parent);

    QString query() const { return m_query; }
    const QStringList &fields() const { return m_fields; }
    /// Applies and emits queryChanged when it differs; false when the text cannot be read (the error is shown).
    bool setQuery(const QString &text);
    bool has(const QString &field) const; ///< whether query() has a term of this field
    /// Replaces the terms of one field: what menus do.
    void setField(const QString &field, const QString &term);
    bool canUndo() const { return !m_undo.isEmpty(); }
    void undo();
    void clear() { setQuery({}); }
    void focusField();
    QHBoxLayout *trailing() const;

Q_SIGNALS:
    void queryChanged(const QString &query);
    void escaped();

private:
    void edited(const QString &typed);
    void submitted(const QString &typed);
    bool apply(const QString &text, bool remember);
    void draw();
    QString merged(const QString &typed) const;

    QStringList m_fields;
    Check m_check;
    widgets::FilterChips *m_chips;
    QString m_query;      ///< canonical
    QString m_structured; ///< the part that is drawn as chips
    QStringList m_undo;
    bool m_typing = false;
};

} // namespace pages
