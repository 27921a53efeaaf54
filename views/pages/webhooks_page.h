#pragma once
#include "models/domain/ids.h"
#include "views/pages/list_page.h"

namespace items {
class WebhookTableModel;
}

namespace pages {

class ReceiverStrip;
class WebhookInspector;

/// The webhook inbox: what providers sent, byte for byte, what became of it, replay (06-screens §2.10). A location with
/// an id shows that webhook in the inspector, whether the list holds it or not.
class WebhooksPage : public ListPage {
    Q_OBJECT
public:
    explicit WebhooksPage(PageHost &host, QWidget *parent = nullptr);

    Location location() const override;
    void show(const Location &location) override;
    using QWidget::show;
    QString currentId() const override;
    bool settled() const override;

protected:
    void inspect() override;
    QList<PageAction> ownActions() const override;
    void loadAside() override;
    void permissionsChanged() override;

private:
    QList<ListColumn> columns();
    void showWebhook(domain::WebhookId id);
    void replay();
    void drawStrip();

    items::WebhookTableModel *m_model;
    WebhookInspector *m_inspector;
    ReceiverStrip *m_strip;
    std::optional<domain::WebhookId> m_wanted; ///< shown although another row is current
    QString m_rowBeside;                       ///< the current row when it was asked for
    struct Aside;
    std::shared_ptr<Aside> m_aside;
    quint64 m_asideGeneration = 0;
};

} // namespace pages
