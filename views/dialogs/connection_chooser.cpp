#include "views/dialogs/connection_chooser.h"

#include "views/dialogs/profile_editor.h"
#include "views/dialogs/profile_list.h"
#include "views/widgets/buttons.h"
#include "views/widgets/text.h"

#include <QKeyEvent>
#include <QListView>
#include <QMenu>
#include <QPainter>
#include <QVBoxLayout>

namespace dialogs {

using widgets::Ink;
using widgets::TextRole;
using widgets::Theme;

namespace {

/// One of the three big choices of the first start.
class ChoiceCard : public QAbstractButton {
public:
    ChoiceCard(const QString &iconName, const QString &title, const QString &text, const QString &name, QWidget *parent)
        : QAbstractButton(parent)
        , m_icon(iconName)
        , m_text(text)
    {
        setText(title);
        setObjectName(name);
        setAccessibleName(title);
        setAccessibleDescription(text);
        setCursor(Qt::PointingHandCursor);
        setFocusPolicy(Qt::StrongFocus);
        setFixedHeight(76);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const auto &c = Theme::instance().colors();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const bool lit = hasFocus() || underMouse();
        painter.setPen(QPen(lit ? c.accent : c.border, 1));
        painter.setBrush(lit ? c.accentWash : c.surface);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10);
        painter.setPen(Qt::NoPen);
        painter.setBrush(lit ? c.surface : c.surface2);
        painter.drawRoundedRect(QRect(16, 18, 40, 40), 9, 9);
        widgets::icon(m_icon, isEnabled() ? c.accent : c.text3).paint(&painter, QRect(25, 27, 22, 22));
        painter.setFont(Theme::instance().font(TextRole::Base13, 600));
        painter.setPen(isEnabled() ? c.text : c.text3);
        painter.drawText(QRect(72, 17, width() - 110, 20), Qt::AlignVCenter, text());
        painter.setFont(Theme::instance().font(TextRole::Small12));
        painter.setPen(c.text2);
        painter.drawText(QRect(72, 38, width() - 110, 20), Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(m_text, Qt::ElideRight, width() - 110));
        widgets::icon(QStringLiteral("chevron-right"), c.text3).paint(&painter, QRect(width() - 32, 29, 18, 18));
    }
    void enterEvent(QEnterEvent *) override { update(); }
    void leaveEvent(QEvent *) override { update(); }
    void keyPressEvent(QKeyEvent *event) override
    {
        if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
            click();
        else
            QAbstractButton::keyPressEvent(event);
    }

private:
    QString m_icon, m_text;
};

} // namespace

struct ConnectionChooser::Private {
    TestConnection test;
    QString secretPlace;
    QWidget *first, *saved; ///< one of them is shown; not a stack, which is as high as its highest page
    QLabel *heading, *message;
    QListView *list;
    ProfileListModel *model;
    QPushButton *connectButton, *editButton, *removeButton, *newButton, *cancel;
    QList<QAbstractButton *> choices;
    bool busy = false;
};

