#include "views/pages/webhooks_page.h"

#include "models/domain/delivery_health.h"
#include "models/domain/format.h"
#include "models/domain/list_query.h"
#include "models/items/roles.h"
#include "models/items/webhook_table_model.h"
#include "services/ports/backend.h"
#include "services/ports/when_done.h"
#include "views/pages/page_parts.h"
#include "views/pages/query_bar.h"
#include "views/pages/receiver_strip.h"
#include "views/pages/replay_sheet.h"
#include "views/pages/webhook_cells.h"
#include "views/pages/webhook_inspector.h"
#include "views/pages/webhooks_menus.h"
#include "views/widgets/data_table.h"

namespace pages {

namespace {
using Model = items::WebhookTableModel;

ListSpec spec()
{
    return {.screen = QStringLiteral("webhooks"),
            .title = WebhooksPage::tr("Webhook inbox"),
            .placeholder = WebhooksPage::tr("Text in the body; outcome:failed  event:blocked  payload.email:"),
            .changeKind = QStringLiteral("webhook"),
            .one = WebhooksPage::tr("webhook"),
            .many = WebhooksPage::tr("webhooks"),
            .whole = WebhooksPage::tr("The webhook inbox"),
            .nothingYet = WebhooksPage::tr("No webhooks yet"),
            .howToGetSome = WebhooksPage::tr(
                "In Brevo, under Transactional › Settings › Webhook, add https://<this server>/webhooks/brevo/<secret> "
                "with the secret of this server's configuration, and tick every event. The first call appears here."),
            .selectFirst = WebhooksPage::tr("Select a webhook first"),
            .exports = false};
}

widgets::Tone outcomeTone(const QModelIndex &index)
{
    const auto outcome = ports::parseWebhookOutcome(index.data(items::StateRole).toString());
    return outcome ? webhookOutcomeTone(*outcome) : widgets::Tone::Neutral;
}
} // namespace

/// The strip is drawn when both answers are there, so that silence is never judged without knowing what was sent.
struct WebhooksPage::Aside {
    std::optional<QList<ports::WebhookReceiver>> receivers;
    std::optional<qint64> accepted;
    int open = 2;
};

WebhooksPage::WebhooksPage(PageHost &host, QWidget *parent)
    : ListPage(host, spec(), parent)
    , m_model(new Model(host.backend().webhooks(), calls(), this))
    , m_inspector(new WebhookInspector(host, this))
    , m_strip(new ReceiverStrip(this))
{
    setList(m_model, m_inspector, columns());
    setFilters(webhookFilters());
    setColumnsMenu(Model::Message, {Model::Size, Model::Processing, Model::Changed});
    addAboveQuery(m_strip);
    connect(m_strip, &ReceiverStrip::queryRequested, &query(), &QueryBar::setQuery);
    connect(m_inspector, &WebhookInspector::replayRequested, this, &WebhooksPage::replay);
    connect(m_inspector, &WebhookInspector::webhookRequested, this, &WebhooksPage::showWebhook);
    connect(m_inspector, &WebhookInspector::changed, this, &Page::chromeChanged);
    connect(m_inspector, &WebhookInspector::teamRequested, this, [this](const QString &id) {
        this->host().open({QStringLiteral("customer"), id, {}});
    });
    connect(m_inspector, &WebhookInspector::messageRequested, this, [this](const QString &id) {
        Location email{QStringLiteral("email"), {}, {}};
        // The screen looks a week back by itself; a message of long ago has webhooks as well.
        email.query.addQueryItem(
            QStringLiteral("q"),
            domain::printQuery({{QStringLiteral("msgid"), domain::QueryOp::Is, {id}, false},
                                {QStringLiteral("after"), domain::QueryOp::Is, {QStringLiteral("1y")}, false}}));
        this->host().open(email);
    });
}

QList<ListColumn> WebhooksPage::columns()
{
    using namespace widgets;
    return {{Model::Received, exactTimeWidth()},
            {Model::Provider, 128},
            {Model::Event, 104},
            {Model::Message, 240, new TwoTextDelegate(items::SecondaryRole, this)},
            {Model::Signature, 96, new SignatureDelegate(this)},
            {Model::Duplicate, 52, new IconDelegate(items::IconRole, this)},
            {Model::Outcome, 106, new BadgeDelegate(outcomeTone, this)},
            {Model::Changed, 76},
            {Model::Processing, 90},
            {Model::Size, 76}};
}

Location WebhooksPage::location() const
{
    Location location = ListPage::location();
    if (m_wanted)
        location.id = m_wanted->toString();
    return location;
}

void WebhooksPage::show(const Location &location)
{
    m_wanted = domain::WebhookId::parse(location.id);
    m_rowBeside = ListPage::currentId();
    ListPage::show(location);
    if (m_wanted) {
        showInspector(true);
        m_inspector->setId(*m_wanted);
    }
}

QString WebhooksPage::currentId() const
{
    return m_wanted ? m_wanted->toString() : ListPage::currentId();
}

bool WebhooksPage::settled() const
{
    return ListPage::settled() && !m_aside;
}

void WebhooksPage::inspect()
{
    const QString row = ListPage::currentId();
    if (m_wanted && (row == m_rowBeside || m_rowBeside.isEmpty())) {
        m_rowBeside = row;
        return; // the first row of a fresh list is no choice of the operator's
    }
    m_wanted.reset();
    m_inspector->setWebhook(m_model->valueAt(table().currentIndex()));
}

void WebhooksPage::showWebhook(domain::WebhookId id)
{
    if (const int row = m_model->rowOfId(id.toString()); row >= 0) {
        m_wanted.reset();
        table().selectRow(row);
        table().scrollTo(m_model->index(row, 0));
        return;
    }
    m_wanted = id;
    m_rowBeside = ListPage::currentId();
    m_inspector->setId(id);
    Q_EMIT locationChanged();
}

void WebhooksPage::replay()
{
    const auto row = m_inspector->shown();
    if (!row || !whyNot(host(), domain::Permission::ManageEmail).isEmpty())
        return;
    auto *sheet = new ReplaySheet(host().backend().webhooks(), calls(), *row, this);
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    connect(sheet, &ReplaySheet::replayed, this, [this](const ports::WebhookReplay &result) {
        host().toast({Toast::Kind::Good,
                      result.effects.isEmpty()
                          ? tr("Replayed: nothing was left to change")
                          : tr("Replayed: %1").arg(domain::plural(result.effects.size(), tr("change"), tr("changes"))),
                      {},
                      {}});
        if (m_wanted)
            m_inspector->setId(*m_wanted);
    });
    sheet->open();
}

QList<PageAction> WebhooksPage::ownActions() const
{
    auto *self = const_cast<WebhooksPage *>(this);
    return {guarded(QStringLiteral("replay"), tr("Replay…"), QStringLiteral("Ctrl+Shift+R"),
                    domain::Permission::ManageEmail, Needs::Row, [self] { self->replay(); }),
            guarded(QStringLiteral("copyCurl"), tr("Copy as curl"), QStringLiteral("Ctrl+Shift+U"),
                    domain::Permission::ViewEmail, Needs::Row, [self] { self->m_inspector->copyCurl(); }),
            guarded(QStringLiteral("copyBody"), tr("Copy body"), QStringLiteral("Ctrl+Shift+B"),
                    domain::Permission::ViewEmail, Needs::Row, [self] { self->m_inspector->copyBody(); })};
}

void WebhooksPage::permissionsChanged()
{
    m_inspector->updatePermissions();
}

void WebhooksPage::loadAside()
{
    const quint64 generation = ++m_asideGeneration;
    auto aside = std::make_shared<Aside>();
    m_aside = aside;
    const auto done = [this, generation, aside] {
        if (--aside->open > 0 || generation != m_asideGeneration)
            return;
        drawStrip();
        m_aside.reset();
        Q_EMIT chromeChanged();
    };
    ports::whenDone(host().backend().webhooks().receivers(host().newCall()), this,
                    [aside, done](const domain::Result<QList<ports::WebhookReceiver>> &result) {
                        if (result)
                            aside->receivers = *result;
                        done();
                    });
    const QDateTime now = QDateTime::currentDateTimeUtc();
    ports::MessageFilter sent;
    sent.from = now.addSecs(-domain::receiverSilentSeconds);
    sent.until = now.addSecs(-domain::firstEventSeconds);
    sent.providers = {QStringLiteral("brevo")};
    ports::whenDone(host().backend().email().figures(host().newCall(), sent), this,
                    [aside, done](const domain::Result<ports::DeliveryFigures> &result) {
                        if (result)
                            aside->accepted = result->counts.accepted();
                        done();
                    });
}

void WebhooksPage::drawStrip()
{
    if (m_aside->receivers) // else the last answer stays: the list below says what is wrong with the connection
        m_strip->setReceivers(*m_aside->receivers, m_aside->accepted, QDateTime::currentDateTimeUtc());
}

} // namespace pages
