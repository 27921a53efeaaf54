#pragma once
#include "services/ports/health_service.h"
#include "views/widgets/cell_delegates.h"

#include <QHash>
#include <QList>

namespace pages {

/// What the checks said since the page was opened, newest last, at most `kept` answers a check. GUI thread only.
class CheckHistory {
public:
    enum class Answer { Ok, Degraded, Failed, None }; ///< None: nobody answered
    static constexpr qsizetype kept = 120;

    void record(const ports::HealthReport &report);
    void recordSilence(); ///< the whole server did not answer
    QList<Answer> of(const QString &check) const { return m_answers.value(check); }
    /// "12 answers, all ok", "2 of 12 answers not ok"; "—" without any.
    QString text(const QString &check) const;

private:
    void add(QList<Answer> &answers, Answer answer);
    QHash<QString, QList<Answer>> m_answers;
};

/// What the check looks at, in a few words; empty for an unknown one.
QString checkMeaning(const QString &check);

/// One bar an answer, newest at the right; height and colour say how bad, an empty frame says that none came.
class CheckHistoryDelegate : public widgets::CellDelegate {
    Q_OBJECT
public:
    /// history must outlive the delegate; nameRole gives the check of a cell.
    CheckHistoryDelegate(const CheckHistory &history, int nameRole, QObject *parent);

protected:
    void paintCell(QPainter &, const QRect &, const QStyleOptionViewItem &, const QModelIndex &) const override;

private:
    const CheckHistory &m_history;
    int m_nameRole;
};

} // namespace pages
