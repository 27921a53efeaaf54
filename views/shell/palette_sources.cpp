#include "views/shell/palette_sources.h"

#include "models/domain/format.h"
#include "services/ports/backend.h"
#include "services/ports/when_done.h"
#include "views/shell/deep_link.h"
#include "views/shell/fuzzy.h"
#include "views/shell/pinned_views.h"
#include "views/shell/screens.h"
#include "views/widgets/badge.h"

#include <QRegularExpression>

namespace shell {

PastedKind sniffPasted(const QString &text)
{
    static const QRegularExpression email(QStringLiteral("^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$"));
    static const QRegularExpression messageId(QStringLiteral("^<[^\\s<>@]+@[^\\s<>@]+>$"));
    static const QRegularExpression provider(QStringLiteral("^(sub|pay|cust|inv|order|plan)_[A-Za-z0-9]{4,}$"));
    const QString t = text.trimmed();
    if (t.startsWith(QLatin1StringView("console://")))
        return PastedKind::DeepLink;
    if (domain::TeamId::parse(t))
        return PastedKind::Uuid;
    if (messageId.match(t).hasMatch())
        return PastedKind::MessageId;
    if (email.match(t).hasMatch())
        return PastedKind::Email;
    if (provider.match(t).hasMatch())
        return PastedKind::ProviderId;
    return PastedKind::None;
}

PaletteSources::PaletteSources(pages::PageHost &host, Palette &palette, const KeyBindings &keys, QObject *parent)
    : QObject(parent)
    , m_host(host)
    , m_palette(palette)
    , m_keys(keys)
{
    connect(&palette, &Palette::queryChanged, this, &PaletteSources::search);
}

namespace {

/// Page actions name no icon of their own; the verb in their id does.
QString iconOfAction(const QString &id)
{
    static const QList<std::pair<QString, QString>> byVerb{
        {QStringLiteral("export"), QStringLiteral("export")},  {QStringLiteral("tier"), QStringLiteral("tier")},
        {QStringLiteral("note"), QStringLiteral("note")},      {QStringLiteral("view"), QStringLiteral("view")},
        {QStringLiteral("undo"), QStringLiteral("undo")},      {QStringLiteral("open"), QStringLiteral("open")},
        {QStringLiteral("copy"), QStringLiteral("copy")},      {QStringLiteral("refresh"), QStringLiteral("refresh")},
        {QStringLiteral("check"), QStringLiteral("refresh")},  {QStringLiteral("follow"), QStringLiteral("play")},
        {QStringLiteral("filter"), QStringLiteral("filter")},  {QStringLiteral("column"), QStringLiteral("columns")},
        {QStringLiteral("link"), QStringLiteral("link")},      {QStringLiteral("faults"), QStringLiteral("warning")},
        {QStringLiteral("inspector"), QStringLiteral("info")}, {QStringLiteral("resend"), QStringLiteral("mail")},
        {QStringLiteral("repair"), QStringLiteral("refresh")}, {QStringLiteral("replay"), QStringLiteral("refresh")}};
    for (const auto &[verb, name] : byVerb) {
        if (id.contains(verb, Qt::CaseInsensitive))
            return name;
    }
    return QStringLiteral("sparkle");
}

} // namespace

QList<PaletteEntry> PaletteSources::entries(const QList<pages::PageAction> &pageActions,
                                            const QList<PaletteEntry> &commands) const
{
    QList<PaletteEntry> all;
    for (const pages::PageAction &a : pageActions) {
        all.append({a.id,
                    a.text,
                    {},
                    iconOfAction(a.id),
                    keyText(QKeySequence(a.keys, QKeySequence::PortableText)),
                    tr("This page"),
                    a.enabled                 ? QString()
                    : a.whyDisabled.isEmpty() ? tr("not available now")
                                              : a.whyDisabled,
                    a.trigger});
    }
    for (const Screen &s : screens()) {
        all.append({QStringLiteral("go.") + s.key,
                    s.title,
                    {},
                    s.icon,
                    m_keys.text(QStringLiteral("go.") + s.key),
                    tr("Screens"),
                    {},
                    [this, key = s.key] {
                        m_host.open({key, {}, {}});
                    }});
    }
    return all + commands;
}

pages::Location PaletteSources::list(const QString &screen, const QString &query) const
{
    pages::Location location{screen, {}, {}};
    location.query.addQueryItem(QStringLiteral("q"), query);
    return location;
}

void PaletteSources::search(const QString &query, quint64 generation)
{
    if (query.isEmpty())
        return;
    sniff(query, generation);
    if (m_host.permissions().testFlag(domain::Permission::ViewCustomers) && query.size() >= 2)
        searchCustomers(query, generation);
    searchViews(query, generation);
}

void PaletteSources::searchCustomers(const QString &query, quint64 generation)
{
    ports::CustomerQuery ask;
    ask.filter.q = query;
    ask.limit = 8;
    ports::whenDone(
        m_host.backend().customers().list(m_host.newCall(), ask), this,
        [this, generation, query](const domain::Result<ports::Page<ports::CustomerRow>> &answer) {
            if (!answer)
                return; // the palette still has everything else; pages show what is wrong with the connection
            QList<PaletteEntry> found;
            for (const ports::CustomerRow &row : answer->rows) {
                const QString name = row.name.isEmpty() ? row.primaryEmail : row.name;
                const QString id = row.id.toString();
                found.append({QStringLiteral("customer.") + id,
                              name.isEmpty() ? id : name,
                              widgets::tierLabel(row.tier) + QStringLiteral(" · ") + row.primaryEmail,
                              QStringLiteral("customer"),
                              {},
                              tr("Customers"),
                              {},
                              [this, id] {
                                  m_host.open({QStringLiteral("customer"), id, {}});
                              }});
            }
            if (answer->total.value_or(0) > found.size()) {
                found.append({QStringLiteral("customers.all"),
                              tr("All %1 customers that match").arg(domain::countText(*answer->total)),
                              {},
                              QStringLiteral("customers"),
                              {},
                              tr("Customers"),
                              {},
                              [this, query] { m_host.open(list(QStringLiteral("customers"), query)); }});
            }
            m_palette.addResults(generation, QStringLiteral("customers"), found);
        });
}

void PaletteSources::searchViews(const QString &query, quint64 generation)
{
    for (const QString &screen : screensWithViews()) {
        ports::whenDone(m_host.backend().views().views(m_host.newCall(), screen), this,
                        [this, generation, query, screen](const domain::Result<QList<ports::SavedView>> &answer) {
                            if (!answer)
                                return;
                            QList<PaletteEntry> found;
                            for (const ports::SavedView &view : *answer) {
                                if (fuzzyScore(query, view.name) < 0)
                                    continue;
                                const pages::Location target = locationOf(view);
                                found.append({QStringLiteral("view.") + view.id.toString(),
                                              view.name,
                                              view.query,
                                              QStringLiteral("view"),
                                              {},
                                              tr("Views"),
                                              {},
                                              [this, target] { m_host.open(target); }});
                            }
                            m_palette.addResults(generation, QStringLiteral("views.") + screen, found);
                        });
    }
}

void PaletteSources::sniff(const QString &query, quint64 generation)
{
    const QString group = tr("Pasted id");
    QList<PaletteEntry> found;
    const auto audit = [&](const QString &text) {
        found.append({QStringLiteral("pasted.audit"),
                      tr("Find %1 in the audit log").arg(text),
                      {},
                      QStringLiteral("audit"),
                      {},
                      group,
                      {},
                      [this, text] { m_host.open(list(QStringLiteral("audit"), text)); }});
    };
    const auto mail = [&](const QString &field, const QString &title) {
        const QString text = QStringLiteral("%1:\"%2\" window:90d").arg(field, query.trimmed());
        found.append({QStringLiteral("pasted.email"),
                      title,
                      {},
                      QStringLiteral("mail"),
                      {},
                      group,
                      m_host.permissions().testFlag(domain::Permission::ViewEmail) ? QString()
                                                                                   : tr("your role does not see mail"),
                      [this, text] { m_host.open(list(QStringLiteral("email"), text)); }});
    };
    switch (sniffPasted(query)) {
    case PastedKind::None:
        return;
    case PastedKind::DeepLink:
        if (const auto link = parseDeepLink(query)) {
            const bool here = link->profile == m_host.profileName();
            found.append({QStringLiteral("pasted.link"),
                          tr("Open this link"),
                          link->location.screen,
                          QStringLiteral("link"),
                          {},
                          group,
                          here ? QString() : tr("belongs to the connection “%1”").arg(link->profile),
                          [this, location = link->location] { m_host.open(location); }});
        }
        break;
    case PastedKind::MessageId:
        mail(QStringLiteral("msgid"), tr("Find the message %1").arg(query));
        break;
    case PastedKind::Uuid:
    case PastedKind::Email:
        if (sniffPasted(query) == PastedKind::Email)
            mail(QStringLiteral("to"), tr("Mail to %1").arg(query));
        found.append({QStringLiteral("pasted.customers"),
                      tr("Customers with %1").arg(query),
                      {},
                      QStringLiteral("customers"),
                      {},
                      group,
                      {},
                      [this, query] { m_host.open(list(QStringLiteral("customers"), query)); }});
        audit(query);
        break;
    case PastedKind::ProviderId:
        audit(query);
        break;
    }
    m_palette.addResults(generation, QStringLiteral("pasted"), found);
}

} // namespace shell
