#include "views/shell/status_line.h"

#include "views/widgets/buttons.h"
#include "views/widgets/text.h"

#include <QHBoxLayout>
#include <QPainter>

namespace shell {

using widgets::Ink;
using widgets::TextRole;

struct StatusLine::Private {
    QLabel *text, *connection;
    widgets::LinkButton *undo;
};

StatusLine::StatusLine(QWidget *parent) : QWidget(parent), d(std::make_unique<Private>())
{
    setObjectName(QStringLiteral("statusLine"));
    setFixedHeight(33);
    d->text = widgets::makeLabel({}, TextRole::Small12, 400, Ink::Second, this);
    d->text->setObjectName(QStringLiteral("statusLine.text"));
    d->text->setTextFormat(Qt::RichText);
    d->connection = widgets::makeLabel({}, TextRole::Small12, 400, Ink::Third, this);
    d->connection->setObjectName(QStringLiteral("statusLine.connection"));
    d->undo = new widgets::LinkButton({}, QStringLiteral("statusLine.undo"), this);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(widgets::space::xl, 1, widgets::space::l, 0);
    row->setSpacing(widgets::space::l);
    row->addWidget(d->text);
    row->addStretch();
    row->addWidget(d->connection);
    row->addWidget(d->undo);
    connect(d->undo, &QPushButton::clicked, this, &StatusLine::undoListRequested);
    setUndoCount(0);
}

StatusLine::~StatusLine() = default;

void StatusLine::setText(const QString &richText)
{
    d->text->setText(richText);
}

void StatusLine::setConnection(const QString &text, bool good)
{
    d->connection->setText(text);
    widgets::setInk(d->connection, good ? Ink::Third : Ink::Bad);
}

void StatusLine::setUndoCount(int count)
{
    d->undo->setText(tr("Undo list (%1)").arg(count));
    d->undo->setAccessibleName(d->undo->text());
    d->undo->setEnabled(count > 0);
}

void StatusLine::paintEvent(QPaintEvent *)
{
    const auto &c = widgets::Theme::instance().colors();
    QPainter painter(this);
    painter.fillRect(rect(), c.surface);
    painter.fillRect(QRect(0, 0, width(), 1), c.border);
}

} // namespace shell
