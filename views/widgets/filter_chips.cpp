#include "views/widgets/filter_chips.h"

#include "views/widgets/text.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QStringListModel>
#include <QStyle>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

namespace widgets {
namespace {

/// "Tier pro, growth ×": the value is what matters, so it has the weight.
class ChipButton : public QToolButton {
public:
    ChipButton(const Chip &chip, const QString &screen, QWidget *parent) : QToolButton(parent), m_chip(chip)
    {
        setObjectName(screen + QStringLiteral(".chip.") + chip.key);
        setAccessibleName(QObject::tr("Remove filter %1 %2").arg(chip.label, chip.value));
        setToolTip(accessibleName());
        setCursor(Qt::PointingHandCursor);
        setFocusPolicy(Qt::TabFocus);
        setProperty("kind", QStringLiteral("chip"));
        setFixedSize(labelWidth() + valueWidth() + 44, 26);
    }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        QToolButton::paintEvent(event);
        QPainter painter(this);
        const Colors &c = Theme::instance().colors();
        painter.setFont(Theme::instance().font(TextRole::Small12));
        painter.setPen(c.text2);
        painter.drawText(QRect(10, 0, labelWidth() + 2, height()), Qt::AlignVCenter, m_chip.label);
        painter.setFont(Theme::instance().font(TextRole::Small12, 600));
        painter.setPen(c.text);
        painter.drawText(QRect(15 + labelWidth(), 0, valueWidth() + 2, height()), Qt::AlignVCenter, m_chip.value);
        widgets::icon(QStringLiteral("close"), c.text2).paint(&painter, QRect(width() - 22, 8, 11, 11));
    }

private:
    int labelWidth() const
    {
        return QFontMetrics(Theme::instance().font(TextRole::Small12)).horizontalAdvance(m_chip.label);
    }
    int valueWidth() const
    {
        return QFontMetrics(Theme::instance().font(TextRole::Small12, 600)).horizontalAdvance(m_chip.value);
    }
    Chip m_chip;
};

QString lastWord(const QString &text, int cursor)
{
    const QString before = text.left(cursor);
    return before.mid(before.lastIndexOf(u' ') + 1);
}

} // namespace

struct FilterChips::Private {
    QString screen;
    QHBoxLayout *chipRow, *trailing;
    QLineEdit *field;
    QLabel *hint, *error;
    void placeHint() const
    {
        const int width = qMax(18, hint->sizeHint().width());
        hint->setGeometry(field->width() - 8 - width, 6, width, 18);
    }
    QTimer debounce;
    QCompleter *completer = nullptr;
    QStringListModel *words = nullptr;
    QList<Chip> chips;
};

FilterChips::FilterChips(const QString &screen, QWidget *parent) : QWidget(parent), d(std::make_unique<Private>())
{
    d->screen = screen;
    setObjectName(screen + QStringLiteral(".filters"));
    d->field = new QLineEdit(this);
    d->field->setObjectName(screen + QStringLiteral(".filter"));
    d->field->setAccessibleName(tr("Filter"));
    d->field->setFont(Theme::instance().font(TextRole::Small12));
    d->field->setMinimumWidth(220);
    d->field->setMaximumWidth(420);
    d->field->addAction(icon(QStringLiteral("filter")), QLineEdit::LeadingPosition);
    d->field->setClearButtonEnabled(false);
    d->field->installEventFilter(this);
    d->hint = new QLabel(QStringLiteral("/"), d->field);
    d->hint->setFont(Theme::instance().font(TextRole::Caption11, 500));
    setInk(d->hint, Ink::Third);
    d->hint->setAlignment(Qt::AlignCenter);
    d->error = makeLabel({}, TextRole::Small12, 400, Ink::Bad, this);
    d->error->setObjectName(screen + QStringLiteral(".filterError"));
    d->error->hide();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::xl, 10, space::xl, 10);
    column->setSpacing(space::xs);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::s);
    d->chipRow = new QHBoxLayout;
    d->chipRow->setSpacing(space::s);
    d->trailing = new QHBoxLayout;
    d->trailing->setSpacing(space::s);
    row->addWidget(d->field, 3);
    row->addLayout(d->chipRow);
    row->addStretch(1);
    row->addLayout(d->trailing);
    column->addLayout(row);
    column->addWidget(d->error);

    d->debounce.setSingleShot(true);
    d->debounce.setInterval(200);
    connect(&d->debounce, &QTimer::timeout, this, [this] { Q_EMIT edited(d->field->text()); });
    connect(d->field, &QLineEdit::textEdited, this, [this] { d->debounce.start(); });
    connect(d->field, &QLineEdit::textChanged, this, [this] { d->hint->setVisible(d->field->text().isEmpty()); });
    connect(d->field, &QLineEdit::returnPressed, this, [this] {
        d->debounce.stop();
        Q_EMIT submitted(d->field->text());
    });
}

