#pragma once
#include "services/ports/webhook_inbox_service.h"

#include <QWidget>

class QVBoxLayout;

namespace pages {

/// What a webhook changed: per object its fields, before → after. Past the first ones only their number is said.
class EffectDiff : public QWidget {
    Q_OBJECT
public:
    static constexpr qsizetype shownAtMost = 24;
    explicit EffectDiff(const QString &name, QWidget *parent = nullptr);
    void setEffects(const QList<ports::WebhookEffect> &effects, const QString &whenNone);

private:
    QVBoxLayout *m_column;
};

} // namespace pages
