#include "views/widgets/data_table.h"

#include "views/widgets/cell_delegates.h"
#include "views/widgets/empty_state.h"
#include "views/widgets/table_header.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QScrollBar>
#include <QSet>

#include <algorithm>

namespace widgets {

struct DataTable::Private {
    TableHeader *header;
    EmptyState *empty;
    QSet<int> marks;
    int hovered = -1;
    int lastMark = -1;
    int stretch = -1;
};

DataTable::DataTable(const QString &screen, QWidget *parent) : QTableView(parent), d(std::make_unique<Private>())
{
    setObjectName(screen + QStringLiteral(".table"));
    setAccessibleName(tr("%1 table").arg(screen.left(1).toUpper() + screen.mid(1)));
    d->header = new TableHeader(this);
    d->header->setObjectName(screen + QStringLiteral(".header"));
    d->header->setAccessibleName(tr("Columns"));
    setHorizontalHeader(d->header);
    d->header->setVisible(true);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(space::row);
    verticalHeader()->setMinimumSectionSize(space::row);
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setWordWrap(false);
    setMouseTracking(true);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    verticalScrollBar()->setSingleStep(space::row);
    setItemDelegate(new CellDelegate(this));
    d->empty = new EmptyState(viewport());
    d->empty->setObjectName(screen + QStringLiteral(".empty"));
    d->empty->hide();
    connect(d->header, &TableHeader::sortRequested, this, &DataTable::sortRequested);
    connect(this, &QTableView::doubleClicked, this, &DataTable::opened);
}

DataTable::~DataTable() = default;

void DataTable::setColumn(int column, int width, Qt::Alignment alignment, bool sortable)
{
    d->header->setAlignment(column, alignment);
    d->header->setSortable(column, sortable);
    if (width < 0) {
        d->stretch = column;
        d->header->setSectionResizeMode(column, QHeaderView::Stretch);
    } else {
        d->header->setSectionResizeMode(column, QHeaderView::Interactive);
        setColumnWidth(column, width);
    }
}

void DataTable::setSort(int column, Qt::SortOrder order)
{
    d->header->setSort(column, order);
}

EmptyState *DataTable::emptyState() const
{
    return d->empty;
}

void DataTable::showEmptyState(bool on)
{
    d->empty->setGeometry(viewport()->rect());
    d->empty->setVisible(on);
}

QList<int> DataTable::markedRows() const
{
    QList<int> rows(d->marks.cbegin(), d->marks.cend());
    std::sort(rows.begin(), rows.end());
    return rows;
}

void DataTable::clearMarks()
{
    if (d->marks.isEmpty())
        return;
    d->marks.clear();
    viewport()->update();
    Q_EMIT marksChanged();
}

int DataTable::hoveredRow() const
{
    return d->hovered;
}

bool DataTable::isMarked(int row) const
{
    return d->marks.contains(row);
}

void DataTable::mark(int row, bool range)
{
    if (range && d->lastMark >= 0) {
        for (int r = std::min(row, d->lastMark); r <= std::max(row, d->lastMark); ++r)
            d->marks.insert(r);
    } else if (!d->marks.remove(row)) {
        d->marks.insert(row);
    }
    d->lastMark = row;
    viewport()->update();
    Q_EMIT marksChanged();
}

bool DataTable::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        auto *key = static_cast<QKeyEvent *>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if ((key->key() == Qt::Key_Escape && !d->marks.isEmpty()) || (enter && currentIndex().isValid())) {
            event->accept();
            return true;
        }
    }
    return QTableView::event(event);
}

void DataTable::keyPressEvent(QKeyEvent *event)
{
    const QModelIndex index = currentIndex();
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && index.isValid()) {
        Q_EMIT opened(index);
    } else if (event->key() == Qt::Key_Space && index.isValid()) {
        mark(index.row(), event->modifiers() & Qt::ControlModifier);
    } else if (event->matches(QKeySequence::Copy) && index.isValid()) {
        const QString text = index.data().toString();
        QGuiApplication::clipboard()->setText(text);
        Q_EMIT copied(text);
    } else if (event->key() == Qt::Key_Escape && !d->marks.isEmpty()) {
        clearMarks();
    } else {
        QTableView::keyPressEvent(event);
    }
}

void DataTable::mouseMoveEvent(QMouseEvent *event)
{
    const int row = indexAt(event->pos()).row();
    if (row != d->hovered) {
        d->hovered = row;
        viewport()->update();
    }
    QTableView::mouseMoveEvent(event);
}

void DataTable::leaveEvent(QEvent *event)
{
    d->hovered = -1;
    viewport()->update();
    QTableView::leaveEvent(event);
}

void DataTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    d->empty->setGeometry(viewport()->rect());
}

void DataTable::contextMenuEvent(QContextMenuEvent *event)
{
    const QModelIndex index = event->reason() == QContextMenuEvent::Keyboard ? currentIndex() : indexAt(event->pos());
    if (index.isValid())
        Q_EMIT contextMenuAt(index, event->globalPos());
}

} // namespace widgets
