#pragma once
#include "views/pages/page.h"

#include <QWidget>

#include <memory>

namespace shell {

/// Title, age and zone of the page, the palette field and the page's actions (one primary at most, the rest beyond
/// three in a menu).
class PageBar : public QWidget {
    Q_OBJECT
public:
    explicit PageBar(QWidget *parent = nullptr);
    ~PageBar() override;
    void setTitle(const QString &title);
    /// stale: older than three intervals; drawn amber with words.
    void setAge(const QString &text, bool stale);
    void setZone(const QString &zone, const QString &tooltip);
    void setActions(const QList<pages::PageAction> &actions); ///< with the keys that the user gave them
    void setNavigation(bool back, bool forward);
    /// As they are shown: palette, back, forward; empty = none.
    void setKeys(const QString &palette, const QString &back, const QString &forward);

Q_SIGNALS:
    void paletteRequested();
    void zoneRequested();
    void backRequested();
    void forwardRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void rebuildActions();
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace shell
