#include "app/server/webhooks/webhook_routes.h"

#include "app/server/controllers/reply.h"
#include "app/server/error_envelope.h"
#include "app/server/middleware/subnet.h"
#include "app/server/webhooks/webhook_secrets.h"
#include "services/security/tokens.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <memory>

namespace server {

using ports::SignatureVerdict;
using ports::WebhookOutcome;
using ports::WebhookReceipt;

namespace {

constexpr qint64 largestBody = 2 * 1024 * 1024; // 00-decisions row 10
/// Longer than a commit may take, so that a sender never sees 504: it is told 429 first.
constexpr std::chrono::seconds patience{60};
constexpr int comeBackSeconds = 30;

struct Receiver : std::enable_shared_from_this<Receiver> {
    explicit Receiver(const WebhookDeps &d) : deps(d) {}

    void brevo(const Request &request, Responder responder) const;
    void brevoSuppression(const Request &request, Responder responder) const;
    void ses(const Request &request, Responder responder) const;

    WebhookDeps deps;

private:
    Response refuse(const Request &request, const QString &provider, bool configured, bool supplied, const char *metric,
                    QByteArray code) const;
    QFuture<domain::Result<WebhookReceipt>> take(const Request &request, const QString &provider,
                                                 SignatureVerdict verdict) const;
};

/// Nothing was kept: the sender has to come back, and never sees a 5xx that would make it give up on us.
Response comeBack(const Request &request)
{
    ErrorReply reply{.status = 429, .code = "webhook_not_persisted"};
    reply.retryAfter = comeBackSeconds;
    return errorResponse(request, reply);
}

Response unreadable(const Request &request, const QString &code)
{
    return errorResponse(request, ErrorReply{.status = 400, .code = code.toLatin1()});
}

/// Spec 02 §4.2: one event is answered in the reference's words, a batch by its counts.
QJsonObject ledgerAnswer(const WebhookReceipt &receipt)
{
    QJsonObject answer{{QStringLiteral("ok"), true}};
    if (receipt.events > 1) {
        const auto skipped =
            std::count_if(receipt.eventLabels.begin(), receipt.eventLabels.end(), [](const QString &label) {
                return label == QLatin1StringView("unhandled") || label == QLatin1StringView("missing_message_id");
            });
        answer.insert(QStringLiteral("events"), receipt.events);
        answer.insert(QStringLiteral("matched"), receipt.matched);
        answer.insert(QStringLiteral("skipped"), static_cast<qint64>(skipped));
        return answer;
    }
    if (!receipt.skippedBecause.isEmpty()) {
        answer.insert(QStringLiteral("skipped"), true);
        return answer;
    }
    answer.insert(QStringLiteral("matched"), receipt.matched > 0);
    answer.insert(QStringLiteral("event"), receipt.event);
    return answer;
}

QJsonObject suppressionAnswer(const WebhookReceipt &receipt)
{
    QJsonObject answer{{QStringLiteral("ok"), true}};
    if (!receipt.skippedBecause.isEmpty())
        answer.insert(QStringLiteral("skipped"), true);
    else
        answer.insert(QStringLiteral("persisted"), receipt.outcome != WebhookOutcome::Failed);
    return answer;
}

template <typename Encode>
void answerWith(QFuture<domain::Result<WebhookReceipt>> future, const Request &request, Responder responder,
                platform::Metrics *ledgerMetrics, Encode encode)
{
    future
        .then(QtFuture::Launch::Sync,
              [request, responder, ledgerMetrics, encode](const domain::Result<WebhookReceipt> &receipt) {
                  if (!receipt) {
                      if (ledgerMetrics)
                          ledgerMetrics->countBrevoWebhook(QStringLiteral("storage_error"));
                      return responder(comeBack(request));
                  }
                  if (receipt->outcome == WebhookOutcome::Unparseable) {
                      if (ledgerMetrics)
                          ledgerMetrics->countBrevoWebhook(QStringLiteral("invalid_payload"));
                      return responder(unreadable(request, receipt->event));
                  }
                  if (ledgerMetrics) {
                      for (const QString &label : receipt->eventLabels)
                          ledgerMetrics->countBrevoWebhook(label);
                  }
                  responder(Response::json(200, encode(*receipt)));
              })
        .onCanceled([request, responder] { responder(comeBack(request)); });
}

Response Receiver::refuse(const Request &request, const QString &provider, bool configured, bool supplied,
                          const char *metric, QByteArray code) const
{
    const char *reason = !configured ? "secret_unset" : supplied ? "signature_mismatch" : "missing_signature";
    deps.metrics.countWebhookAuthFailure(QString::fromLatin1(metric), QString::fromLatin1(reason));
    deps.intake.refused({provider, configured, supplied, maskedSubnet(request.clientIp)});
    return errorResponse(request, ErrorReply{.status = 401, .code = std::move(code)});
}

QFuture<domain::Result<WebhookReceipt>> Receiver::take(const Request &request, const QString &provider,
                                                       SignatureVerdict verdict) const
{
    ports::IncomingWebhook webhook;
    webhook.provider = provider;
    webhook.body = request.body;
    webhook.headers = redactedHeaders(request.headers, deps.config);
    webhook.signature = verdict;
    webhook.receivedAt = deps.clock.now();
    webhook.requestId = request.requestIdText();
    return deps.intake.receive(callContext(request), std::move(webhook));
}

void Receiver::brevo(const Request &request, Responder responder) const
{
    const QByteArray token = request.param("secret");
    const auto verdict = matchToken(deps.config, token);
    if (!verdict) {
        deps.metrics.countBrevoWebhook(QStringLiteral("unauthorized"));
        return responder(refuse(request, QStringLiteral("brevo"), !deps.config.brevoSecret.isEmpty(), !token.isEmpty(),
                                "brevo_url_secret", "brevo_secret_mismatch"));
    }
    answerWith(take(request, QStringLiteral("brevo"), *verdict), request, std::move(responder), &deps.metrics,
               ledgerAnswer);
}

void Receiver::brevoSuppression(const Request &request, Responder responder) const
{
    QByteArray signature = request.headers.value("X-Sib-Signature").toByteArray();
    if (signature.isEmpty())
        signature = request.headers.value("X-Mailin-Custom").toByteArray();
    const auto verdict = matchSignature(deps.config, request.body, signature);
    if (!verdict)
        return responder(refuse(request, QStringLiteral("brevo_suppression"), !deps.config.brevoSecret.isEmpty(),
                                !signature.isEmpty(), "brevo_hmac", "invalid_signature"));
    answerWith(take(request, QStringLiteral("brevo_suppression"), *verdict), request, std::move(responder), nullptr,
               suppressionAnswer);
}

void Receiver::ses(const Request &request, Responder responder) const
{
    const QJsonObject message = QJsonDocument::fromJson(request.body).object();
    const QByteArray topic = message.value(QLatin1StringView("TopicArn")).toString().toUtf8();
    const bool configured = !deps.config.sesTopicArn.isEmpty();
    const auto refused = [self = shared_from_this(), request, configured, supplied = !topic.isEmpty()] {
        return self->refuse(request, QStringLiteral("ses"), configured, supplied, "ses_sns", "invalid_signature");
    };
    if (!configured || !security::constantTimeEqual(deps.config.sesTopicArn, topic))
        return responder(refused());
    deps.verifySns(message, [self = shared_from_this(), request, responder, message, refused](bool genuine) {
        if (!genuine)
            return responder(refused());
        // Never confirmed by itself: an operator follows the link (spec 02 §3.7).
        if (message.value(QLatin1StringView("Type")).toString() == QLatin1StringView("SubscriptionConfirmation"))
            return responder(Response::json(200, {{QStringLiteral("ok"), true},
                                                  {QStringLiteral("status"), QStringLiteral("subscription_pending")}}));
        answerWith(self->take(request, QStringLiteral("ses"), SignatureVerdict::Current), request, responder, nullptr,
                   suppressionAnswer);
    });
}

} // namespace

domain::Result<domain::Done> addWebhookRoutes(Router &router, const WebhookDeps &deps)
{
    const auto receiver = std::make_shared<Receiver>(deps);
    const auto add = [&](const char *path, void (Receiver::*method)(const Request &, Responder) const) {
        Route route;
        route.method = Method::Post;
        route.path = path;
        route.limits.bodyBytes = largestBody;
        route.limits.deadline = patience;
        route.limits.body = BodyKind::Raw;
        route.handler = [receiver, method](const Request &request, Responder responder) {
            (receiver.get()->*method)(request, std::move(responder));
        };
        return router.add(std::move(route));
    };
    if (auto added = add("/webhooks/brevo/:secret", &Receiver::brevo); !added)
        return added;
    if (auto added = add("/api/v1/email/webhook/brevo", &Receiver::brevoSuppression); !added)
        return added;
    return add("/api/v1/email/webhook/ses", &Receiver::ses);
}

} // namespace server
