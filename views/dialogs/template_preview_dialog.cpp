#include "views/dialogs/template_preview_dialog.h"

#include "services/ports/when_done.h"
#include "views/dialogs/error_text.h"
#include "views/widgets/buttons.h"
#include "views/widgets/cell_delegates.h"
#include "views/widgets/empty_state.h"
#include "views/widgets/environment.h"
#include "views/widgets/scrim.h"
#include "views/widgets/text.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace dialogs {

using widgets::Ink;
using widgets::TextRole;
namespace space = widgets::space;

namespace {

/// A mail is foreign content: it must not reach out when an operator looks at it.
class SealedBrowser : public QTextBrowser {
public:
    explicit SealedBrowser(QWidget *parent) : QTextBrowser(parent)
    {
        setOpenLinks(false);
        setOpenExternalLinks(false);
    }
    QVariant loadResource(int, const QUrl &) override { return {}; }
};

} // namespace

struct TemplatePreviewDialog::Private {
    Private(ports::EmailService &email, NewCall calls) : service(email), newCall(std::move(calls)) {}
    ports::EmailService &service;
    NewCall newCall;
    QListWidget *kinds = nullptr;
    QStackedWidget *stack = nullptr, *body = nullptr;
    widgets::EmptyState *empty = nullptr;
    widgets::ElidedLabel *subject = nullptr;
    widgets::SegmentedTabs *tabs = nullptr;
    SealedBrowser *html = nullptr;
    QPlainTextEdit *text = nullptr;
    QString wanted, shown;
    quint64 generation = 0;
    bool failed = false;
};

TemplatePreviewDialog::TemplatePreviewDialog(ports::EmailService &service, NewCall newCall, QWidget *parent)
    : QDialog(parent)
    , d(std::make_unique<Private>(service, std::move(newCall)))
{
    new widgets::Scrim(this);
    setObjectName(QStringLiteral("templatePreview"));
    setWindowModality(Qt::WindowModal);
    setWindowTitle(tr("Template previews"));
    setAccessibleName(windowTitle());
    resize(960, 660);
    build();
    connect(d->kinds, &QListWidget::currentItemChanged, this, &TemplatePreviewDialog::loadPreview);
    connect(d->empty, &widgets::EmptyState::retryRequested, this, [this] {
        if (d->kinds->count() == 0)
            load();
        else
            loadPreview();
    });
    connect(d->tabs, &widgets::SegmentedTabs::currentChanged, this,
            [this](const QString &key) { d->body->setCurrentIndex(key == QLatin1StringView("html") ? 0 : 1); });
    load();
}

TemplatePreviewDialog::~TemplatePreviewDialog() = default;

