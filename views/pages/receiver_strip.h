#pragma once
#include "services/ports/webhook_inbox_service.h"

#include <QWidget>

class QHBoxLayout;

namespace pages {

/// One card per provider: how long ago it called, what the last day brought, which secret it uses. Hidden while there
/// is none. A card is a button: it asks for the rows of its provider. Names: `webhooks.receiver.<provider>` and
/// `.age`, `.secret` below it.
class ReceiverStrip : public QWidget {
    Q_OBJECT
public:
    explicit ReceiverStrip(QWidget *parent = nullptr);
    /// accepted: mails that `brevo` accepted in the last six hours; nullopt = not known, so silence means nothing.
    void setReceivers(const QList<ports::WebhookReceiver> &receivers, std::optional<qint64> accepted,
                      const QDateTime &now);

Q_SIGNALS:
    void queryRequested(const QString &query);

private:
    QWidget *makeCard(const ports::WebhookReceiver &receiver, std::optional<qint64> accepted, const QDateTime &now);
    QHBoxLayout *m_row;
};

} // namespace pages
