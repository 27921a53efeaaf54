#include "views/shell/palette.h"

#include "views/shell/fuzzy.h"
#include "views/shell/palette_list.h"
#include "views/widgets/text.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace shell {

using widgets::Theme;

struct Palette::Private {
    QFrame *panel;
    QLineEdit *field;
    QListView *list;
    QLabel *nothing;
    PaletteModel *model;
    QTimer debounce;
    QList<PaletteEntry> fixed;
    QList<std::pair<QString, QList<PaletteEntry>>> slow; ///< by source, in order of first answer
    quint64 generation = 0;
    QPointer<QWidget> focusBefore;
};

Palette::Palette(QWidget *host) : QWidget(host), d(std::make_unique<Private>())
{
    setObjectName(QStringLiteral("palette"));
    setAccessibleName(tr("Command palette"));
    d->panel = new QFrame(this);
    d->panel->setProperty("role", QStringLiteral("card"));
    d->field = new QLineEdit(d->panel);
    d->field->setObjectName(QStringLiteral("palette.field"));
    d->field->setAccessibleName(tr("Search or type a command"));
    d->field->setPlaceholderText(tr("Screens, actions, views, customers, or paste an id"));
    d->field->setProperty("role", QStringLiteral("bare"));
    d->field->setFont(Theme::instance().font(widgets::TextRole::Title15));
    d->field->installEventFilter(this);
    d->model = new PaletteModel(this);
    d->list = new QListView(d->panel);
    d->list->setObjectName(QStringLiteral("palette.list"));
    d->list->setAccessibleName(tr("Results"));
    d->list->setModel(d->model);
    d->list->setItemDelegate(new PaletteDelegate(*d->model, d->list));
    d->list->setFocusPolicy(Qt::NoFocus);
    d->list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    d->list->setFrameShape(QFrame::NoFrame);
    d->list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    d->list->viewport()->setCursor(Qt::PointingHandCursor);
    d->nothing = widgets::makeLabel({}, widgets::TextRole::Base13, 400, widgets::Ink::Second, d->panel);
    d->nothing->setAlignment(Qt::AlignCenter);
    auto *hints = widgets::makeLabel(tr("↑ ↓  choose     ⏎  run     Esc  close"), widgets::TextRole::Caption11, 400,
                                     widgets::Ink::Third, d->panel);
    hints->setContentsMargins(18, 0, 0, 0);
    const auto rule = [this] {
        auto *line = new QFrame(d->panel);
        line->setProperty("role", QStringLiteral("hline"));
        return line;
    };
    auto *column = new QVBoxLayout(d->panel);
    column->setContentsMargins(1, 4, 1, 8);
    column->setSpacing(4);
    auto *fieldRow = new QHBoxLayout;
    fieldRow->setContentsMargins(18, 6, 18, 6);
    fieldRow->addWidget(d->field);
    column->addLayout(fieldRow);
    column->addWidget(rule());
    column->addWidget(d->list, 1);
    column->addWidget(d->nothing);
    column->addWidget(rule());
    column->addWidget(hints);
    hide();
    host->installEventFilter(this);
    d->debounce.setSingleShot(true);
    d->debounce.setInterval(120);
    connect(d->field, &QLineEdit::textChanged, this, [this] {
        ++d->generation;
        d->slow.clear();
        refilter();
        d->debounce.start();
    });
    connect(&d->debounce, &QTimer::timeout, this, [this] { Q_EMIT queryChanged(query(), d->generation); });
    connect(d->list, &QListView::clicked, this, [this](const QModelIndex &index) {
        d->list->setCurrentIndex(index);
        runCurrent();
    });
}

Palette::~Palette() = default;

void Palette::open(const QList<PaletteEntry> &entries, const QString &initial)
{
    d->fixed = entries;
    d->slow.clear();
    ++d->generation;
    if (!isOpen())
        d->focusBefore = window()->focusWidget();
    const QSignalBlocker blocker(d->field);
    d->field->setText(initial);
    d->field->selectAll();
    place();
    show();
    raise();
    refilter();
    d->field->setFocus(Qt::PopupFocusReason);
    if (!initial.isEmpty())
        d->debounce.start();
}

void Palette::close()
{
    if (!isOpen())
        return;
    d->debounce.stop();
    ++d->generation;
    hide();
    if (d->focusBefore)
        d->focusBefore->setFocus(Qt::PopupFocusReason);
    Q_EMIT closed();
}

bool Palette::isOpen() const
{
    return !isHidden();
}

