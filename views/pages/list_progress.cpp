#include "views/pages/list_progress.h"

#include "models/items/paged_table_model.h"
#include "models/items/query_text.h"
#include "views/dialogs/error_text.h"
#include "views/pages/list_spec.h"
#include "views/pages/page.h"
#include "views/pages/query_bar.h"
#include "views/widgets/data_table.h"
#include "views/widgets/empty_state.h"
#include "views/widgets/progress_strip.h"

#include <QPointer>

namespace pages {

ListProgress::ListProgress(PageHost &host, const ListSpec &spec, items::PagedTableModel &model, const QueryBar &query,
                           widgets::DataTable &table, QWidget *page)
    : QObject(page)
    , m_host(host)
    , m_spec(spec)
    , m_model(model)
    , m_query(query)
    , m_table(table)
    , m_strip(new widgets::ProgressStrip(page))
{
    connect(&model, &items::PagedTableModel::stateChanged, this, &ListProgress::draw);
    connect(m_strip, &widgets::ProgressStrip::cancelRequested, &model, &items::PagedTableModel::cancel);
}

void ListProgress::draw()
{
    const bool rows = m_model.rowCount() > 0;
    switch (m_model.state()) {
    case items::LoadState::Idle:
        break;
    case items::LoadState::Loading:
        m_strip->start(tr("Loading %1").arg(m_spec.noun));
        if (!rows)
            m_table.emptyState()->showLoading(m_spec.noun);
        m_table.showEmptyState(!rows);
        break;
    case items::LoadState::Failed:
        m_strip->finish();
        m_table.emptyState()->showFailed(m_spec.whole, dialogs::errorText(m_model.error()), m_model.lastRequestId());
        m_table.showEmptyState(true);
        break;
    case items::LoadState::Ready:
        drawReady();
        if (!rows)
            drawNoRows();
        m_table.showEmptyState(!rows);
        break;
    }
}

void ListProgress::drawReady()
{
    const QString further = m_model.newestFirst() ? tr("older %1").arg(m_spec.many) : tr("more %1").arg(m_spec.many);
    if (m_model.fetchingMore())
        m_strip->start(tr("Loading %1").arg(further));
    else
        m_strip->finish();
    if (m_model.moreError())
        m_host.toast({Toast::Kind::Bad, tr("%1 could not be loaded").arg(further.left(1).toUpper() + further.mid(1)),
                      tr("Retry"), [model = QPointer<items::PagedTableModel>(&m_model)] {
                          if (model)
                              model->retryMore();
                      }});
}

void ListProgress::drawNoRows()
{
    if (m_query.query().isEmpty())
        m_table.emptyState()->showNothingYet(m_spec.nothingYet, m_spec.howToGetSome);
    else
        m_table.emptyState()->showNoMatch(items::queryInWords(m_query.query(), m_query.fields()));
}

} // namespace pages
