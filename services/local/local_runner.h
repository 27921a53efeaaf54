#pragma once
#include "models/domain/plan.h"
#include "services/platform/clock.h"
#include "services/ports/call_context.h"
#include "services/storage/executor.h"
#include "services/storage/sql_unit_of_work.h"
#include "services/usecases/env.h"
#include "services/usecases/mail_previews.h"
#include "services/usecases/webhook_inbox.h"

#include <memory>

namespace local {

/// Runs use cases on the executor. What it refers to outlives it.
struct LocalRunner {
    storage::Executor &executor;
    const domain::PlanRegistry &plans;
    const platform::Clock &clock;
    domain::Principal self;                                           ///< for calls whose context names nobody
    std::shared_ptr<const usecases::MailPreviews> previews = nullptr; ///< null: this host shows no templates
    usecases::WebhookApply applyWebhook = nullptr;                    ///< empty: this host replays no webhook

    /// The context's principal counts when it has an e-mail or is a customer's session; otherwise it is the operator at
    /// this machine. The HTTP server always fills it in.
    ports::CallContext filled(ports::CallContext context) const
    {
        if (context.principal.email.isEmpty() && context.principal.kind == domain::PrincipalKind::LocalOperator)
            context.principal = self;
        return context;
    }

    static QDateTime deadlineOf(const ports::CallContext &context)
    {
        constexpr qint64 defaultSeconds = 30;
        return context.deadline.isValid() ? context.deadline : QDateTime::currentDateTimeUtc().addSecs(defaultSeconds);
    }

    template <typename T, typename F>
    QFuture<domain::Result<T>> run(storage::Access access, const ports::CallContext &context, F body) const
    {
        return executor.run<T>(access, deadlineOf(context),
                               [this, context = filled(context), body = std::move(body)](storage::Connection &c) {
                                   storage::SqlUnitOfWork work(c, plans);
                                   return domain::Result<T>(body(usecases::Env{work, plans, clock, context}));
                               });
    }
};

} // namespace local
