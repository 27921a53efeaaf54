#include "views/pages/body_view.h"

#include "models/domain/format.h"
#include "views/pages/body_text.h"
#include "views/pages/json_text.h"
#include "views/widgets/buttons.h"
#include "views/widgets/text.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace pages {

namespace {
/// The editor lays a paragraph out as a whole: one of megabytes would hold up the window. Longer ones are broken for
/// display only; copying the body takes the bytes.
constexpr qsizetype longestParagraph = 2000;

QString brokenLines(const QString &text)
{
    QString out;
    out.reserve(text.size() + text.size() / longestParagraph);
    qsizetype run = 0;
    for (const QChar c : text) {
        if (run >= longestParagraph && !c.isLowSurrogate()) {
            out += QLatin1Char('\n');
            run = 0;
        }
        out += c;
        run = c == QLatin1Char('\n') ? 0 : run + 1;
    }
    return out;
}

bool isJson(const QByteArray &body)
{
    QJsonParseError error;
    QJsonDocument::fromJson(body, &error);
    return error.error == QJsonParseError::NoError;
}
} // namespace

struct BodyView::Private {
    QByteArray body;
    QList<std::pair<QString, QString>> headers;
    QString why; ///< there is nothing to show
    bool json = true, all = false;
    widgets::SegmentedTabs *tabs = nullptr;
    QPlainTextEdit *text = nullptr;
    QLabel *note = nullptr;
    widgets::LinkButton *showAll = nullptr;
    QString said; ///< for the note
    bool cut = false;
};

BodyView::BodyView(const QString &name, QWidget *parent) : QWidget(parent), d(std::make_unique<Private>())
{
    using namespace widgets;
    setObjectName(name);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s);
    d->tabs = new SegmentedTabs(name + QStringLiteral(".tabs"), this);
    d->tabs->addTab(QStringLiteral("json"), tr("JSON"));
    d->tabs->addTab(QStringLiteral("raw"), tr("Raw"));
    d->tabs->addTab(QStringLiteral("headers"), tr("Headers"));
    column->addWidget(d->tabs);
    d->text = new QPlainTextEdit(this);
    d->text->setObjectName(name + QStringLiteral(".text"));
    d->text->setReadOnly(true);
    d->text->setTabChangesFocus(true);
    d->text->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    d->text->setWordWrapMode(QTextOption::WrapAnywhere);
    d->text->setMinimumHeight(150);
    QFont mono = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    mono.setPixelSize(12);
    d->text->setFont(mono);
    d->text->setStyleSheet(
        QStringLiteral("QPlainTextEdit { font-family: \"%1\"; font-size: 12px; }").arg(mono.family()));
    column->addWidget(d->text, 1);
    auto *foot = new QHBoxLayout;
    d->note = makeLabel({}, TextRole::Small12, 400, Ink::Second, this);
    d->note->setObjectName(name + QStringLiteral(".note"));
    d->note->setWordWrap(true);
    d->showAll = new LinkButton(tr("Show all"), name + QStringLiteral(".showAll"), this);
    foot->addWidget(d->note, 1);
    foot->addWidget(d->showAll);
    column->addLayout(foot);
    connect(d->tabs, &SegmentedTabs::currentChanged, this, &BodyView::draw);
    connect(d->showAll, &QPushButton::clicked, this, [this] {
        d->all = true;
        draw();
        d->text->setFocus();
    });
    clear({});
}

BodyView::~BodyView() = default;

void BodyView::setBody(const QByteArray &body, const QList<std::pair<QString, QString>> &headers)
{
    if (d->why.isNull() && d->body == body && d->headers == headers)
        return;
    d->body = body;
    d->headers = headers;
    d->why = QString();
    d->all = false;
    d->json = isJson(body);
    d->tabs->setCount(QStringLiteral("headers"), static_cast<int>(headers.size()));
    draw();
}

void BodyView::clear(const QString &why)
{
    d->why = why.isNull() ? QStringLiteral("") : why;
    d->body.clear();
    d->headers.clear();
    d->tabs->setCount(QStringLiteral("headers"), -1);
    draw();
}

QString BodyView::jsonText()
{
    if (!d->json) {
        const QString text = rawText();
        d->said = tr("Not JSON, shown as it came. ") + d->said;
        return text;
    }
    const QString pretty = prettyJson(d->body);
    d->said = domain::bytesText(d->body.size());
    if (d->all || pretty.size() <= firstPart)
        return pretty;
    d->cut = true;
    d->said = tr("The beginning of %1").arg(domain::bytesText(d->body.size()));
    return pretty.left(firstPart);
}

QString BodyView::rawText()
{
    const BodyText made = bodyText(d->body, d->all ? -1 : firstPart);
    d->cut = made.shown < d->body.size();
    d->said = d->cut ? tr("%1 of %2").arg(domain::bytesText(made.shown), domain::bytesText(d->body.size()))
                     : tr("%1, byte for byte").arg(domain::plural(d->body.size(), tr("byte"), tr("bytes")));
    if (made.escaped > 0)
        d->said +=
            tr("; %1 not UTF-8, shown as \\xff").arg(domain::plural(made.escaped, tr("byte is"), tr("bytes are")));
    return made.text;
}

QString BodyView::headersText() const
{
    QStringList lines;
    for (const auto &[name, value] : d->headers)
        lines << (value == redactedValue ? tr("%1: ▒▒▒▒▒▒ held a secret, not stored").arg(name)
                                         : name + QStringLiteral(": ") + value);
    return lines.isEmpty() ? tr("none") : lines.join(QLatin1Char('\n'));
}

void BodyView::draw()
{
    d->cut = false;
    d->said.clear();
    QString text;
    const QString tab = d->tabs->current();
    if (!d->why.isNull())
        text = d->why;
    else if (tab == QLatin1StringView("raw"))
        text = rawText();
    else if (tab == QLatin1StringView("headers"))
        text = headersText();
    else
        text = jsonText();
    d->text->setPlainText(brokenLines(text));
    d->text->setAccessibleName(tab == QLatin1StringView("headers") ? tr("Webhook headers")
                               : tab == QLatin1StringView("raw")   ? tr("Webhook body, raw")
                                                                   : tr("Webhook body, JSON"));
    d->note->setText(d->said);
    d->note->setVisible(!d->said.isEmpty());
    d->showAll->setVisible(d->cut);
    d->showAll->setText(tr("Show all %1").arg(domain::bytesText(d->body.size())));
    d->showAll->setAccessibleName(d->showAll->text());
}

} // namespace pages
