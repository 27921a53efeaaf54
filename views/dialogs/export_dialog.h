#pragma once
#include "views/dialogs/export_job.h"
#include "views/widgets/review_sheet.h"

class QButtonGroup;
class QLineEdit;

namespace dialogs {

/// Where to and in which format "export what you see" goes. Only asks: accepted(target) starts the job elsewhere.
class ExportDialog : public widgets::ReviewSheet {
    Q_OBJECT
public:
    /// what: "214 customers"; fileStem: "customers"; filterText: as shown in the list.
    ExportDialog(const QString &what, const QString &fileStem, const QString &filterText, QWidget *parent);

Q_SIGNALS:
    void chosen(const dialogs::ExportTarget &target);

private:
    void browse();
    void check();
    ports::ExportFormat format() const;

    QLineEdit *m_path;
    QButtonGroup *m_formats;
};

} // namespace dialogs
