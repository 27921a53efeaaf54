#include "views/pages/export_control.h"

#include "models/domain/format.h"
#include "views/dialogs/error_text.h"
#include "views/dialogs/export_dialog.h"
#include "views/pages/page.h"
#include "views/widgets/progress_strip.h"

#include <QFileInfo>

namespace pages {

ExportControl::ExportControl(PageHost &host, widgets::ProgressStrip &strip, QWidget *page)
    : QObject(page)
    , m_host(host)
    , m_strip(strip)
    , m_page(page)
{
    connect(&strip, &widgets::ProgressStrip::cancelRequested, this, [this] {
        if (m_job)
            m_job->cancel();
    });
}

void ExportControl::ask(const QString &noun, qint64 count, const QString &filterText, Start start)
{
    if (m_job)
        return;
    const QString what = count < 0 ? noun : domain::countText(count) + QLatin1Char(' ') + noun;
    auto *dialog =
        new dialogs::ExportDialog(what, QString(noun).replace(QLatin1Char(' '), QLatin1Char('-')), filterText, m_page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &dialogs::ExportDialog::chosen, this,
            [this, noun, start](const dialogs::ExportTarget &target) { run(target, noun, start); });
    dialog->open();
}

void ExportControl::run(const dialogs::ExportTarget &target, const QString &noun, const Start &start)
{
    m_strip.start(QStringLiteral("Exporting %1").arg(noun));
    m_job = start(target, this);
    connect(m_job, &dialogs::ExportJob::progressed, &m_strip, &widgets::ProgressStrip::setProgress);
    connect(m_job, &dialogs::ExportJob::finished, this,
            [this, noun](const dialogs::ExportOutcome &outcome) { finish(outcome, noun); });
    Q_EMIT runningChanged();
}

void ExportControl::finish(const dialogs::ExportOutcome &outcome, const QString &noun)
{
    m_strip.finish();
    m_job->deleteLater();
    m_job = nullptr;
    if (!outcome.error)
        m_host.toast({Toast::Kind::Good,
                      QStringLiteral("Exported %1 %2 to %3")
                          .arg(domain::countText(outcome.rows), noun, QFileInfo(outcome.path).fileName()),
                      {},
                      {}});
    else if (outcome.error->code == domain::ErrorCode::Cancelled)
        m_host.toast({Toast::Kind::Info, QStringLiteral("Export cancelled; no file was written"), {}, {}});
    else
        m_host.toast(
            {Toast::Kind::Bad, QStringLiteral("Export failed. %1").arg(dialogs::errorText(*outcome.error)), {}, {}});
    Q_EMIT runningChanged();
}

} // namespace pages
