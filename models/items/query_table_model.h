#pragma once
#include "models/items/paged_model.h"
#include "models/items/query_text.h"
#include "models/items/table_column.h"

namespace items {

/// What a list can be asked in its query text.
template <typename Filter>
struct QueryGrammar {
    QStringList fields;
    QStringList words; ///< completions
    domain::Result<Filter> (*read)(const QString &text, const QueryClock &clock);
};

/// A windowed list of one query. A list derives from it and gives columns, a grammar, idOf() and fetch(); in its
/// constructor it calls setDefaultSort() or setNewestFirst(). AuditTableModel shows the least that is needed.
template <typename RowType, typename FilterType>
class QueryTableModel : public PagedModel<RowType> {
public:
    using Row = RowType;
    using Filter = FilterType;
    using PageResult = typename PagedModel<Row>::PageResult;
    using Columns = QList<TableColumn<Row>>;

    QueryTableModel(QueryGrammar<Filter> grammar, Columns (*columnsFor)(const QTimeZone &zone), NewCall newCall,
                    QObject *parent)
        : PagedModel<Row>(std::move(newCall), parent)
        , m_grammar(std::move(grammar))
        , m_columnsFor(columnsFor)
        , m_columns(columnsFor(m_zone))
    {
    }

    const Filter &filter() const { return m_filter; }
    void setFilter(const Filter &filter) { m_filter = filter; } ///< takes effect with reload()
    /// nullopt without a row and while the row's page is out of memory.
    std::optional<Row> valueAt(const QModelIndex &index) const
    {
        const Row *row = index.isValid() ? this->rowAt(index.row()) : nullptr;
        return row ? std::optional<Row>(*row) : std::nullopt;
    }

    void setTimeZone(const QTimeZone &zone) override
    {
        if (m_zone == zone)
            return;
        m_zone = zone;
        m_columns = m_columnsFor(zone);
        Q_EMIT this->headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
        if (this->rowCount() > 0)
            Q_EMIT this->dataChanged(this->index(0, 0), this->index(this->rowCount() - 1, columnCount() - 1));
    }
    const QStringList &queryFields() const override { return m_grammar.fields; }
    const QStringList &queryWords() const override { return m_grammar.words; }
    std::optional<domain::Error> checkQuery(const QString &text) const override
    {
        const domain::Result<Filter> filter = read(text);
        return filter ? std::nullopt : std::optional<domain::Error>(filter.error());
    }
    void setQueryText(const QString &text) override
    {
        if (const domain::Result<Filter> filter = read(text))
            m_filter = *filter;
    }
    QString sortName(int column) const override { return m_columns.at(column).sort; }

    void refreshRows(const QStringList &ids) override
    {
        if (this->newestFirst())
            checkForNew(); // replaces what stands on the first page as well
        if (this->state() == LoadState::Loading || this->rowCount() == 0)
            return;
        const bool known = !ids.isEmpty() && ids.size() <= maxSingleRefreshes && !ids.contains(QString());
        if (!known || !filterOf(ids.first())) {
            if (!this->newestFirst())
                replaceBy({m_filter, sort(), this->descending(), pageSize, {}});
            return;
        }
        for (const QString &id : ids)
            if (this->rowOfId(id) >= 0)
                replaceBy({*filterOf(id), sort(), this->descending(), 1, {}});
    }

    int waiting() const override { return static_cast<int>(m_waiting.size()); }
    void checkForNew() override
    {
        if (this->state() != LoadState::Ready)
            return;
        if (m_checking) {
            m_checkAgain = true;
            return;
        }
        m_checking = true;
        const quint64 asked = this->generation();
        ports::whenDone(fetchPage(this->newCall(), {}), this, [this, asked](const PageResult &result) {
            m_checking = false;
            if (asked == this->generation() && result)
                takeHead(*result);
            if (std::exchange(m_checkAgain, false))
                checkForNew();
        });
    }
    void showWaiting() override
    {
        if (this->m_overflow) {
            this->reload();
            return;
        }
        if (!m_waiting.isEmpty()) {
            m_head = this->idOf(m_waiting.first());
            this->prepend(std::exchange(m_waiting, {}));
        }
        Q_EMIT this->waitingChanged();
    }

