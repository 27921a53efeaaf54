#pragma once
#include "views/widgets/theme.h"

#include <QDateTime>
#include <QWidget>

#include <memory>

namespace widgets {

enum class EnvironmentKind { Local, Staging, Production };
enum class EnvironmentHue { Green, Blue, Violet, Amber, Red, Grey };

/// Which connection a window works on; shown on every window and dialog (06-screens §3.22).
struct Environment {
    QString name = QStringLiteral("This machine"); ///< profile name
    QString place;                                 ///< "console.sqlite", "api.example.dev"
    EnvironmentKind kind = EnvironmentKind::Local;
    EnvironmentHue hue = EnvironmentHue::Green;
    bool safeMode = false;   ///< opens read-only, unlock for 15 minutes
    QDateTime unlockedUntil; ///< UTC; invalid = locked while safeMode
    bool operator==(const Environment &) const = default;
    bool locked(const QDateTime &now) const { return safeMode && !(unlockedUntil.isValid() && now < unlockedUntil); }
};
QColor hueColor(EnvironmentHue hue);
QColor hueWash(EnvironmentHue hue);
QString hueName(EnvironmentHue hue);
QString environmentKindName(EnvironmentKind kind); ///< local, staging, production
QString environmentIcon(EnvironmentKind kind);

/// The band on top of every window and dialog: icon, name and colour; lock state with a count-down.
class EnvironmentBand : public QWidget {
    Q_OBJECT
public:
    explicit EnvironmentBand(const Environment &environment, QWidget *parent = nullptr);
    ~EnvironmentBand() override;
    void setEnvironment(const Environment &environment);
    Environment environment() const;
    QString text() const; ///< as drawn
    QSize sizeHint() const override;
    /// Dialogs show the band without the buttons.
    void setInteractive(bool interactive);

Q_SIGNALS:
    void unlockRequested();
    void lockRequested();
    void expired(); ///< the unlock ran out

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// The environment of the window that contains `widget` (or of one of its parents' windows).
Environment environmentOf(const QWidget *widget);

} // namespace widgets
