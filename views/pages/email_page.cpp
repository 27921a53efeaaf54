#include "views/pages/email_page.h"

#include "models/domain/audit_kind_names.h"
#include "models/domain/format.h"
#include "models/items/message_table_model.h"
#include "models/items/query_terms.h"
#include "services/ports/backend.h"
#include "views/pages/email_cells.h"
#include "views/pages/email_charts.h"
#include "views/pages/email_inspector.h"
#include "views/pages/email_menus.h"
#include "views/pages/email_notices.h"
#include "views/pages/email_tiles.h"
#include "views/pages/email_words.h"
#include "views/pages/outcome_card.h"
#include "views/pages/query_bar.h"
#include "views/widgets/data_table.h"
#include "views/widgets/segment_control.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace pages {

namespace {
using Model = items::MessageTableModel;

ListSpec spec()
{
    return {.screen = QStringLiteral("email"),
            .title = EmailPage::tr("E-mail delivery"),
            .placeholder = EmailPage::tr("Reason or recipient; outcome:blocked  domain:"),
            .changeKind = QStringLiteral("email"),
            .one = EmailPage::tr("message"),
            .many = EmailPage::tr("messages"),
            .whole = EmailPage::tr("The ledger of sent mail"),
            .nothingYet = EmailPage::tr("No mail in the last 7 days"),
            .howToGetSome = EmailPage::tr("The forwarder of a headless server writes a row for every audit entry of a "
                                          "mailed kind. Older mail is behind a longer window above."),
            .selectFirst = EmailPage::tr("Select a message first"),
            .tableLeastHeight = 264};
}
} // namespace

EmailPage::EmailPage(PageHost &host, QWidget *parent)
    : ListPage(host, spec(), parent)
    , m_model(new Model(host.backend().email(), calls(), this))
    , m_inspector(new EmailInspector(host, this))
    , m_loader(new EmailLoader(host, this))
{
    setList(m_model, m_inspector,
            {{Model::Accepted, secondsTimeWidth(), new SentTimeDelegate(this)},
             {Model::To, 184},
             {Model::Template, 184},
             {Model::Outcome, 172, new OutcomeDelegate(this)},
             {Model::Reason, -1, new QuietWhenWellDelegate(this)},
             {Model::Attempts, 76},
             {Model::Latency, 84, new QuietWhenWellDelegate(this)},
             {Model::Customer, 150}});
    setFilters(emailFilters());
    setColumnsMenu(Model::Reason, {Model::Attempts, Model::Customer, Model::Template});
    buildWindow();
    buildAbove();
    orderKeys();
    connectInspector();
    connect(m_loader, &EmailLoader::changed, this, &EmailPage::drawAside);
    showInspector(false); // the charts need the room; Enter opens it
}

void EmailPage::buildWindow()
{
    m_window = new widgets::SegmentControl(QStringLiteral("email.window"), tr("How far back"), this);
    for (const items::EmailWindow &window : items::emailWindows())
        m_window->addChoice(window.key, window.title, tr("The last %1").arg(window.words));
    query().trailing()->insertWidget(0, m_window);
    connect(m_window, &widgets::SegmentControl::chosen, this, &EmailPage::pickWindow);
}

void EmailPage::buildAbove()
{
    using widgets::space::m;
    using widgets::space::xl;
    auto *above = new QWidget(this);
    auto *column = new QVBoxLayout(above);
    column->setContentsMargins(xl, m, xl, m);
    column->setSpacing(m);
    m_notices = new widgets::NoticeBar(QStringLiteral("email.notices"), above);
    m_tiles = new EmailTiles(above);
    m_charts = new EmailCharts(above);
    m_outcomes = new OutcomeCard(QStringLiteral("email.outcomes"), above);
    for (QWidget *part : {static_cast<QWidget *>(m_notices), static_cast<QWidget *>(m_tiles),
                          static_cast<QWidget *>(m_charts), static_cast<QWidget *>(m_outcomes)})
        column->addWidget(part);
    addAboveTable(above);
    connect(m_notices, &widgets::NoticeBar::actionRequested, this, &EmailPage::noticeAction);
    connect(m_tiles, &EmailTiles::filterRequested, &query(), &QueryBar::setField);
    connect(m_outcomes->bar(), &charts::SegmentBar::segmentClicked, this, &EmailPage::pickOutcome);
    connect(m_charts, &EmailCharts::rangeRequested, this, &EmailPage::pickRange);
    connect(m_charts, &EmailCharts::cellRequested, this, &EmailPage::pickCell);
}

