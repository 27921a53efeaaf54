#include "views/dialogs/export_dialog.h"

#include "views/widgets/buttons.h"
#include "views/widgets/text.h"

#include <QButtonGroup>
#include <QDate>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QRadioButton>
#include <QStandardPaths>
#include <QVBoxLayout>

namespace dialogs {

ExportDialog::ExportDialog(const QString &what, const QString &fileStem, const QString &filterText, QWidget *parent)
    : ReviewSheet(QStringLiteral("export"), parent)
    , m_path(new QLineEdit(this))
    , m_formats(new QButtonGroup(this))
{
    setWindowTitle(QStringLiteral("Export %1").arg(what));
    setObject(QStringLiteral("Export %1").arg(what),
              QStringLiteral("What the list shows now: same filter, same order"));
    setReasonRequired(false, 0);
    setReasonVisible(false);
    setVerb(QStringLiteral("Export %1").arg(what));
    auto *row = new QHBoxLayout;
    const auto addFormat = [&](const QString &text, const QString &name, ports::ExportFormat value) {
        auto *button = new QRadioButton(text, this);
        button->setObjectName(QStringLiteral("export.") + name);
        button->setAccessibleName(QStringLiteral("Export as ") + text);
        m_formats->addButton(button, static_cast<int>(value));
        row->addWidget(button);
    };
    addFormat(QStringLiteral("CSV"), QStringLiteral("csv"), ports::ExportFormat::Csv);
    addFormat(QStringLiteral("JSON Lines"), QStringLiteral("jsonl"), ports::ExportFormat::JsonLines);
    m_formats->button(static_cast<int>(ports::ExportFormat::Csv))->setChecked(true);
    row->addStretch(1);
    body()->addLayout(row);

    auto *file = new QHBoxLayout;
    file->setSpacing(widgets::space::s);
    QString folder = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    if (folder.isEmpty() || !QDir(folder).exists())
        folder = QDir::homePath();
    m_path->setText(QDir(folder).filePath(
        QStringLiteral("instanode-%1-%2.csv").arg(fileStem, QDate::currentDate().toString(Qt::ISODate))));
    m_path->setObjectName(QStringLiteral("export.path"));
    m_path->setAccessibleName(QStringLiteral("File to write"));
    m_path->setMinimumWidth(320);
    auto *choose = new widgets::SecondaryButton(QStringLiteral("Choose…"), QStringLiteral("export.browse"), this);
    choose->setAccessibleName(QStringLiteral("Choose the file to write"));
    choose->setAutoDefault(false);
    file->addWidget(m_path, 1);
    file->addWidget(choose);
    body()->addLayout(file);

    setEffects(
        {{QStringLiteral("Filter"), filterText.isEmpty() ? QStringLiteral("none") : filterText, widgets::Tone::Neutral},
         {QStringLiteral("Times"), QStringLiteral("UTC in ISO 8601, and your time beside it"),
          widgets::Tone::Neutral}});
    connect(choose, &QPushButton::clicked, this, &ExportDialog::browse);
    connect(m_path, &QLineEdit::textChanged, this, &ExportDialog::check);
    connect(m_formats, &QButtonGroup::idToggled, this, [this](int id, bool on) {
        if (!on)
            return;
        const QFileInfo info(m_path->text());
        const QString suffix =
            id == static_cast<int>(ports::ExportFormat::Csv) ? QStringLiteral("csv") : QStringLiteral("jsonl");
        m_path->setText(info.dir().filePath(info.completeBaseName() + QLatin1Char('.') + suffix));
    });
    connect(this, &ReviewSheet::committed, this, [this] {
        Q_EMIT chosen({m_path->text(), format()});
        accept();
    });
    check();
}

ports::ExportFormat ExportDialog::format() const
{
    return m_formats->checkedId() == static_cast<int>(ports::ExportFormat::JsonLines) ? ports::ExportFormat::JsonLines
                                                                                      : ports::ExportFormat::Csv;
}

void ExportDialog::check()
{
    const QFileInfo info(m_path->text());
    if (m_path->text().isEmpty() || info.isDir())
        setCommitBlocked(QStringLiteral("Name a file"));
    else if (!info.dir().exists())
        setCommitBlocked(QStringLiteral("This folder does not exist"));
    else
        setCommitBlocked({});
}

void ExportDialog::browse()
{
    auto *dialog = new QFileDialog(this, QStringLiteral("Export to"), m_path->text());
    dialog->setObjectName(QStringLiteral("export.fileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::fileSelected, m_path, &QLineEdit::setText);
    dialog->open();
}

} // namespace dialogs
