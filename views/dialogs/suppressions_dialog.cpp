#include "views/dialogs/suppressions_dialog.h"

#include "models/domain/format.h"
#include "models/items/suppression_table_model.h"
#include "views/dialogs/error_text.h"
#include "views/dialogs/lift_suppression_dialog.h"
#include "views/widgets/buttons.h"
#include "views/widgets/cell_delegates.h"
#include "views/widgets/data_table.h"
#include "views/widgets/empty_state.h"
#include "views/widgets/environment.h"
#include "views/widgets/progress_strip.h"
#include "views/widgets/scrim.h"
#include "views/widgets/text.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QTimer>
#include <QVBoxLayout>

namespace dialogs {

using widgets::Ink;
using widgets::TextRole;
namespace space = widgets::space;

namespace {
using Model = items::SuppressionTableModel;
constexpr int searchDelayMs = 200;

widgets::Tone causeTone(const QModelIndex &index)
{
    const QString cause = index.data(items::StateRole).toString();
    return cause == QLatin1StringView("unsubscribe") ? widgets::Tone::Neutral : widgets::Tone::Warning;
}
} // namespace

struct SuppressionsDialog::Private {
    Private(ports::EmailService &email, NewCall calls, const QString &why)
        : service(email)
        , newCall(std::move(calls))
        , whyNoLift(why)
    {
    }
    ports::EmailService &service;
    NewCall newCall;
    QString whyNoLift;
    Model *model = nullptr;
    widgets::DataTable *table = nullptr;
    widgets::ProgressStrip *strip = nullptr;
    QLineEdit *search = nullptr;
    QLabel *hint = nullptr;
    QPushButton *lift = nullptr, *close = nullptr;
    QTimer soon;
};

SuppressionsDialog::SuppressionsDialog(ports::EmailService &service, NewCall newCall, const QTimeZone &zone,
                                       const QString &whyNoLift, QWidget *parent)
    : QDialog(parent)
    , d(std::make_unique<Private>(service, std::move(newCall), whyNoLift))
{
    new widgets::Scrim(this);
    setObjectName(QStringLiteral("suppressions"));
    setWindowModality(Qt::WindowModal);
    setWindowTitle(tr("Suppressed addresses"));
    setAccessibleName(windowTitle());
    resize(860, 580);
    d->model = new Model(service, d->newCall, this);
    d->model->setTimeZone(zone);
    build();
    d->soon.setSingleShot(true);
    d->soon.setInterval(searchDelayMs);
    connect(&d->soon, &QTimer::timeout, this, &SuppressionsDialog::search);
    connect(d->search, &QLineEdit::textChanged, &d->soon, qOverload<>(&QTimer::start));
    connect(d->search, &QLineEdit::returnPressed, this, &SuppressionsDialog::search);
    connect(d->model, &items::PagedTableModel::stateChanged, this, &SuppressionsDialog::stateChanged);
    connect(d->strip, &widgets::ProgressStrip::cancelRequested, d->model, &items::PagedTableModel::cancel);
    connect(d->table->emptyState(), &widgets::EmptyState::retryRequested, this, &SuppressionsDialog::search);
    connect(d->table->emptyState(), &widgets::EmptyState::clearRequested, d->search, &QLineEdit::clear);
    connect(d->table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &SuppressionsDialog::currentChanged);
    connect(d->table, &widgets::DataTable::opened, this, &SuppressionsDialog::lift);
    connect(d->lift, &QPushButton::clicked, this, &SuppressionsDialog::lift);
    connect(d->close, &QPushButton::clicked, this, &QDialog::accept);
    search();
}

SuppressionsDialog::~SuppressionsDialog() = default;

void SuppressionsDialog::build()
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    auto *band = new widgets::EnvironmentBand(widgets::environmentOf(parentWidget()), this);
    band->setInteractive(false);
    outer->addWidget(band);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(space::xxl, space::xl, space::xxl, space::m);
    head->setSpacing(space::xs);
    head->addWidget(widgets::makeLabel(windowTitle(), TextRole::Title15, 600, Ink::Text, this));
    auto *explain = widgets::makeLabel(tr("Nothing is sent to these. An unsubscription counts for ever and cannot be "
                                          "lifted; a bounce or complaint counts for 365 days."),
                                       TextRole::Small12, 400, Ink::Second, this);
    explain->setWordWrap(true);
    head->addWidget(explain);
    head->addSpacing(space::s);
    d->search = new QLineEdit(this);
    d->search->setObjectName(QStringLiteral("suppressions.search"));
    d->search->setAccessibleName(tr("Part of the address"));
    d->search->setPlaceholderText(tr("Part of the address"));
    d->search->setClearButtonEnabled(true);
    head->addWidget(d->search);
    outer->addLayout(head);
    d->strip = new widgets::ProgressStrip(this);
    outer->addWidget(d->strip);
    d->table = new widgets::DataTable(QStringLiteral("suppressions"), this);
    d->table->setModel(d->model);
    d->table->setColumn(Model::Email, 232);
    d->table->setColumn(Model::Why, 134);
    d->table->setColumn(Model::Since, 112);
    d->table->setColumn(Model::Until, 112);
    d->table->setColumn(Model::Reason, -1);
    d->table->setItemDelegateForColumn(Model::Why, new widgets::BadgeDelegate(causeTone, d->table));
    outer->addWidget(d->table, 1);
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(space::xxl, space::m, space::xxl, space::l);
    buttons->setSpacing(space::s);
    d->hint = widgets::makeLabel({}, TextRole::Small12, 400, Ink::Second, this);
    d->hint->setObjectName(QStringLiteral("suppressions.hint"));
    d->hint->setWordWrap(true);
    buttons->addWidget(d->hint, 1);
    d->close = new widgets::SecondaryButton(tr("Close"), QStringLiteral("suppressions.close"), this);
    d->lift = new widgets::SecondaryButton(tr("Lift suppression…"), QStringLiteral("suppressions.lift"), this);
    buttons->addWidget(d->close);
    buttons->addWidget(d->lift);
    outer->addLayout(buttons);
    currentChanged();
}

