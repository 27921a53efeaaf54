#pragma once
#include "views/pages/email_loader.h"
#include "views/pages/list_page.h"

namespace items {
class MessageTableModel;
}
namespace widgets {
class NoticeBar;
class SegmentControl;
} // namespace widgets

namespace pages {

class EmailCharts;
class EmailInspector;
class EmailTiles;
class OutcomeCard;

/// E-mail delivery (06-screens §2.7): headline with bounds, ratio and events over time, template × domain, outcomes,
/// the ledger, and what an operator can do about it. The window is part of the query text (`window:24h`), so links and
/// saved views have it.
class EmailPage : public ListPage {
    Q_OBJECT
public:
    explicit EmailPage(PageHost &host, QWidget *parent = nullptr);

    QString status() const override;
    bool settled() const override;

protected:
    void inspect() override;
    ExportControl::Start exporter() const override;
    QList<PageAction> ownActions() const override;
    void loadAside() override;
    void permissionsChanged() override;

private:
    void buildAbove();
    void buildWindow();
    void orderKeys();
    void connectInspector();
    void drawAside();
    void pickOutcome(const QString &outcome);
    void pickRange(const QDateTime &from, const QDateTime &until);
    void pickCell(const QString &templateKind, const QString &domain);
    void pickWindow(const QString &key);
    void noticeAction(const QString &key);
    void resend();
    void lift();
    void repair();
    void openSuppressions();
    void openPreviews();
    void openList(const QString &screen, const QString &id, const QString &query);
    QString rangeTitle() const;

    items::MessageTableModel *m_model;
    EmailInspector *m_inspector;
    EmailLoader *m_loader;
    widgets::NoticeBar *m_notices = nullptr;
    widgets::SegmentControl *m_window = nullptr;
    EmailTiles *m_tiles = nullptr;
    EmailCharts *m_charts = nullptr;
    OutcomeCard *m_outcomes = nullptr;
};

} // namespace pages
