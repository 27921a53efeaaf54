#pragma once
#include "views/widgets/badge.h"

#include <QWidget>

#include <memory>

namespace widgets {

/// One quiet line with at most one action: "No events for 7 h while mail was accepted  [Open webhooks]".
struct Notice {
    QString key;  ///< what actionRequested() says
    QString text; ///< a whole sentence
    Tone tone = Tone::Neutral;
    QString actionText = {}; ///< empty = nothing to do
    bool operator==(const Notice &) const = default;
};

/// Notices of a page, one below the other; it takes no room without any. Names: `<name>.<key>`, `<name>.<key>.action`.
class NoticeBar : public QWidget {
    Q_OBJECT
public:
    explicit NoticeBar(const QString &name, QWidget *parent = nullptr);
    ~NoticeBar() override;
    /// The same notices again change nothing: a button keeps its focus.
    void setNotices(const QList<Notice> &notices);
    const QList<Notice> &notices() const;

Q_SIGNALS:
    void actionRequested(const QString &key);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace widgets