/// Keys go from one widget to the next in the order in which they came; these came last and stand in the middle.
void EmailPage::orderKeys()
{
    const auto follow = [](QWidget *before, const QWidget *parent) {
        for (QWidget *child : parent->findChildren<QWidget *>()) {
            if (child->focusPolicy() == Qt::NoFocus || child->objectName().isEmpty() || child->isWindow())
                continue;
            setTabOrder(before, child);
            before = child;
        }
    };
    follow(query().findChild<QWidget *>(QStringLiteral("email.filter")), m_window);
    follow(query().findChild<QWidget *>(QStringLiteral("email.columns")), m_notices->parentWidget());
}

void EmailPage::connectInspector()
{
    connect(m_inspector, &EmailInspector::liftRequested, this, &EmailPage::lift);
    connect(m_inspector, &EmailInspector::resendRequested, this, &EmailPage::resend);
    connect(m_inspector, &EmailInspector::customerRequested, this,
            [this](const QString &id) { openList(QStringLiteral("customer"), id, {}); });
    connect(m_inspector, &EmailInspector::auditRequested, this,
            [this](const QString &id) { openList(QStringLiteral("audit"), {}, id); });
    connect(m_inspector, &EmailInspector::webhookRequested, this,
            [this](const QString &id) { openList(QStringLiteral("webhooks"), id, {}); });
}

void EmailPage::openList(const QString &screen, const QString &id, const QString &text)
{
    Location location{screen, id, {}};
    if (!text.isEmpty())
        location.query.addQueryItem(QStringLiteral("q"), text);
    host().open(location);
}

void EmailPage::inspect()
{
    m_inspector->setMessage(m_model->valueAt(table().currentIndex()));
}

ExportControl::Start EmailPage::exporter() const
{
    return [this, filter = m_model->filter()](const dialogs::ExportTarget &target, QObject *parent) {
        return new dialogs::MessageExportJob(host().backend().email(), host().newCall(), filter, target, parent);
    };
}

void EmailPage::loadAside()
{
    m_loader->load(m_model->filter(), items::emailWindowOf(query().query()));
    drawAside();
}

QString EmailPage::rangeTitle() const
{
    const ports::MessageFilter &filter = m_model->filter();
    const QString text = query().query();
    const bool byDates = text.contains(QLatin1StringView("after:")) || text.contains(QLatin1StringView("before:"));
    if (!byDates)
        return items::emailWindowOf(text).title;
    const QTimeZone zone = host().timeZone();
    const auto day = [&zone](const QDateTime &at) {
        return at.toTimeZone(zone).toString(at.toTimeZone(zone).time() == QTime(0, 0) ? QStringLiteral("d MMM")
                                                                                      : QStringLiteral("d MMM HH:mm"));
    };
    if (filter.from && filter.until)
        return day(*filter.from) + QStringLiteral(" – ") + day(*filter.until);
    return filter.from ? tr("since %1").arg(day(*filter.from)) : tr("until %1").arg(day(*filter.until));
}

void EmailPage::drawAside()
{
    const QString text = query().query();
    const items::EmailWindow &window = items::emailWindowOf(text);
    const ports::MessageFilter &filter = m_model->filter();
    const EmailFigures &shown = m_loader->shown();
    const QString range = rangeTitle();
    m_window->setCurrent(range == window.title ? window.key : QString());
    const QString words = items::queryInWords(text, query().fields());
    m_tiles->setFigures(shown, range, words.isEmpty() ? tr("all mail of the last %1").arg(window.words) : words,
                        host().timeZone());
    m_charts->setFigures(shown, filter, window);
    const domain::OutcomeCounts counts = shown.figures ? shown.figures->counts : domain::OutcomeCounts();
    m_outcomes->bar()->setSegments(outcomeSegments(counts), tr("messages"), tr("accepted messages"));
    m_outcomes->bar()->setSelected(filter.outcomes);
    const QList<widgets::Notice> notices = emailNotices(shown, QDateTime::currentDateTimeUtc());
    const bool others = notices != m_notices->notices();
    m_notices->setNotices(notices);
    if (others)
        orderKeys();
    Q_EMIT chromeChanged();
}

