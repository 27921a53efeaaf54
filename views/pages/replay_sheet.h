#pragma once
#include "services/ports/webhook_inbox_service.h"
#include "views/widgets/review_sheet.h"

#include <QFuture>

#include <functional>

class QLabel;

namespace pages {

class EffectDiff;

/// Dry run → review → replay → result of one stored webhook (06-screens §2.10). Nothing is written before the button
/// says so; a failure stays visible with Retry.
class ReplaySheet : public widgets::ReviewSheet {
    Q_OBJECT
public:
    using NewCall = std::function<ports::CallContext()>;
    ReplaySheet(ports::WebhookInboxService &service, NewCall newCall, const ports::WebhookRow &row, QWidget *parent);

Q_SIGNALS:
    void replayed(const ports::WebhookReplay &replay);

private:
    enum class Step { Rehearsing, Review, Committing, Done };
    void rehearse();
    void commit();
    void showPlan(const ports::WebhookReplay &plan);
    void showResult(const ports::WebhookReplay &result);
    void say(Step step, const QString &state, const QString &blocked = {});

    ports::WebhookInboxService &m_service;
    NewCall m_newCall;
    ports::WebhookRow m_row;
    QLabel *m_state;
    EffectDiff *m_diff;
    Step m_step = Step::Rehearsing;
    bool m_rehearsed = false;
    QFuture<domain::Result<ports::WebhookReplay>> m_pending;
};

} // namespace pages
