#include "views/dialogs/tier_change_dialog.h"

#include "models/domain/format.h"
#include "models/domain/tier.h"
#include "services/ports/when_done.h"
#include "views/dialogs/error_text.h"
#include "views/widgets/buttons.h"
#include "views/widgets/text.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace dialogs {

namespace {
using Effect = widgets::ReviewSheet::Effect;

QString quotaText(const ports::ResourceUsage &usage)
{
    const bool counted = usage.type == QLatin1StringView("webhook");
    if (usage.limit == 0)
        return counted ? QStringLiteral("%1 stored requests; the new tier has none").arg(domain::countText(usage.used))
                       : QStringLiteral("%1 used; the new tier has none").arg(domain::bytesText(usage.used));
    return counted ? QStringLiteral("%1 of %2 stored requests")
                         .arg(domain::countText(usage.used), domain::countText(usage.limit))
                   : QStringLiteral("%1 used of %2").arg(domain::bytesText(usage.used), domain::bytesText(usage.limit));
}

QString titleCase(const QString &tier)
{
    QStringList words = domain::wordText(tier).split(QLatin1Char(' '));
    for (QString &word : words)
        if (!word.isEmpty())
            word[0] = word.at(0).toUpper();
    return words.join(QLatin1Char(' '));
}

/// What the customer reads in the subject, not how the audit log calls it.
QString mailName(const QString &kind)
{
    if (kind == QLatin1StringView("admin.tier_changed"))
        return QStringLiteral("tier changed");
    if (kind == QLatin1StringView("subscription.canceled_by_admin"))
        return QStringLiteral("subscription cancelled");
    return domain::wordText(kind.section(QLatin1Char('.'), -1));
}

QString mailsText(const QStringList &kinds)
{
    if (kinds.isEmpty())
        return QStringLiteral("no e-mail");
    QStringList names;
    for (const QString &kind : kinds)
        names << mailName(kind);
    return QStringLiteral("%1: %2").arg(
        domain::plural(kinds.size(), QStringLiteral("e-mail"), QStringLiteral("e-mails")),
        names.join(QStringLiteral(", ")));
}

QList<Effect> effectsOf(const ports::TierChangePreview &p)
{
    QList<Effect> effects;
    const qint64 delta = p.mrrAfterCents - p.mrrBeforeCents;
    effects << Effect{
        QStringLiteral("MRR, list price"),
        QStringLiteral("%1 → %2").arg(domain::moneyText(p.mrrBeforeCents), domain::moneyText(p.mrrAfterCents)),
        delta < 0   ? widgets::Tone::Warning
        : delta > 0 ? widgets::Tone::Good
                    : widgets::Tone::Neutral};
    if (p.direction > 0) {
        const bool any = p.resourcesElevated + p.deploymentsElevated > 0;
        effects << Effect{
            QStringLiteral("Moves along"),
            any ? QStringLiteral("%1, %2; no expiry")
                      .arg(domain::plural(p.resourcesElevated, QStringLiteral("resource"), QStringLiteral("resources")),
                           domain::plural(p.deploymentsElevated, QStringLiteral("deployment"),
                                          QStringLiteral("deployments")))
                : QStringLiteral("nothing: no live resource"),
            widgets::Tone::Neutral};
    } else {
        effects << Effect{QStringLiteral("Resources"),
                          QStringLiteral("existing ones keep their tier, new ones take the lower one"),
                          widgets::Tone::Neutral};
    }
    for (const ports::ResourceUsage &usage : p.overQuota)
        effects << Effect{QStringLiteral("Over quota: ") + domain::resourceTypeText(usage.type), quotaText(usage),
                          widgets::Tone::Bad};
    if (!p.subscriptionId.isEmpty())
        effects << Effect{
            QStringLiteral("Subscription"),
            QStringLiteral("%1 stays live at the payment provider: cancel it there").arg(p.subscriptionId),
            widgets::Tone::Warning};
    effects << Effect{QStringLiteral("The customer gets"), mailsText(p.emails), widgets::Tone::Neutral};
    return effects;
}
} // namespace

TierChangeDialog::TierChangeDialog(ports::CustomerService &service, NewCall newCall, const ports::CustomerRow &customer,
                                   QWidget *parent)
    : ReviewSheet(QStringLiteral("tierChange"), parent)
    , m_service(service)
    , m_newCall(std::move(newCall))
    , m_customer(customer)
    , m_tiers(new QButtonGroup(this))
    , m_state(widgets::makeLabel({}, widgets::TextRole::Small12, 400, widgets::Ink::Second, this))
{
    setWindowTitle(QStringLiteral("Change tier of %1").arg(customerName()));
    setObject(QStringLiteral("Change tier of %1").arg(customerName()),
              QStringLiteral("Now on %1 · list price %2 a month")
                  .arg(titleCase(customer.tier), domain::moneyText(customer.mrrListCents)));
    setReasonRequired(true, static_cast<int>(domain::maxReasonChars));
    buildPicker();
    m_state->setObjectName(QStringLiteral("tierChange.state"));
    m_state->setWordWrap(true);
    body()->addWidget(m_state);
    connect(this, &ReviewSheet::committed, this, &TierChangeDialog::commit);
    setVerb(QStringLiteral("Change tier"));
    block();
}

QString TierChangeDialog::customerName() const
{
    if (!m_customer.name.isEmpty())
        return m_customer.name;
    return m_customer.primaryEmail.isEmpty() ? domain::shortId(m_customer.id.toString()) : m_customer.primaryEmail;
}

