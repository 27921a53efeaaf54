#include "views/shell/settings_page.h"

#include "views/shell/key_card.h"
#include "views/shell/key_list.h"
#include "views/shell/main_window.h"
#include "views/widgets/buttons.h"
#include "views/widgets/card.h"
#include "views/widgets/text.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QGridLayout>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>

namespace shell {

using widgets::Ink;
using widgets::TextRole;
using widgets::Theme;

namespace {

void addRow(QGridLayout *grid, const QString &label, const QString &hint, QWidget *control)
{
    const int row = grid->rowCount();
    auto *texts = new QVBoxLayout;
    texts->setSpacing(1);
    texts->addWidget(widgets::makeLabel(label, TextRole::Base13, 500));
    auto *quiet = widgets::makeLabel(hint, TextRole::Small12, 400, Ink::Second);
    quiet->setWordWrap(true);
    texts->addWidget(quiet);
    grid->addLayout(texts, row, 0);
    grid->addWidget(control, row, 1, Qt::AlignRight | Qt::AlignVCenter);
    grid->setColumnStretch(0, 1);
}

QGridLayout *gridOf(widgets::Card *card)
{
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(widgets::space::xxl);
    grid->setVerticalSpacing(widgets::space::l);
    grid->setContentsMargins(0, widgets::space::s, 0, widgets::space::s);
    card->body()->addLayout(grid);
    return grid;
}

QString aboutText()
{
    const QString version = QCoreApplication::applicationVersion();
    return QStringList{version.isEmpty() ? QObject::tr("InstaNode Console")
                                         : QObject::tr("InstaNode Console %1").arg(version),
                       QStringLiteral("Qt ") + QString::fromLatin1(qVersion()), QObject::tr("MIT licence")}
        .join(QStringLiteral(" · "));
}

} // namespace

SettingsPage::SettingsPage(pages::PageHost &host, MainWindow &window, QWidget *parent)
    : Page(host, parent)
    , m_window(window)
    , m_theme(new QComboBox(this))
    , m_zone(new QComboBox(this))
    , m_keys(new KeyCard(host, window.keyBindings(), this))
    , m_scroll(new QScrollArea(this))
{
    setObjectName(QStringLiteral("settings"));
    m_theme->setObjectName(QStringLiteral("settings.theme"));
    m_theme->setAccessibleName(tr("Theme"));
    m_theme->addItem(tr("Follow the system"), static_cast<int>(Theme::Mode::System));
    m_theme->addItem(tr("Light"), static_cast<int>(Theme::Mode::Light));
    m_theme->addItem(tr("Dark"), static_cast<int>(Theme::Mode::Dark));
    m_theme->setFixedWidth(250);
    m_zone->setObjectName(QStringLiteral("settings.zone"));
    m_zone->setAccessibleName(tr("Time zone"));
    m_zone->setFixedWidth(250);
    m_zone->setMaxVisibleItems(14);
    const QList<QByteArray> ids = QTimeZone::availableTimeZoneIds();
    m_zone->addItem(QStringLiteral("UTC"), QByteArrayLiteral("UTC"));
    for (const QByteArray &id : ids) {
        if (id.contains('/') && !id.startsWith("Etc/"))
            m_zone->addItem(QString::fromLatin1(id), id);
    }
    auto *appearance = new widgets::Card(tr("Appearance"), this);
    QGridLayout *look = gridOf(appearance);
    addRow(look, tr("Theme"), tr("Light or dark; by default it follows the desktop."), m_theme);
    addRow(look, tr("Time zone"), tr("Everything is stored in UTC. This is how times are shown; hover gives UTC."),
           m_zone);
    auto *connection = new widgets::Card(tr("Connection"), this);
    m_connection = new QVBoxLayout;
    connection->body()->addLayout(m_connection);
    auto *about = new widgets::Card(tr("About"), this);
    about->body()->addWidget(widgets::makeLabel(aboutText(), TextRole::Base13, 400, Ink::Second, about));

    auto *content = new QWidget(this);
    content->setProperty("role", QStringLiteral("clear"));
    content->setMaximumWidth(760);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(widgets::space::xl, widgets::space::xl, widgets::space::xl, widgets::space::xl);
    column->setSpacing(widgets::space::l);
    for (widgets::Card *card : std::initializer_list<widgets::Card *>{appearance, connection, m_keys, about}) {
        card->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
        column->addWidget(card);
    }
    column->addStretch();
    m_scroll->setObjectName(QStringLiteral("settings.scroll"));
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setWidget(content);
    m_scroll->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_scroll);

    connect(m_theme, &QComboBox::activated, this,
            [this] { Theme::instance().setMode(static_cast<Theme::Mode>(m_theme->currentData().toInt())); });
    connect(m_zone, &QComboBox::activated, this,
            [this] { m_window.setTimeZone(QTimeZone(m_zone->currentData().toByteArray())); });
    connect(m_keys, &KeyCard::overviewRequested, this, [this] { m_window.showShortcuts(); });
    connect(m_keys, &KeyCard::lineShown, this, [this](const QRect &line) {
        const QPoint centre = m_keys->mapTo(m_scroll->widget(), line.center());
        m_scroll->ensureVisible(centre.x(), centre.y(), 0, line.height() * 2);
    });
    connect(&Theme::instance(), &Theme::changed, this, &SettingsPage::readBack);
}

void SettingsPage::show(const pages::Location &location)
{
    refresh();
    if (location.query.queryItemValue(QStringLiteral("section")) != QLatin1StringView("keyboard"))
        return;
    // Once the page has its size: a new one has none before it is shown.
    QTimer::singleShot(0, this, [this] {
        m_scroll->verticalScrollBar()->setValue(m_keys->y() - widgets::space::xl);
        m_keys->list().setFocus(Qt::ShortcutFocusReason);
    });
}

void SettingsPage::refresh()
{
    readBack();
    Q_EMIT chromeChanged();
}

void SettingsPage::readBack()
{
    m_theme->setCurrentIndex(m_theme->findData(static_cast<int>(Theme::instance().mode())));
    m_zone->setCurrentIndex(qMax(0, m_zone->findData(host().timeZone().id())));
    delete m_facts;
    m_facts = new QWidget(this);
    auto *grid = new QGridLayout(m_facts);
    grid->setContentsMargins(0, widgets::space::xs, 0, widgets::space::xs);
    grid->setHorizontalSpacing(widgets::space::xxl);
    grid->setVerticalSpacing(widgets::space::s);
    grid->setColumnStretch(1, 1);
    const widgets::Environment e = m_window.environment();
    const QList<std::pair<QString, QString>> facts{
        {tr("Profile"), e.name},
        {tr("Where"), e.place.isEmpty() ? QStringLiteral("—") : e.place},
        {tr("Environment"), widgets::environmentKindName(e.kind)},
        {tr("Safe mode"), e.safeMode ? tr("opens read only, unlock for a while") : tr("off: writes are reviewed")}};
    for (int row = 0; row < facts.size(); ++row) {
        grid->addWidget(widgets::makeLabel(facts[row].first, TextRole::Base13, 400, Ink::Second, m_facts), row, 0);
        auto *value = widgets::makeLabel(facts[row].second, TextRole::Base13, 500, Ink::Text, m_facts);
        value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        grid->addWidget(value, row, 1);
    }
    m_connection->addWidget(m_facts);
}

} // namespace shell