void EmailPage::permissionsChanged()
{
    m_inspector->updatePermissions();
}

/// A second click on the only chosen outcome takes it back.
void EmailPage::pickOutcome(const QString &outcome)
{
    const bool again = m_model->filter().outcomes == QStringList{outcome};
    query().setField(QStringLiteral("outcome"), again ? QString() : QStringLiteral("outcome:") + outcome);
}

void EmailPage::pickRange(const QDateTime &from, const QDateTime &until)
{
    const QTimeZone zone = host().timeZone();
    QString text = query().query();
    text = items::withField(text, QStringLiteral("before"),
                            QStringLiteral("before:\"%1\"").arg(items::timeValue(until, zone)), query().fields());
    text = items::withField(text, QStringLiteral("after"),
                            QStringLiteral("after:\"%1\"").arg(items::timeValue(from, zone)), query().fields());
    query().setQuery(text);
}

void EmailPage::pickCell(const QString &templateKind, const QString &domain)
{
    const auto term = [](const char *field, const QString &value) {
        return value.isEmpty() ? QString() : QLatin1StringView(field) + QStringLiteral(":\"%1\"").arg(value);
    };
    const ports::MessageFilter &filter = m_model->filter();
    const bool again = filter.domain == domain && filter.templates == QStringList{templateKind};
    QString text = items::withField(query().query(), QStringLiteral("domain"),
                                    again ? QString() : term("domain", domain), query().fields());
    text = items::withField(text, QStringLiteral("template"), again ? QString() : term("template", templateKind),
                            query().fields());
    query().setQuery(text);
}

/// A window replaces dates; the default one needs no words.
void EmailPage::pickWindow(const QString &key)
{
    QString text = query().query();
    for (const char *field : {"after", "before", "window"})
        text = items::withField(text, QString::fromLatin1(field), {}, query().fields());
    if (key != items::defaultEmailWindow().key)
        text = items::withField(text, QStringLiteral("window"), QStringLiteral("window:") + key, query().fields());
    if (!query().setQuery(text) || text == query().query())
        drawAside();
}

void EmailPage::noticeAction(const QString &key)
{
    if (key == QLatin1StringView("failed"))
        refresh();
    else if (key == QLatin1StringView("forwarder"))
        query().setQuery(QStringLiteral("class:intended window:90d"));
    else if (key == QLatin1StringView("refused"))
        openList(QStringLiteral("audit"), {}, QStringLiteral("kind:%1").arg(domain::kinds::webhookBrevoUnauthorized));
    else
        openList(QStringLiteral("webhooks"), {},
                 key == QLatin1StringView("parked") ? QStringLiteral("outcome:unmatched") : QString());
}

bool EmailPage::settled() const
{
    return ListPage::settled() && !m_loader->isBusy() && m_inspector->isSettled();
}

QString EmailPage::status() const
{
    const auto &figures = m_loader->shown().figures;
    if (!figures)
        return ListPage::status();
    QString text = tr("%1&nbsp;&nbsp;&nbsp; <b>%2</b> accepted in %3&nbsp;&nbsp;&nbsp; settled <b>%4</b>")
                       .arg(ListPage::status(), domain::countText(figures->counts.accepted()), rangeTitle(),
                            ratioText(domain::settledRatio(figures->counts)));
    for (const auto &[count, what] :
         {std::pair{figures->waiting, tr("waiting")}, std::pair{figures->suppressed, tr("suppressed")},
          std::pair{figures->expired, tr("expired")}, std::pair{figures->noRecipient, tr("without recipient")}})
        if (count > 0)
            text += tr("&nbsp;&nbsp;&nbsp; <b>%1</b> %2").arg(domain::countText(count), what);
    return text;
}

} // namespace pages