void Palette::addResults(quint64 generation, const QString &source, const QList<PaletteEntry> &entries)
{
    if (generation != d->generation || !isOpen())
        return;
    const auto known = std::find_if(d->slow.begin(), d->slow.end(), [&](const auto &s) { return s.first == source; });
    if (known == d->slow.end())
        d->slow.append({source, entries});
    else
        known->second = entries;
    refilter();
}

QStringList Palette::shownIds() const
{
    QStringList ids;
    for (const PaletteEntry &e : d->model->entries())
        ids.append(e.id);
    return ids;
}

QString Palette::query() const
{
    return d->field->text().trimmed();
}

void Palette::refilter()
{
    const QString current =
        d->list->currentIndex().isValid() ? d->model->entry(d->list->currentIndex().row()).id : QString();
    struct Scored {
        int score;
        PaletteEntry entry;
    };
    QList<Scored> scored;
    QHash<QString, int> best; // groups are ordered by their best line, lines inside by score
    for (const PaletteEntry &e : std::as_const(d->fixed)) {
        const int score = fuzzyScore(query(), e.text + u' ' + e.group);
        if (score < 0)
            continue;
        scored.append({score, e});
        best[e.group] = std::max(best.value(e.group, -1), score);
    }
    if (!query().isEmpty()) {
        std::stable_sort(scored.begin(), scored.end(), [&best](const Scored &a, const Scored &b) {
            if (a.entry.group != b.entry.group && best[a.entry.group] != best[b.entry.group])
                return best[a.entry.group] > best[b.entry.group];
            return a.entry.group == b.entry.group ? a.score > b.score : a.entry.group < b.entry.group;
        });
    }
    QList<PaletteEntry> shown;
    for (const auto &source : std::as_const(d->slow)) {
        if (source.first == QLatin1StringView("pasted"))
            shown.append(source.second);
    }
    for (const Scored &s : scored)
        shown.append(s.entry);
    for (const auto &source : std::as_const(d->slow)) {
        if (source.first != QLatin1StringView("pasted"))
            shown.append(source.second);
    }
    d->model->setEntries(shown);
    int row = 0;
    for (int i = 0; i < shown.size(); ++i) {
        if (shown[i].id == current && query().isEmpty())
            row = i;
    }
    d->list->setCurrentIndex(d->model->index(row));
    d->list->setVisible(!shown.isEmpty());
    d->nothing->setVisible(shown.isEmpty());
    d->nothing->setText(tr("Nothing fits “%1”").arg(query()));
    place();
}

void Palette::runCurrent()
{
    const QModelIndex index = d->list->currentIndex();
    if (!index.isValid())
        return;
    const PaletteEntry entry = d->model->entry(index.row());
    if (!entry.whyDisabled.isEmpty() || !entry.run)
        return;
    close();
    entry.run();
}

void Palette::place()
{
    setGeometry(parentWidget()->rect());
    const int width = qMin(640, this->width() - 40);
    int rows = 0;
    for (int i = 0; i < d->model->rowCount(); ++i)
        rows += d->list->itemDelegate()->sizeHint({}, d->model->index(i)).height();
    const int height = qBound(180, rows + 106, qMin(500, this->height() - 140));
    d->panel->setGeometry((this->width() - width) / 2, 92, width, height);
    update(); // the shadow lies outside the panel: what a larger panel left must go
}

void Palette::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const bool dark = Theme::instance().scheme() == widgets::Scheme::Dark;
    painter.fillRect(rect(), QColor(0, 0, 0, dark ? 130 : 64));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    for (int ring = 1; ring <= 16; ++ring) {
        painter.setBrush(QColor(0, 0, 0, dark ? 8 : 3));
        painter.drawRoundedRect(d->panel->geometry().adjusted(-ring, 4 - ring, ring, 6 + ring), 10 + ring, 10 + ring);
    }
}

void Palette::mousePressEvent(QMouseEvent *)
{
    close();
}

bool Palette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isOpen())
        place();
    if (watched == d->field && event->type() == QEvent::ShortcutOverride) {
        // The window's own shortcuts (Esc, page actions) do not act behind the palette.
        event->accept();
        return true;
    }
    if (watched != d->field || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    const int row = d->list->currentIndex().row(), rows = d->model->rowCount();
    if (key == Qt::Key_Escape) {
        close();
    } else if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        runCurrent();
    } else if ((key == Qt::Key_Down || key == Qt::Key_Up) && rows > 0) {
        const int next = (row + (key == Qt::Key_Down ? 1 : rows - 1)) % rows;
        d->list->setCurrentIndex(d->model->index(next));
    } else {
        return QWidget::eventFilter(watched, event);
    }
    return true;
}

} // namespace shell