FilterChips::~FilterChips() = default;

void FilterChips::setChips(const QList<Chip> &chips)
{
    if (d->chips == chips)
        return;
    d->chips = chips;
    while (QLayoutItem *item = d->chipRow->takeAt(0)) {
        if (QWidget *old = item->widget()) {
            old->hide();
            old->deleteLater();
        }
        delete item;
    }
    for (const Chip &chip : chips) {
        auto *button = new ChipButton(chip, d->screen, this);
        d->chipRow->addWidget(button);
        connect(button, &QToolButton::clicked, this, [this, key = chip.key] { Q_EMIT removed(key); });
    }
}

void FilterChips::setPlaceholder(const QString &text)
{
    d->field->setPlaceholderText(text);
}

void FilterChips::setKeyHint(const QString &key)
{
    d->hint->setText(key);
    d->placeHint();
}

QString FilterChips::text() const
{
    return d->field->text();
}

void FilterChips::setText(const QString &text)
{
    d->debounce.stop();
    if (d->field->text() != text)
        d->field->setText(text);
}

void FilterChips::setError(const QString &message)
{
    d->error->setText(message);
    d->error->setVisible(!message.isEmpty());
    d->field->setAccessibleDescription(message);
    d->field->setProperty("error", !message.isEmpty());
    d->field->style()->unpolish(d->field);
    d->field->style()->polish(d->field);
}

void FilterChips::setSuggestions(const QStringList &words)
{
    if (!d->completer) {
        d->words = new QStringListModel(this);
        d->completer = new QCompleter(d->words, this);
        d->completer->setWidget(d->field);
        d->completer->setCaseSensitivity(Qt::CaseInsensitive);
        connect(d->field, &QLineEdit::textEdited, this, [this](const QString &text) {
            const QString word = lastWord(text, d->field->cursorPosition());
            d->completer->setCompletionPrefix(word);
            if (word.isEmpty() || d->completer->completionCount() == 0)
                d->completer->popup()->hide();
            else
                d->completer->complete();
        });
        connect(d->completer, qOverload<const QString &>(&QCompleter::activated), this, [this](const QString &word) {
            const int cursor = d->field->cursorPosition();
            const auto start = cursor - lastWord(d->field->text(), cursor).size();
            QString text = d->field->text();
            text.replace(start, cursor - start, word);
            d->field->setText(text);
            d->field->setCursorPosition(static_cast<int>(start + word.size()));
            d->debounce.start();
        });
    }
    d->words->setStringList(words);
}

void FilterChips::focusField()
{
    d->field->setFocus(Qt::ShortcutFocusReason);
    d->field->selectAll();
}

QHBoxLayout *FilterChips::trailing() const
{
    return d->trailing;
}

bool FilterChips::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == d->field && event->type() == QEvent::Resize)
        d->placeHint();
    if (watched == d->field && event->type() == QEvent::ShortcutOverride &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept(); // Esc clears the field before it means "up" to the window
        return true;
    }
    if (watched == d->field && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        if (d->field->text().isEmpty()) {
            Q_EMIT escaped();
        } else {
            d->field->clear();
            d->debounce.stop();
            Q_EMIT edited({});
        }
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace widgets
