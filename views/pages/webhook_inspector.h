#pragma once
#include "services/ports/webhook_inbox_service.h"

#include <QWidget>

#include <memory>

namespace pages {

class PageHost;

/// One stored webhook: verdict, what it changed, what it is about, its bytes and headers. Reads them when the operator
/// rests on a row.
class WebhookInspector : public QWidget {
    Q_OBJECT
public:
    WebhookInspector(PageHost &host, QWidget *parent);
    ~WebhookInspector() override;

    void setWebhook(const std::optional<ports::WebhookRow> &row);
    /// One that need not be in the list; a moment later shown() has it.
    void setId(domain::WebhookId id);
    const std::optional<ports::WebhookRow> &shown() const;
    void updatePermissions();
    /// To the clipboard, with a toast that says how much; nothing before the body is there.
    void copyBody();
    void copyCurl();

Q_SIGNALS:
    void replayRequested();
    void webhookRequested(domain::WebhookId id);
    void messageRequested(const QString &providerId);
    void teamRequested(const QString &id);
    void filterRequested(const QString &field, const QString &term);
    void changed(); ///< another webhook, or its details came

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void build();
    void buildFoot(class QVBoxLayout *outer);
    void draw();
    void drawDetail();
    void drawLinks();
    void load();
    void take(const domain::Result<ports::WebhookDetail> &result, const QString &requestId);

    struct Private;
    std::unique_ptr<Private> d;
};

/// The ids of the messages that a body speaks of, in its order, once each: `message-id` of an object or of every object
/// in an array.
QStringList messageIdsIn(const QByteArray &body);

} // namespace pages