    int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
    }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override
    {
        using Check = QAbstractItemModel::CheckIndexOption;
        if (!this->checkIndex(index, Check::IndexIsValid | Check::ParentIsInvalid))
            return {};
        const TableColumn<Row> &column = m_columns.at(index.column());
        if (role == Qt::TextAlignmentRole)
            return column.aligned();
        const Row *row = this->rowAt(index.row());
        if (role == PlaceholderRole)
            return row == nullptr;
        if (!row)
            return role == Qt::DisplayRole ? QVariant(QStringLiteral("…")) : QVariant();
        return role == IdRole ? QVariant(this->idOf(*row)) : column.cell(*row, role);
    }
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override
    {
        const bool known = orientation == Qt::Horizontal && section >= 0 && section < columnCount();
        return known ? m_columns.at(section).header(role) : QVariant();
    }

protected:
    /// One question to the port.
    struct Request {
        Filter filter;
        QString sort; ///< TableColumn::sort; empty where the list has one order
        bool descending = true;
        int limit = 0;
        QString cursor;
    };
    virtual QFuture<PageResult> fetch(const ports::CallContext &call, const Request &request) = 0;
    /// The filter that finds this row alone. Without one, a changed row that is not on the first page stays as it is
    /// until it is loaded again.
    virtual std::optional<Filter> filterOf(const QString &) const { return std::nullopt; }

    QString sort() const { return this->sortColumn() < 0 ? QString() : sortName(this->sortColumn()); }

private:
    static constexpr int pageSize = 100;
    /// More changed rows than this are read by pages rather than one by one.
    static constexpr qsizetype maxSingleRefreshes = 10;

    domain::Result<Filter> read(const QString &text) const
    {
        return m_grammar.read(text, {QDateTime::currentDateTimeUtc(), m_zone});
    }
    QFuture<PageResult> fetchPage(const ports::CallContext &call, const QString &cursor) override
    {
        return fetch(call, {m_filter, sort(), this->descending(), pageSize, cursor});
    }
    void firstPageTaken() override
    {
        if (!this->newestFirst())
            return;
        const Row *first = this->rowCount() > 0 ? this->rowAt(0) : nullptr;
        m_head = first ? this->idOf(*first) : QString();
        m_waiting.clear();
        this->m_overflow = false;
        Q_EMIT this->waitingChanged();
    }
    void replaceBy(const Request &request)
    {
        const quint64 asked = this->generation();
        ports::whenDone(fetch(this->newCall(), request), this, [this, asked](const PageResult &result) {
            if (asked == this->generation() && result)
                this->patch(result->rows);
        });
    }
    void takeHead(const ports::Page<Row> &page)
    {
        m_waiting.clear();
        QList<Row> known;
        bool reachedHead = m_head.isEmpty() && page.next.isEmpty();
        bool late = false; // committed after the head was read, yet older than it: belongs between known rows
        for (const Row &row : page.rows) {
            const QString id = this->idOf(row);
            const bool shown = this->rowOfId(id) >= 0;
            late = late || (reachedHead && !shown && !m_head.isEmpty());
            reachedHead = reachedHead || id == m_head;
            (shown ? known : m_waiting).append(row);
        }
        this->m_overflow = !reachedHead || late;
        this->patch(known);
        if (this->following())
            showWaiting();
        else
            Q_EMIT this->waitingChanged();
    }

    QTimeZone m_zone = QTimeZone::utc();
    QueryGrammar<Filter> m_grammar;
    Columns (*m_columnsFor)(const QTimeZone &zone);
    Columns m_columns;
    Filter m_filter;
    QList<Row> m_waiting;
    QString m_head; ///< id of the newest row shown
    bool m_checking = false, m_checkAgain = false;
};

} // namespace items