ConnectionChooser::ConnectionChooser(TestConnection test, const QString &secretPlace, QWidget *parent)
    : QWidget(parent)
    , d(std::make_unique<Private>())
{
    d->test = std::move(test);
    d->secretPlace = secretPlace;
    setObjectName(QStringLiteral("chooser"));
    setWindowTitle(tr("InstaNode Console"));
    setAccessibleName(tr("Choose a connection"));
    setWindowIcon(QIcon(QStringLiteral(":/resources/icons/app.svg")));
    resize(680, 400);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(40, 36, 40, 32);
    column->setSpacing(widgets::space::xl);
    auto *top = new QHBoxLayout;
    top->setSpacing(widgets::space::l);
    auto *picture = new QLabel(this);
    picture->setPixmap(QIcon(QStringLiteral(":/resources/icons/app.svg")).pixmap(QSize(44, 44), devicePixelRatio()));
    top->addWidget(picture);
    auto *titles = new QVBoxLayout;
    titles->setSpacing(0);
    titles->addWidget(widgets::makeLabel(tr("InstaNode Console"), TextRole::Heading20, 600, Ink::Text, this));
    d->heading = widgets::makeLabel({}, TextRole::Base13, 400, Ink::Second, this);
    titles->addWidget(d->heading);
    top->addLayout(titles, 1);
    column->addLayout(top);
    d->first = buildFirstStart();
    d->saved = buildList();
    column->addWidget(d->first, 1);
    column->addWidget(d->saved, 1);
    d->message = widgets::makeLabel({}, TextRole::Small12, 500, Ink::Second, this);
    d->message->setObjectName(QStringLiteral("chooser.message"));
    d->message->setWordWrap(true);
    d->message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    d->message->hide();
    d->cancel = new widgets::SecondaryButton(tr("Cancel"), QStringLiteral("chooser.cancel"), this);
    d->cancel->hide();
    connect(d->cancel, &QPushButton::clicked, this, &ConnectionChooser::cancelRequested);
    auto *bottom = new QHBoxLayout;
    bottom->addWidget(d->message, 1);
    bottom->addWidget(d->cancel);
    column->addLayout(bottom);
    setProfiles({});
}

ConnectionChooser::~ConnectionChooser() = default;

QWidget *ConnectionChooser::buildFirstStart()
{
    auto *page = new QWidget(this);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(widgets::space::m);
    const auto add = [&](const QString &icon, const QString &title, const QString &text, const QString &name,
                         auto &&slot) {
        auto *card = new ChoiceCard(icon, title, text, name, page);
        column->addWidget(card);
        d->choices.append(card);
        connect(card, &QAbstractButton::clicked, this, std::forward<decltype(slot)>(slot));
    };
    add(QStringLiteral("sparkle"), tr("Start with sample data"),
        tr("A file on this machine with a thousand believable customers"), QStringLiteral("chooser.sample"),
        [this] { Q_EMIT startLocalRequested(true); });
    add(QStringLiteral("local"), tr("Start empty"), tr("A new database file on this machine, ready for real data"),
        QStringLiteral("chooser.empty"), [this] { Q_EMIT startLocalRequested(false); });
    add(QStringLiteral("server"), tr("Connect to a server"),
        tr("A headless server by its address and your operator token, or PostgreSQL"), QStringLiteral("chooser.server"),
        [this] { editNew(ConnectionKind::Headless); });
    auto *foot = new widgets::ElidedLabel(
        tr("Connections can be added and changed at any time. Passwords and tokens stay in: %1.").arg(d->secretPlace),
        page);
    foot->setFont(Theme::instance().font(TextRole::Small12));
    widgets::setInk(foot, Ink::Third);
    column->addSpacing(widgets::space::xs);
    column->addWidget(foot);
    return page;
}

QWidget *ConnectionChooser::buildList()
{
    auto *page = new QWidget(this);
    d->model = new ProfileListModel(this);
    d->list = new QListView(page);
    d->list->setObjectName(QStringLiteral("chooser.list"));
    d->list->setAccessibleName(tr("Connections"));
    d->list->setModel(d->model);
    d->list->setItemDelegate(new ProfileDelegate(*d->model, d->list));
    d->list->setFrameShape(QFrame::NoFrame);
    d->list->setStyleSheet(QStringLiteral("QListView { background: transparent; }"));
    d->list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    d->newButton =
        new widgets::SecondaryButton(QStringLiteral("plus"), tr("New connection"), QStringLiteral("chooser.new"), page);
    d->editButton = new widgets::SecondaryButton(tr("Edit"), QStringLiteral("chooser.edit"), page);
    d->removeButton = new widgets::SecondaryButton(tr("Remove"), QStringLiteral("chooser.remove"), page);
    d->connectButton = new widgets::PrimaryButton(tr("Connect"), QStringLiteral("chooser.connect"), page);
    d->connectButton->setDefault(true);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(widgets::space::s);
    buttons->addWidget(d->newButton);
    buttons->addWidget(d->editButton);
    buttons->addWidget(d->removeButton);
    buttons->addStretch();
    buttons->addWidget(d->connectButton);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(widgets::space::m);
    column->addWidget(d->list);
    column->addLayout(buttons);
    column->addStretch();
    const auto go = [this] {
        if (!d->busy && !selectedId().isEmpty())
            Q_EMIT connectRequested(selectedId());
    };
    connect(d->list, &QListView::activated, this, go);
    connect(d->connectButton, &QPushButton::clicked, this, go);
    connect(d->list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] { updateButtons(); });
    connect(d->newButton, &QPushButton::clicked, this, [this] { editNew(ConnectionKind::Headless); });
    connect(d->editButton, &QPushButton::clicked, this, [this] { edit(d->model->at(d->list->currentIndex().row())); });
    connect(d->removeButton, &QPushButton::clicked, this, [this] { Q_EMIT removeRequested(selectedId()); });
    return page;
}

