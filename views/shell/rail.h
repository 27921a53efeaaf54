#pragma once
#include "views/widgets/badge.h"

#include <QWidget>

#include <memory>

namespace shell {

/// The left rail: product name, one entry per screen with a count of what needs attention, who is signed in.
class Rail : public QWidget {
    Q_OBJECT
public:
    explicit Rail(QWidget *parent = nullptr);
    ~Rail() override;
    void setCurrent(const QString &screen);
    /// Empty text hides it; a Neutral count is information, Bad and Warning are attention.
    void setCount(const QString &screen, const QString &text, widgets::Tone tone);
    void setSignedIn(const QString &who, const QString &backend);

Q_SIGNALS:
    void chosen(const QString &screen);
    void themeRequested();
    void connectionRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace shell
