#pragma once
#include "views/widgets/theme.h"

#include <QPushButton>
#include <QToolButton>

#include <memory>

namespace widgets {

/// 30×30 icon button; name becomes objectName, text the tooltip and accessible name.
class IconButton : public QToolButton {
    Q_OBJECT
public:
    IconButton(const QString &iconName, const QString &text, const QString &name, QWidget *parent = nullptr);
    void setIconName(const QString &iconName);

private:
    QString m_iconName;
};

/// At most one per view. A disabled button says why in its tooltip: setWhyDisabled.
class PrimaryButton : public QPushButton {
    Q_OBJECT
public:
    PrimaryButton(const QString &text, const QString &name, QWidget *parent = nullptr);
};

class SecondaryButton : public QPushButton {
    Q_OBJECT
public:
    SecondaryButton(const QString &text, const QString &name, QWidget *parent = nullptr);
    SecondaryButton(const QString &iconName, const QString &text, const QString &name, QWidget *parent = nullptr);

private:
    QString m_iconName;
};

/// Red: for what cannot be taken back.
class DangerButton : public QPushButton {
    Q_OBJECT
public:
    DangerButton(const QString &text, const QString &name, QWidget *parent = nullptr);
};

/// A text that acts: "Explain", "Clear filters".
class LinkButton : public QPushButton {
    Q_OBJECT
public:
    LinkButton(const QString &text, const QString &name, QWidget *parent = nullptr);
};

/// Empty reason = enabled; otherwise disabled with the reason as tooltip and accessible description.
void setWhyDisabled(QWidget *widget, const QString &reason);

/// Tabs as one row of text buttons with an underline; arrow keys move, counts sit in a badge.
class SegmentedTabs : public QWidget {
    Q_OBJECT
public:
    explicit SegmentedTabs(const QString &name, QWidget *parent = nullptr);
    ~SegmentedTabs() override;
    void addTab(const QString &key, const QString &text);
    void setCount(const QString &key, int count); ///< −1 hides it
    QString current() const;
    void setCurrent(const QString &key); ///< emits only when it changed

Q_SIGNALS:
    void currentChanged(const QString &key);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace widgets
