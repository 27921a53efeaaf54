#pragma once
#include "views/pages/page.h"

class QComboBox;
class QScrollArea;
class QVBoxLayout;

namespace shell {

class KeyCard;
class MainWindow;

/// Appearance, time zone, connection, keys and what this program is. `?section=keyboard` scrolls to the keys.
class SettingsPage : public pages::Page {
    Q_OBJECT
public:
    SettingsPage(pages::PageHost &host, MainWindow &window, QWidget *parent);
    QString screen() const override { return QStringLiteral("settings"); }
    QString title() const override { return tr("Settings"); }
    pages::Location location() const override { return {screen(), {}, {}}; }
    void show(const pages::Location &location) override;
    using pages::Page::show;
    void refresh() override;
    bool settled() const override { return true; }

private:
    void readBack();
    MainWindow &m_window;
    QComboBox *m_theme;
    QComboBox *m_zone;
    KeyCard *m_keys;
    QScrollArea *m_scroll;
    QWidget *m_facts = nullptr;
    QVBoxLayout *m_connection;
};

} // namespace shell
