#include "views/shell/key_list.h"

#include "views/widgets/key_cap.h"
#include "views/widgets/text.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

namespace shell {

using widgets::TextRole;
using widgets::Theme;

namespace {

constexpr int lineHeight = 34, headingHeight = 36, side = widgets::space::l;

class KeyDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        return {100, index.data(KeyListModel::CommandRole).toString().isEmpty() ? headingHeight : lineHeight};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const auto &c = Theme::instance().colors();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        QRect box = option.rect.adjusted(side, 0, -side, 0);
        if (index.data(KeyListModel::CommandRole).toString().isEmpty()) {
            painter->setFont(Theme::instance().font(TextRole::Small12, 600));
            painter->setPen(c.text2);
            painter->drawText(box.adjusted(0, 0, 0, -6), Qt::AlignLeft | Qt::AlignBottom, index.data().toString());
        } else {
            paintGround(*painter, option, index);
            paintKeys(*painter, box, index);
            painter->setFont(Theme::instance().font(TextRole::Base13));
            painter->setPen(c.text);
            painter->drawText(box, Qt::AlignVCenter,
                              painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, box.width()));
        }
        painter->restore();
    }

private:
    static void paintGround(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index)
    {
        const auto &c = Theme::instance().colors();
        const auto *view = static_cast<const QListView *>(option.widget);
        const QRectF pill = QRectF(option.rect).adjusted(8.5, 1.5, -8.5, -1.5);
        if (view->currentIndex() == index && view->hasFocus()) {
            painter.setPen(c.accent);
            painter.setBrush(c.accentWash);
            painter.drawRoundedRect(pill, 6, 6);
        } else if (view->currentIndex() == index || option.state & QStyle::State_MouseOver) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(c.surface2);
            painter.drawRoundedRect(pill, 6, 6);
        }
    }

    static void paintKeys(QPainter &painter, QRect &box, const QModelIndex &index)
    {
        const auto &c = Theme::instance().colors();
        const QStringList keys = index.data(KeyListModel::KeysRole).toStringList();
        for (auto key = keys.crbegin(); key != keys.crend(); ++key)
            box.setRight(box.right() - widgets::KeyCap::paint(painter, box, *key) - 4);
        const QString before = index.data(KeyListModel::DefaultRole).toString();
        const QString quiet = before.isEmpty() ? (keys.isEmpty() ? QStringLiteral("—") : QString()) : before;
        if (quiet.isEmpty())
            return;
        painter.setFont(Theme::instance().font(TextRole::Small12));
        painter.setPen(c.text2);
        painter.drawText(box.adjusted(0, 0, keys.isEmpty() ? 0 : -4, 0), Qt::AlignRight | Qt::AlignVCenter, quiet);
        box.setRight(box.right() - painter.fontMetrics().horizontalAdvance(quiet) - 12);
    }
};

} // namespace

KeyListModel::KeyListModel(const KeyBindings &keys, QObject *parent) : QAbstractListModel(parent), m_keys(keys)
{
    QString group;
    for (const Command &command : commands()) {
        if (command.group != group)
            m_lines.append(Line{command.group, nullptr});
        group = command.group;
        m_lines.append(Line{{}, &command});
    }
    connect(&keys, &KeyBindings::changed, this, [this] { Q_EMIT dataChanged(index(0), index(rowCount() - 1)); });
}

int KeyListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

QVariant KeyListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Line &line = m_lines[index.row()];
    if (!line.command)
        return role == Qt::DisplayRole || role == Qt::AccessibleTextRole ? QVariant(line.heading) : QVariant();
    const QString id = line.command->id;
    const QString now = m_keys.texts(id);
    QStringList defaults;
    for (const QKeySequence &key : line.command->defaults)
        defaults << keyText(key);
    const QString before = m_keys.isDefault(id) ? QString()
                           : defaults.isEmpty() ? tr("no key before")
                                                : tr("was %1").arg(defaults.join(QStringLiteral(", ")));
    switch (role) {
    case Qt::DisplayRole:
        return line.command->text;
    case Qt::AccessibleTextRole: {
        QStringList words{line.command->text, now.isEmpty() ? tr("no key") : now};
        if (!before.isEmpty())
            words << before;
        return words.join(QStringLiteral(", "));
    }
    case CommandRole:
        return id;
    case KeysRole:
        return m_keys.capsOf(id);
    case DefaultRole:
        return before;
    default:
        return {};
    }
}

Qt::ItemFlags KeyListModel::flags(const QModelIndex &index) const
{
    return index.isValid() && m_lines[index.row()].command ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags;
}

int KeyListModel::rowOf(const QString &command) const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (m_lines[row].command && m_lines[row].command->id == command)
            return row;
    }
    return -1;
}

KeyList::KeyList(const KeyBindings &keys, QWidget *parent) : QListView(parent), m_model(new KeyListModel(keys, this))
{
    setObjectName(QStringLiteral("settings.keyList"));
    setAccessibleName(tr("Commands and their keys"));
    setModel(m_model);
    setItemDelegate(new KeyDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setTabKeyNavigation(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSelectionMode(QAbstractItemView::SingleSelection);
    viewport()->setCursor(Qt::PointingHandCursor);
    viewport()->setAttribute(Qt::WA_Hover);
    int height = 0;
    for (int row = 0; row < m_model->rowCount(); ++row)
        height += itemDelegate()->sizeHint({}, m_model->index(row)).height();
    setFixedHeight(height);
    connect(this, &QListView::clicked, this, [this](const QModelIndex &index) {
        if (const QString command = index.data(KeyListModel::CommandRole).toString(); !command.isEmpty())
            Q_EMIT chosen(command);
    });
}

QString KeyList::currentCommand() const
{
    return currentIndex().data(KeyListModel::CommandRole).toString();
}

void KeyList::setCurrentCommand(const QString &command)
{
    setCurrentIndex(m_model->index(m_model->rowOf(command)));
}

bool KeyList::event(QEvent *event)
{
    // Enter, F2 and Delete mean the line here, whatever the window does with them.
    if (event->type() == QEvent::ShortcutOverride && currentIndex().isValid()) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_F2 || key == Qt::Key_Delete) {
            event->accept();
            return true;
        }
    }
    return QListView::event(event);
}

void KeyList::keyPressEvent(QKeyEvent *event)
{
    const QString command = currentCommand();
    const int key = event->key();
    if (command.isEmpty()) {
        QListView::keyPressEvent(event);
    } else if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_F2) {
        Q_EMIT chosen(command);
    } else if (key == Qt::Key_Delete) {
        Q_EMIT resetRequested(command);
    } else {
        QListView::keyPressEvent(event);
    }
}

void KeyList::focusInEvent(QFocusEvent *event)
{
    QListView::focusInEvent(event);
    if (!currentIndex().isValid() && event->reason() != Qt::MouseFocusReason)
        setCurrentCommand(commands().first().id);
}

void KeyList::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    Q_EMIT currentCommandChanged();
    if (current.isValid() && hasFocus())
        Q_EMIT lineShown(visualRect(current));
}

} // namespace shell