void ConnectionChooser::setProfiles(const QList<ConnectionProfile> &profiles, const QString &wanted)
{
    d->model->setProfiles(profiles);
    d->first->setVisible(profiles.isEmpty());
    d->saved->setVisible(!profiles.isEmpty());
    d->heading->setText(profiles.isEmpty()
                            ? tr("Customers, plans and operations in one place. How do you want to begin?")
                            : tr("Choose a connection"));
    int row = 0;
    for (int i = 0; i < profiles.size(); ++i) {
        if (profiles[i].id == wanted)
            row = i;
    }
    d->list->setCurrentIndex(d->model->index(row));
    if (!profiles.isEmpty())
        d->list->setFocus(Qt::OtherFocusReason);
    updateButtons();
    fitToContent();
}

void ConnectionChooser::fitToContent()
{
    constexpr int shownRows = 6;
    d->list->setFixedHeight(qBound(1, d->model->rowCount(), shownRows) * ProfileDelegate::rowHeight);
    layout()->invalidate();
    layout()->activate();
    resize(width(),
           layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width()) : layout()->totalSizeHint().height());
}

void ConnectionChooser::say(const QString &text, widgets::Ink ink)
{
    widgets::setInk(d->message, ink);
    d->message->setText(text);
    d->message->setVisible(!text.isEmpty());
}

void ConnectionChooser::setBusy(const QString &what)
{
    d->busy = !what.isEmpty();
    say(what, Ink::Second);
    d->cancel->setVisible(d->busy);
    for (QAbstractButton *choice : std::as_const(d->choices))
        choice->setEnabled(!d->busy);
    d->list->setEnabled(!d->busy);
    updateButtons();
}

void ConnectionChooser::showError(const QString &text)
{
    setBusy({});
    say(text, Ink::Bad);
    fitToContent();
}

void ConnectionChooser::editNew(ConnectionKind kind)
{
    ConnectionProfile fresh;
    fresh.kind = kind;
    if (kind != ConnectionKind::Sqlite) {
        fresh.environment = widgets::EnvironmentKind::Production;
        fresh.hue = widgets::EnvironmentHue::Red;
        fresh.safeMode = true;
    }
    edit(fresh);
}

void ConnectionChooser::edit(const ConnectionProfile &profile)
{
    auto *editor = new ProfileEditor(profile, d->test, d->secretPlace, this);
    editor->setAttribute(Qt::WA_DeleteOnClose);
    connect(editor, &ProfileEditor::saved, this, &ConnectionChooser::saveRequested);
    editor->open();
}

QString ConnectionChooser::selectedId() const
{
    const QModelIndex index = d->list->currentIndex();
    return index.isValid() ? d->model->at(index.row()).id : QString();
}

void ConnectionChooser::updateButtons()
{
    const bool usable = !d->busy && !selectedId().isEmpty();
    for (QPushButton *button : {d->connectButton, d->editButton, d->removeButton})
        button->setEnabled(usable);
    d->newButton->setEnabled(!d->busy);
}

} // namespace dialogs
