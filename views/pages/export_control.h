#pragma once
#include "views/dialogs/export_job.h"

#include <QObject>

#include <functional>

class QWidget;
namespace widgets {
class ProgressStrip;
}

namespace pages {

class PageHost;

/// Export of one list: asks where to, runs the job with progress and cancel in the page's strip, says how it ended.
class ExportControl : public QObject {
    Q_OBJECT
public:
    using Start = std::function<dialogs::ExportJob *(const dialogs::ExportTarget &target, QObject *parent)>;
    ExportControl(PageHost &host, widgets::ProgressStrip &strip, QWidget *page);
    bool isRunning() const { return m_job != nullptr; }
    /// noun: "customers"; count −1 = unknown.
    void ask(const QString &noun, qint64 count, const QString &filterText, Start start);

Q_SIGNALS:
    void runningChanged();

private:
    void run(const dialogs::ExportTarget &target, const QString &noun, const Start &start);
    void finish(const dialogs::ExportOutcome &outcome, const QString &noun);

    PageHost &m_host;
    widgets::ProgressStrip &m_strip;
    QWidget *m_page;
    dialogs::ExportJob *m_job = nullptr;
};

} // namespace pages
