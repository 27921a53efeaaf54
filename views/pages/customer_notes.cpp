#include "views/pages/customer_notes.h"

#include "models/domain/format.h"
#include "services/ports/backend.h"
#include "services/ports/when_done.h"
#include "views/dialogs/error_text.h"
#include "views/pages/page.h"
#include "views/pages/page_parts.h"
#include "views/widgets/buttons.h"
#include "views/widgets/card.h"
#include "views/widgets/empty_state.h"
#include "views/widgets/text.h"

#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPointer>
#include <QScrollArea>
#include <QVBoxLayout>

namespace pages {

struct CustomerNotes::Private {
    explicit Private(PageHost &pageHost) : host(pageHost) {}

    PageHost &host;
    std::optional<domain::TeamId> team;
    QList<domain::Note> notes;
    QList<domain::NoteId> leaving; ///< asked to be deleted, not answered yet
    QPlainTextEdit *text = nullptr;
    QPushButton *add = nullptr;
    QLabel *error = nullptr;
    QVBoxLayout *rows = nullptr;
    QScrollArea *scroll = nullptr;
    widgets::EmptyState *empty = nullptr;
    quint64 generation = 0;
    bool busy = false, loading = false;
};

CustomerNotes::CustomerNotes(PageHost &host, QWidget *parent) : QWidget(parent), d(std::make_unique<Private>(host))
{
    using namespace widgets;
    setObjectName(QStringLiteral("customer.notes"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, space::m, 0, 0);
    column->setSpacing(space::s);
    d->text = new QPlainTextEdit(this);
    d->text->setObjectName(QStringLiteral("customer.notes.text"));
    d->text->setAccessibleName(QStringLiteral("New note"));
    d->text->setPlaceholderText(QStringLiteral("Write a note for the other operators"));
    d->text->setTabChangesFocus(true);
    d->text->setFixedHeight(72);
    column->addWidget(d->text);
    auto *row = new QHBoxLayout;
    d->error = makeLabel({}, TextRole::Small12, 500, Ink::Bad, this);
    d->error->setObjectName(QStringLiteral("customer.notes.error"));
    d->error->setWordWrap(true);
    d->add = new SecondaryButton(QStringLiteral("Add note"), QStringLiteral("customer.notes.add"), this);
    row->addWidget(d->error, 1);
    row->addWidget(d->add);
    column->addLayout(row);
    d->empty = new EmptyState(this);
    d->empty->setObjectName(QStringLiteral("customer.notes.empty"));
    column->addWidget(d->empty, 1);
    auto *content = new QWidget(this);
    d->rows = new QVBoxLayout(content);
    d->rows->setContentsMargins(0, 0, space::s, space::l);
    d->rows->setSpacing(space::s);
    d->scroll = makeScroll(content, QStringLiteral("customer.notes.scroll"), this);
    column->addWidget(d->scroll, 1);
    connect(d->add, &QPushButton::clicked, this, &CustomerNotes::add);
    connect(d->text, &QPlainTextEdit::textChanged, this, &CustomerNotes::updatePermissions);
    connect(d->empty, &EmptyState::retryRequested, this, &CustomerNotes::reload);
    updatePermissions();
}

CustomerNotes::~CustomerNotes() = default;

void CustomerNotes::setTeam(domain::TeamId team)
{
    if (d->team != team) {
        d->notes.clear();
        d->text->clear();
    }
    d->team = team;
    reload();
}

int CustomerNotes::count() const
{
    return static_cast<int>(d->notes.size() - d->leaving.size());
}

bool CustomerNotes::settled() const
{
    return !d->loading;
}

void CustomerNotes::updatePermissions()
{
    QString why = whyNot(d->host, domain::Permission::WriteNotes);
    d->text->setReadOnly(!why.isEmpty());
    const QString text = d->text->toPlainText().trimmed();
    if (why.isEmpty() && d->busy)
        why = QStringLiteral("The note is on its way");
    else if (why.isEmpty() && text.isEmpty())
        why = QStringLiteral("Write something first");
    else if (why.isEmpty() && text.toUtf8().size() > domain::maxNoteBytes)
        why = QStringLiteral("Too long: 8 KB at most");
    widgets::setWhyDisabled(d->add, why);
}

void CustomerNotes::reload()
{
    if (!d->team)
        return;
    const quint64 generation = ++d->generation;
    d->loading = true;
    if (d->notes.isEmpty()) {
        d->scroll->hide();
        d->empty->show();
        d->empty->showLoading(QStringLiteral("notes"));
    }
    const ports::CallContext call = d->host.newCall();
    ports::whenDone(d->host.backend().customers().notes(call, *d->team), this,
                    [this, generation, id = call.requestId](const domain::Result<QList<domain::Note>> &result) {
                        if (generation == d->generation)
                            take(result, id);
                    });
}

void CustomerNotes::take(const domain::Result<QList<domain::Note>> &result, const QString &requestId)
{
    d->loading = false;
    Q_EMIT answered();
    if (!result) {
        if (d->notes.isEmpty())
            d->empty->showFailed(QStringLiteral("Notes"), dialogs::errorText(result.error()), requestId);
        else
            d->error->setText(dialogs::errorText(result.error()));
        return;
    }
    d->notes = *result;
    draw();
}

void CustomerNotes::add()
{
    if (!d->team || d->busy)
        return;
    d->busy = true;
    d->error->clear();
    updatePermissions();
    const ports::CallContext call = d->host.newCall();
    ports::whenDone(d->host.backend().customers().addNote(call, *d->team, d->text->toPlainText().trimmed()), this,
                    [this, id = call.requestId](const domain::Result<domain::Note> &result) {
                        d->busy = false;
                        if (result) {
                            d->text->clear();
                            if (result->team == d->team)
                                d->notes.prepend(*result);
                            draw();
                        } else {
                            d->error->setText(
                                QStringLiteral("%1 (error id %2)").arg(dialogs::errorText(result.error()), id));
                        }
                        updatePermissions();
                    });
}

void CustomerNotes::remove(const domain::Note &note)
{
    d->leaving << note.id;
    draw();
    const ports::CallContext call = d->host.newCall();
    ports::whenDone(d->host.backend().customers().deleteNote(call, note.id), this,
                    [this, note, id = call.requestId](const domain::Result<domain::Done> &result) {
                        d->leaving.removeAll(note.id);
                        const bool gone = result || result.error().key == QLatin1StringView("note_not_found");
                        if (gone)
                            d->notes.removeIf([&note](const domain::Note &n) { return n.id == note.id; });
                        if (result)
                            offerUndo(note);
                        else if (!gone)
                            d->host.toast({Toast::Kind::Bad,
                                           QStringLiteral("The note was not deleted. %1 (error id %2)")
                                               .arg(dialogs::errorText(result.error()), id),
                                           {},
                                           {}});
                        draw();
                    });
}

void CustomerNotes::offerUndo(const domain::Note &note)
{
    d->host.toast({Toast::Kind::Info,
                   QStringLiteral("Note by %1 deleted; Undo writes it again as yours").arg(note.authorEmail),
                   QStringLiteral("Undo"), [self = QPointer<CustomerNotes>(this), note] {
                       if (self)
                           self->writeAgain(note);
                   }});
}

void CustomerNotes::writeAgain(const domain::Note &note)
{
    ports::whenDone(
        d->host.backend().customers().addNote(d->host.newCall(), note.team, note.body), this,
        [this, note](const domain::Result<domain::Note> &result) {
            if (!result) {
                d->host.toast({Toast::Kind::Bad,
                               QStringLiteral("The note was not written again. ") + dialogs::errorText(result.error()),
                               QStringLiteral("Retry"), [self = QPointer<CustomerNotes>(this), note] {
                                   if (self)
                                       self->writeAgain(note);
                               }});
                return;
            }
            d->host.toast(
                {Toast::Kind::Good,
                 QStringLiteral("The note of %1 is back, written now by %2").arg(note.authorEmail, result->authorEmail),
                 {},
                 {}});
            if (result->team == d->team) {
                d->notes.prepend(*result);
                draw();
            }
        });
}

void CustomerNotes::draw()
{
    using namespace widgets;
    clearLayout(d->rows);
    d->scroll->setVisible(!d->notes.isEmpty());
    d->empty->setVisible(d->notes.isEmpty());
    if (d->notes.isEmpty())
        d->empty->showNothingYet(QStringLiteral("No notes yet"),
                                 QStringLiteral("What you write here is seen by operators only."));
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QString why = whyNot(d->host, domain::Permission::WriteNotes);
    for (const domain::Note &note : d->notes) {
        const bool leaving = d->leaving.contains(note.id);
        auto *card = new Card({}, d->scroll->widget());
        card->setAccessibleName(QStringLiteral("Note by %1").arg(note.authorEmail));
        auto *head = new QHBoxLayout;
        head->addWidget(makeLabel(note.authorEmail, TextRole::Small12, 600, Ink::Second, card));
        QLabel *time = makeLabel(domain::shortTimeText(note.createdAt, d->host.timeZone(), now), TextRole::Small12, 400,
                                 Ink::Second, card);
        time->setToolTip(domain::timeTip(note.createdAt, now));
        head->addWidget(time);
        head->addStretch(1);
        const QString name = QStringLiteral("customer.notes.%1.").arg(note.id.toString());
        if (leaving) {
            head->addWidget(makeLabel(QStringLiteral("Deleting…"), TextRole::Small12, 500, Ink::Second, card));
        } else {
            auto *trash = new IconButton(QStringLiteral("trash"), QStringLiteral("Delete note"),
                                         name + QStringLiteral("delete"), card);
            if (!why.isEmpty())
                setWhyDisabled(trash, why);
            connect(trash, &QToolButton::clicked, this, [this, note] { remove(note); });
            head->addWidget(trash);
        }
        card->body()->addLayout(head);
        QLabel *body = makeLabel(note.body, TextRole::Base13, 400, leaving ? Ink::Third : Ink::Text, card);
        body->setTextFormat(Qt::PlainText);
        body->setWordWrap(true);
        body->setTextInteractionFlags(Qt::TextSelectableByMouse);
        card->body()->addWidget(body);
        d->rows->addWidget(card);
    }
    d->rows->addStretch(1);
    Q_EMIT notesChanged(d->notes);
}

} // namespace pages
