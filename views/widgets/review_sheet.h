#pragma once
#include "views/widgets/badge.h"

#include <QDialog>

#include <memory>

class QVBoxLayout;

namespace widgets {

/// Base of "review before you do it" (06-screens §1, confirm vs undo): environment band, object, effect lines, reason,
/// a verb-named button; the safe button has the focus. Open with open(), never exec(). Does not close itself on commit:
/// call accept() when the answer is there, or showError().
class ReviewSheet : public QDialog {
    Q_OBJECT
public:
    explicit ReviewSheet(const QString &name, QWidget *parent);
    ~ReviewSheet() override;
    void setObject(const QString &title, const QString &subtitle);
    struct Effect {
        QString label; ///< "MRR"
        QString value; ///< "$19.00 → $49.00"
        Tone tone = Tone::Neutral;
    };
    void setEffects(const QList<Effect> &effects);
    QVBoxLayout *body() const; ///< own widgets between object and effects
    void setReasonRequired(bool required, int maxChars);
    void setReasonVisible(bool visible);
    QString reason() const;
    void setReason(const QString &text);
    void setVerb(const QString &text, bool dangerous = false); ///< "Move Halcyon Labs to Growth"
    void setCommitBlocked(const QString &why);                 ///< empty = allowed
    void setBusy(bool busy);
    void showError(const QString &message, const QString &errorId); ///< stays open, keeps the input
    void clearError();

Q_SIGNALS:
    void committed();
    void reasonChanged();

protected:
    bool event(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void fit(); ///< grows with what is said; never cuts a line
    void updateCommit();
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace widgets
