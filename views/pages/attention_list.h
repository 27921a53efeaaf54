#pragma once
#include "services/ports/overview_service.h"

#include <QTimeZone>
#include <QWidget>

class QVBoxLayout;

namespace pages {

/// What an operator should look at, most urgent first: icon, severity in words, facts, Open.
class AttentionList : public QWidget {
    Q_OBJECT
public:
    explicit AttentionList(QWidget *parent = nullptr);
    void setItems(const QList<ports::AttentionItem> &items, const QDateTime &asOf, const QTimeZone &zone);

Q_SIGNALS:
    void openRequested(const ports::AttentionItem &item);

private:
    QVBoxLayout *m_rows;
};

} // namespace pages