void TierChangeDialog::buildPicker()
{
    auto *row = new QHBoxLayout;
    row->setSpacing(widgets::space::s);
    m_tiers->setExclusive(true);
    for (const domain::Tier tier : domain::allTiers()) {
        if (!domain::isAdminSettable(tier))
            continue;
        const QString name = domain::tierName(tier);
        auto *button = new widgets::SecondaryButton(titleCase(name), QStringLiteral("tierChange.tier.") + name, this);
        button->setCheckable(true);
        button->setAutoDefault(false);
        button->setAccessibleName(QStringLiteral("Change tier, to %1").arg(titleCase(name)));
        if (name == m_customer.tier)
            widgets::setWhyDisabled(button, QStringLiteral("The customer is on this tier"));
        m_tiers->addButton(button);
        connect(button, &QPushButton::clicked, this, [this, name] { pick(name); });
        row->addWidget(button);
    }
    row->addStretch(1);
    body()->addLayout(row);
}

void TierChangeDialog::pick(const QString &tier)
{
    if (m_step == Step::Committing || m_step == Step::Done)
        return;
    m_tier = tier;
    for (QAbstractButton *button : m_tiers->buttons())
        button->setChecked(button->objectName() == QStringLiteral("tierChange.tier.") + tier);
    const bool down = domain::tierRank(tier) < domain::tierRank(m_customer.tier);
    setVerb(QStringLiteral("Move %1 to %2").arg(customerName(), titleCase(tier)), down);
    preview();
}

void TierChangeDialog::preview()
{
    m_preview.cancel();
    const quint64 generation = ++m_generation;
    m_step = Step::Previewing;
    clearError();
    setEffects({});
    block();
    const ports::CallContext call = m_newCall();
    m_preview = m_service.previewTierChange(call, {m_customer.id, m_tier, {}});
    ports::whenDone(m_preview, this, [this, generation, call](const domain::Result<ports::TierChangePreview> &result) {
        if (generation != m_generation)
            return;
        if (result) {
            showPreview(*result);
        } else {
            m_step = Step::Pick;
            block();
            m_state->setText(QStringLiteral("No preview: pick the tier again to retry."));
            showError(errorText(result.error()), call.requestId);
        }
    });
}

void TierChangeDialog::showPreview(const ports::TierChangePreview &preview)
{
    m_step = Step::Review;
    setEffects(effectsOf(preview));
    block();
}

void TierChangeDialog::block()
{
    switch (m_step) {
    case Step::Pick:
        m_state->setText(QStringLiteral("Pick the tier to move to. You see what happens before anything does."));
        setCommitBlocked(QStringLiteral("Pick a tier first"));
        break;
    case Step::Previewing:
        m_state->setText(QStringLiteral("Working out what would happen…"));
        setCommitBlocked(QStringLiteral("The preview is not there yet"));
        break;
    case Step::Committing:
        m_state->setText(QStringLiteral("Changing the tier. Nothing counts as done before the answer is here."));
        break;
    case Step::Review:
        m_state->setText(QStringLiteral("This will happen at once, in one step:"));
        setCommitBlocked({});
        break;
    case Step::Failed:
    case Step::Done:
        setCommitBlocked({});
        break;
    }
    m_state->setVisible(m_step != Step::Done);
}

void TierChangeDialog::commit()
{
    if (m_step == Step::Done) {
        accept();
        return;
    }
    if (m_step == Step::Committing || m_tier.isEmpty())
        return;
    m_step = Step::Committing;
    clearError();
    block();
    setBusy(true);
    const ports::CallContext call = m_newCall();
    ports::whenDone(m_service.changeTier(call, {m_customer.id, m_tier, reason()}), this,
                    [this, call](const domain::Result<ports::TierChangeResult> &result) {
                        setBusy(false);
                        if (result) {
                            showResult(*result);
                            return;
                        }
                        m_step = Step::Failed;
                        block();
                        m_state->setText(QStringLiteral("The change did not go through. Your reason is kept."));
                        setVerb(QStringLiteral("Retry: move %1 to %2").arg(customerName(), titleCase(m_tier)));
                        showError(errorText(result.error()), call.requestId);
                    });
}

void TierChangeDialog::showResult(const ports::TierChangeResult &result)
{
    m_step = Step::Done;
    block();
    for (QAbstractButton *button : m_tiers->buttons())
        button->hide();
    setObject(QStringLiteral("%1 is on %2 now").arg(customerName(), titleCase(result.to)),
              QStringLiteral("Was on %1").arg(titleCase(result.from)));
    setReasonVisible(false);
    setReasonRequired(false, static_cast<int>(domain::maxReasonChars));
    setEffects(
        {{QStringLiteral("Tier"), QStringLiteral("%1 → %2").arg(titleCase(result.from), titleCase(result.to)),
          widgets::Tone::Good},
         {QStringLiteral("Resources moved"), domain::countText(result.resourcesElevated), widgets::Tone::Neutral},
         {QStringLiteral("Deployments moved"), domain::countText(result.deploymentsElevated), widgets::Tone::Neutral},
         {QStringLiteral("Audit entry"), result.audit.toString(), widgets::Tone::Neutral}});
    setVerb(QStringLiteral("Done"));
    Q_EMIT changed(result);
}

} // namespace dialogs