void SuppressionsDialog::search()
{
    d->soon.stop();
    d->model->setQueryText(d->search->text());
    d->model->reload();
}

void SuppressionsDialog::stateChanged()
{
    const bool rows = d->model->rowCount() > 0;
    widgets::EmptyState *empty = d->table->emptyState();
    switch (d->model->state()) {
    case items::LoadState::Idle:
        return;
    case items::LoadState::Loading:
        d->strip->start(tr("Loading suppressed addresses"));
        empty->showLoading(tr("suppressed addresses"));
        break;
    case items::LoadState::Failed:
        d->strip->finish();
        empty->showFailed(tr("Suppressed addresses"), errorText(d->model->error()), d->model->lastRequestId());
        break;
    case items::LoadState::Ready:
        d->strip->finish();
        if (!d->search->text().trimmed().isEmpty())
            empty->showNoMatch(tr("address contains “%1”").arg(d->search->text().trimmed()));
        else
            empty->showNothingYet(tr("No suppressed addresses"),
                                  tr("An address gets here when its owner unsubscribes or complains, or when it "
                                     "bounces."));
        if (rows && !d->table->currentIndex().isValid())
            d->table->selectRow(0);
        break;
    }
    d->table->showEmptyState(!rows || d->model->state() == items::LoadState::Failed);
    currentChanged();
}

void SuppressionsDialog::currentChanged()
{
    const auto row = d->model->valueAt(d->table->currentIndex());
    QString why = d->whyNoLift;
    if (why.isEmpty() && !row)
        why = tr("Select an address first");
    else if (why.isEmpty() && !row->liftable)
        why = tr("The recipient unsubscribed. That is their word, and only they can take it back");
    widgets::setWhyDisabled(d->lift, why);
    d->hint->setText(row ? why : QString());
}

void SuppressionsDialog::lift()
{
    const auto row = d->model->valueAt(d->table->currentIndex());
    if (!row || !d->lift->isEnabled())
        return;
    auto *sheet = new LiftSuppressionDialog(d->service, d->newCall, *row, this);
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    connect(sheet, &LiftSuppressionDialog::lifted, this, [this](const QString &email) {
        Q_EMIT lifted(email);
        search();
    });
    sheet->open();
}

bool SuppressionsDialog::settled() const
{
    return d->model->state() == items::LoadState::Ready || d->model->state() == items::LoadState::Failed;
}

} // namespace dialogs
