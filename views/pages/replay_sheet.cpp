#include "views/pages/replay_sheet.h"

#include "models/domain/format.h"
#include "models/items/webhook_query.h"
#include "models/items/webhook_table_model.h"
#include "services/ports/when_done.h"
#include "views/dialogs/error_text.h"
#include "views/pages/effect_diff.h"
#include "views/widgets/text.h"

#include <QScrollArea>
#include <QVBoxLayout>

namespace pages {

using widgets::Ink;
using widgets::TextRole;

namespace {
QString changesText(qsizetype count)
{
    return domain::plural(count, ReplaySheet::tr("change"), ReplaySheet::tr("changes"));
}
} // namespace

ReplaySheet::ReplaySheet(ports::WebhookInboxService &service, NewCall newCall, const ports::WebhookRow &row,
                         QWidget *parent)
    : ReviewSheet(QStringLiteral("replay"), parent)
    , m_service(service)
    , m_newCall(std::move(newCall))
    , m_row(row)
    , m_state(widgets::makeLabel({}, TextRole::Small12, 400, Ink::Second, this))
    , m_diff(new EffectDiff(QStringLiteral("replay.diff"), this))
{
    const QString what =
        QStringLiteral("%1 · %2").arg(items::webhookProviderText(row.provider), items::webhookEventText(row));
    setWindowTitle(tr("Replay a webhook"));
    setObject(tr("Replay %1").arg(what),
              tr("Received %1 · now %2")
                  .arg(domain::isoText(row.receivedAt), domain::wordText(ports::webhookOutcomeName(row.outcome))));
    setReasonVisible(false);
    setReasonRequired(false, 0);
    m_state->setObjectName(QStringLiteral("replay.state"));
    m_state->setWordWrap(true);
    body()->addWidget(m_state);
    body()->addWidget(m_diff);
    connect(this, &ReviewSheet::committed, this, &ReplaySheet::commit);
    rehearse();
}

void ReplaySheet::say(Step step, const QString &state, const QString &blocked)
{
    m_step = step;
    m_state->setText(state);
    setCommitBlocked(blocked);
}

void ReplaySheet::rehearse()
{
    clearError();
    setVerb(tr("Replay this webhook"));
    m_diff->hide();
    say(Step::Rehearsing, tr("Dry run: working out what a replay would change…"), tr("The dry run is not there yet"));
    m_pending.cancel();
    const ports::CallContext call = m_newCall();
    m_pending = m_service.replay(call, m_row.id, true);
    ports::whenDone(m_pending, this, [this, id = call.requestId](const domain::Result<ports::WebhookReplay> &result) {
        if (result)
            return showPlan(*result);
        say(Step::Rehearsing, tr("The dry run failed; nothing was changed."));
        setVerb(tr("Repeat the dry run"));
        showError(dialogs::errorText(result.error()), id);
    });
}

void ReplaySheet::showPlan(const ports::WebhookReplay &plan)
{
    m_rehearsed = true;
    const QString outcome = domain::wordText(ports::webhookOutcomeName(plan.outcome));
    m_diff->setEffects(plan.effects, tr("No field would change: everything in it is known already."));
    m_diff->show();
    setVerb(plan.effects.isEmpty() ? tr("Replay without changes")
                                   : tr("Replay and apply %1").arg(changesText(plan.effects.size())));
    say(Step::Review, plan.effects.isEmpty()
                          ? tr("Dry run, nothing is written yet. The outcome would be “%1”.").arg(outcome)
                          : tr("Dry run, nothing is written yet. The outcome would be “%1”, with %2:")
                                .arg(outcome, changesText(plan.effects.size())));
}

void ReplaySheet::commit()
{
    if (m_step == Step::Done) {
        accept();
        return;
    }
    if (m_step == Step::Committing)
        return;
    if (!m_rehearsed)
        return rehearse();
    clearError();
    say(Step::Committing, tr("Replaying. Nothing counts as done before the answer is here."));
    setBusy(true);
    const ports::CallContext call = m_newCall();
    ports::whenDone(m_service.replay(call, m_row.id, false), this,
                    [this, id = call.requestId](const domain::Result<ports::WebhookReplay> &result) {
                        setBusy(false);
                        if (result)
                            return showResult(*result);
                        say(Step::Review,
                            tr("The replay did not go through. Doing it again cannot apply anything twice."));
                        setVerb(tr("Retry the replay"));
                        showError(dialogs::errorText(result.error()), id);
                    });
}

void ReplaySheet::showResult(const ports::WebhookReplay &result)
{
    setObject(tr("Replayed"), tr("Outcome: %1").arg(domain::wordText(ports::webhookOutcomeName(result.outcome))));
    m_diff->setEffects(result.effects, tr("Nothing changed: everything in it was known already."));
    setVerb(tr("Done"));
    say(Step::Done, result.effects.isEmpty() ? tr("It was applied once more:")
                                             : tr("%1 made:").arg(changesText(result.effects.size())));
    Q_EMIT replayed(result);
}

} // namespace pages