void TemplatePreviewDialog::build()
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    auto *band = new widgets::EnvironmentBand(widgets::environmentOf(parentWidget()), this);
    band->setInteractive(false);
    outer->addWidget(band);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(space::xl, space::l, space::xl, space::m);
    row->setSpacing(space::xl);
    outer->addLayout(row, 1);
    auto *left = new QVBoxLayout;
    left->setSpacing(space::s);
    left->addWidget(widgets::makeLabel(windowTitle(), TextRole::Title15, 600, Ink::Text, this));
    d->kinds = new QListWidget(this);
    d->kinds->setObjectName(QStringLiteral("templatePreview.kinds"));
    d->kinds->setAccessibleName(tr("Templates"));
    d->kinds->setFixedWidth(250);
    d->kinds->setUniformItemSizes(true);
    d->kinds->setItemDelegate(new widgets::CellDelegate(d->kinds));
    left->addWidget(d->kinds, 1);
    row->addLayout(left);
    d->stack = new QStackedWidget(this);
    d->empty = new widgets::EmptyState(d->stack);
    d->stack->addWidget(d->empty);
    auto *right = new QWidget(d->stack);
    auto *column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s);
    d->subject = new widgets::ElidedLabel({}, right);
    d->subject->setObjectName(QStringLiteral("templatePreview.subject"));
    d->subject->setFont(widgets::Theme::instance().font(TextRole::Title15, 600));
    column->addWidget(d->subject);
    column->addWidget(
        widgets::makeLabel(tr("With sample data. Pictures from outside are not loaded, links do not open."),
                           TextRole::Small12, 400, Ink::Second, right));
    d->tabs = new widgets::SegmentedTabs(QStringLiteral("templatePreview.tabs"), right);
    d->tabs->addTab(QStringLiteral("html"), tr("As the customer sees it"));
    d->tabs->addTab(QStringLiteral("text"), tr("Plain text"));
    column->addWidget(d->tabs);
    d->body = new QStackedWidget(right);
    d->html = new SealedBrowser(d->body);
    d->html->setObjectName(QStringLiteral("templatePreview.html"));
    d->html->setAccessibleName(tr("The mail as the customer sees it"));
    // Mail is written for white paper, whatever the theme of this program.
    d->html->setStyleSheet(QStringLiteral("QTextBrowser { background: #ffffff; color: #18181b; }"));
    d->text = new QPlainTextEdit(d->body);
    d->text->setObjectName(QStringLiteral("templatePreview.text"));
    d->text->setAccessibleName(tr("The mail as plain text"));
    d->text->setReadOnly(true);
    d->text->setTabChangesFocus(true);
    d->text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    d->body->addWidget(d->html);
    d->body->addWidget(d->text);
    column->addWidget(d->body, 1);
    d->stack->addWidget(right);
    row->addWidget(d->stack, 1);
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(space::xl, 0, space::xl, space::l);
    buttons->addStretch(1);
    auto *close = new widgets::SecondaryButton(tr("Close"), QStringLiteral("templatePreview.close"), this);
    buttons->addWidget(close);
    outer->addLayout(buttons);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    setFocusProxy(d->kinds);
}

void TemplatePreviewDialog::load()
{
    d->failed = false;
    d->stack->setCurrentIndex(0);
    d->empty->showLoading(tr("templates"));
    const ports::CallContext call = d->newCall();
    ports::whenDone(d->service.templates(call), this,
                    [this, call](const domain::Result<QList<ports::EmailTemplate>> &result) {
                        if (!result) {
                            fail(result.error(), call.requestId);
                            return;
                        }
                        for (const ports::EmailTemplate &one : *result) {
                            auto *item = new QListWidgetItem(one.kind, d->kinds);
                            item->setToolTip(one.subject);
                            item->setSizeHint(QSize(0, 32));
                        }
                        if (result->isEmpty()) {
                            d->failed = true;
                            d->empty->showNothingYet(tr("No templates"), tr("This connection sends no mail."));
                            return;
                        }
                        select(d->wanted);
                    });
}

void TemplatePreviewDialog::select(const QString &kind)
{
    d->wanted = kind;
    if (d->kinds->count() == 0)
        return;
    const QList<QListWidgetItem *> found = d->kinds->findItems(kind, Qt::MatchExactly);
    d->kinds->setCurrentItem(found.isEmpty() ? d->kinds->item(0) : found.first());
}

void TemplatePreviewDialog::loadPreview()
{
    const QListWidgetItem *item = d->kinds->currentItem();
    if (!item)
        return;
    d->failed = false;
    d->wanted = item->text();
    const quint64 generation = ++d->generation;
    const ports::CallContext call = d->newCall();
    ports::whenDone(d->service.preview(call, d->wanted), this,
                    [this, call, generation](const domain::Result<ports::EmailPreview> &result) {
                        if (generation != d->generation)
                            return;
                        if (!result) {
                            fail(result.error(), call.requestId);
                            return;
                        }
                        d->shown = result->kind;
                        d->subject->setText(result->subject);
                        d->html->setHtml(result->html);
                        d->text->setPlainText(result->text);
                        d->stack->setCurrentIndex(1);
                    });
}

void TemplatePreviewDialog::fail(const domain::Error &error, const QString &requestId)
{
    d->failed = true;
    d->stack->setCurrentIndex(0);
    d->empty->showFailed(tr("The preview"), errorText(error), requestId);
}

bool TemplatePreviewDialog::settled() const
{
    return d->failed || (!d->shown.isEmpty() && d->shown == d->wanted);
}

} // namespace dialogs
