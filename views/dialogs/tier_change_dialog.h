#pragma once
#include "services/ports/customer_service.h"
#include "views/widgets/review_sheet.h"

#include <QFuture>

#include <functional>

class QButtonGroup;
class QLabel;

namespace dialogs {

/// Preview → reason → commit → result of a tier change (spec 01 §2.6, 06-screens §2.5). Nothing is shown as changed
/// before the answer is there; a failure stays visible with Retry.
class TierChangeDialog : public widgets::ReviewSheet {
    Q_OBJECT
public:
    using NewCall = std::function<ports::CallContext()>;

    TierChangeDialog(ports::CustomerService &service, NewCall newCall, const ports::CustomerRow &customer,
                     QWidget *parent);
    /// Asks for the preview of this tier, as the buttons do.
    void pick(const QString &tier);
    QString picked() const { return m_tier; }

Q_SIGNALS:
    void changed(const ports::TierChangeResult &result);

private:
    enum class Step { Pick, Previewing, Review, Committing, Failed, Done };
    void buildPicker();
    void preview();
    void showPreview(const ports::TierChangePreview &preview);
    void commit();
    void showResult(const ports::TierChangeResult &result);
    void block();
    QString customerName() const;

    ports::CustomerService &m_service;
    NewCall m_newCall;
    ports::CustomerRow m_customer;
    QButtonGroup *m_tiers;
    QLabel *m_state;
    QString m_tier;
    Step m_step = Step::Pick;
    quint64 m_generation = 0;
    QFuture<domain::Result<ports::TierChangePreview>> m_preview;
};

} // namespace dialogs
