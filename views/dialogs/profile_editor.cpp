#include "views/dialogs/profile_editor.h"

#include "services/ports/when_done.h"
#include "views/dialogs/error_text.h"
#include "views/widgets/buttons.h"
#include "views/widgets/scrim.h"
#include "views/widgets/text.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QPainter>
#include <QSpinBox>
#include <QStyle>
#include <QVBoxLayout>

namespace dialogs {

using widgets::EnvironmentHue;
using widgets::EnvironmentKind;
using widgets::Ink;
using widgets::TextRole;

namespace {

/// A colour to choose; the chosen one has a ring and a check, so it is not told by colour alone.
class Swatch : public QAbstractButton {
public:
    Swatch(EnvironmentHue hue, QWidget *parent) : QAbstractButton(parent), m_hue(hue)
    {
        setCheckable(true);
        setFixedSize(26, 26);
        setObjectName(QStringLiteral("profile.colour.") + widgets::hueName(hue));
        setAccessibleName(widgets::hueName(hue));
        setToolTip(widgets::hueName(hue));
        setCursor(Qt::PointingHandCursor);
        setFocusPolicy(Qt::StrongFocus);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const auto &c = widgets::Theme::instance().colors();
        if (isChecked() || hasFocus()) {
            painter.setPen(QPen(hasFocus() ? c.accent : c.text2, 1.5));
            painter.drawEllipse(QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5));
        }
        painter.setPen(Qt::NoPen);
        painter.setBrush(widgets::hueColor(m_hue));
        painter.drawEllipse(QRectF(rect()).adjusted(4.5, 4.5, -4.5, -4.5));
        if (isChecked())
            widgets::icon(QStringLiteral("check"), c.surface).paint(&painter, QRect(7, 7, 12, 12));
    }

private:
    EnvironmentHue m_hue;
};

const QList<EnvironmentHue> &hues()
{
    static const QList<EnvironmentHue> all{EnvironmentHue::Green, EnvironmentHue::Blue, EnvironmentHue::Violet,
                                           EnvironmentHue::Amber, EnvironmentHue::Red,  EnvironmentHue::Grey};
    return all;
}

} // namespace

struct ProfileEditor::Private {
    ConnectionProfile start;
    TestConnection test;
    quint64 generation = 0;

    widgets::EnvironmentBand *band;
    QComboBox *kind, *environment;
    QLineEdit *name, *file, *host, *database, *user, *options, *url, *caFile, *secret;
    QSpinBox *port;
    QCheckBox *safe;
    QButtonGroup *colours;
    QLabel *result;
    widgets::SecondaryButton *testButton;
    QGridLayout *grid;
    struct Row {
        QLabel *label;
        QWidget *field;
        QList<ConnectionKind> kinds;
    };
    QList<Row> rows;
};

ProfileEditor::ProfileEditor(const ConnectionProfile &profile, TestConnection test, const QString &secretPlace,
                             QWidget *parent)
    : QDialog(parent)
    , d(std::make_unique<Private>())
{
    new widgets::Scrim(this);
    d->start = profile;
    d->test = std::move(test);
    setObjectName(QStringLiteral("profileEditor"));
    setWindowModality(Qt::WindowModal);
    setMinimumWidth(540);
    setWindowTitle(profile.id.isEmpty() ? tr("New connection") : tr("Edit %1").arg(profile.name));
    setAccessibleName(windowTitle());
    build(secretPlace);
    fill(profile);
}

ProfileEditor::~ProfileEditor() = default;

void ProfileEditor::build(const QString &secretPlace)
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    d->band = new widgets::EnvironmentBand(d->start.toEnvironment(), this);
    d->band->setInteractive(false);
    outer->addWidget(d->band);
    auto *column = new QVBoxLayout;
    column->setContentsMargins(widgets::space::xxl, widgets::space::xl, widgets::space::xxl, widgets::space::xl);
    column->setSpacing(widgets::space::l);
    outer->addLayout(column);
    column->addWidget(widgets::makeLabel(windowTitle(), TextRole::Title15, 600, Ink::Text, this));
    d->grid = new QGridLayout;
    d->grid->setHorizontalSpacing(widgets::space::l);
    d->grid->setVerticalSpacing(10);
    d->grid->setColumnStretch(1, 1);
    d->grid->setColumnMinimumWidth(0, 104);
    column->addLayout(d->grid);

    using enum ConnectionKind;
    const QList<ConnectionKind> all{Sqlite, Postgres, Headless};
    const auto add = [this](const QString &label, QWidget *field, const QString &name,
                            const QList<ConnectionKind> &kinds) {
        auto *text = widgets::makeLabel(label, TextRole::Base13, 400, Ink::Second, this);
        field->setObjectName(QStringLiteral("profile.") + name);
        field->setAccessibleName(label);
        text->setBuddy(field);
        const int row = d->grid->rowCount();
        d->grid->addWidget(text, row, 0);
        d->grid->addWidget(field, row, 1);
        d->rows.append({text, field, kinds});
    };
    const auto line = [&](QLineEdit *&field, const QString &label, const QString &name, const QString &hint,
                          const QList<ConnectionKind> &kinds) {
        field = new QLineEdit(this);
        field->setPlaceholderText(hint);
        add(label, field, name, kinds);
    };
    line(d->name, tr("Name"), QStringLiteral("name"), tr("Production"), all);
    d->kind = new QComboBox(this);
    for (const ConnectionKind kind : all)
        d->kind->addItem(widgets::icon(connectionKindIcon(kind)), connectionKindTitle(kind), static_cast<int>(kind));
    add(tr("Connect to"), d->kind, QStringLiteral("kind"), all);
    line(d->file, tr("Database file"), QStringLiteral("file"), tr("your data folder"), {Sqlite});
    line(d->host, tr("Host"), QStringLiteral("host"), QStringLiteral("db.example.dev"), {Postgres});
    d->port = new QSpinBox(this);
    d->port->setRange(1, 65535);
    d->port->setButtonSymbols(QAbstractSpinBox::NoButtons);
    add(tr("Port"), d->port, QStringLiteral("port"), {Postgres});
    line(d->database, tr("Database"), QStringLiteral("database"), QStringLiteral("instanode"), {Postgres});
    line(d->user, tr("User"), QStringLiteral("user"), QStringLiteral("console"), {Postgres});
    line(d->options, tr("Options"), QStringLiteral("options"), QStringLiteral("sslmode=require"), {Postgres});
    line(d->url, tr("Address"), QStringLiteral("url"), QStringLiteral("https://console.example.dev:8443"), {Headless});
    line(d->caFile, tr("CA file"), QStringLiteral("caFile"), tr("only for an own certificate authority"), {Headless});
    line(d->secret, tr("Password"), QStringLiteral("secret"), d->start.id.isEmpty() ? QString() : tr("unchanged"),
         {Postgres, Headless});
    d->secret->setEchoMode(QLineEdit::Password);
    d->secret->setToolTip(tr("Kept in: %1").arg(secretPlace));
    d->environment = new QComboBox(this);
    for (const EnvironmentKind kind : {EnvironmentKind::Local, EnvironmentKind::Staging, EnvironmentKind::Production})
        d->environment->addItem(widgets::icon(widgets::environmentIcon(kind)), widgets::environmentKindName(kind),
                                static_cast<int>(kind));
    add(tr("Environment"), d->environment, QStringLiteral("environment"), all);
    auto *swatches = new QWidget(this);
    auto *swatchRow = new QHBoxLayout(swatches);
    swatchRow->setContentsMargins(0, 0, 0, 0);
    swatchRow->setSpacing(widgets::space::xs);
    d->colours = new QButtonGroup(this);
    for (const EnvironmentHue hue : hues()) {
        auto *swatch = new Swatch(hue, swatches);
        d->colours->addButton(swatch, static_cast<int>(hue));
        swatchRow->addWidget(swatch);
    }
    swatchRow->addStretch();
    add(tr("Colour"), swatches, QStringLiteral("colour"), all);
    d->safe = new QCheckBox(tr("Open read only, unlock for %1 minutes").arg(d->start.unlockMinutes), this);
    add(tr("Safe mode"), d->safe, QStringLiteral("safe"), all);

    d->result = widgets::makeLabel({}, TextRole::Small12, 500, Ink::Second, this);
    d->result->setObjectName(QStringLiteral("profile.result"));
    d->result->setWordWrap(true);
    d->result->setTextInteractionFlags(Qt::TextSelectableByMouse);
    d->result->hide();
    column->addWidget(d->result);
    d->testButton = new widgets::SecondaryButton(tr("Test connection"), QStringLiteral("profile.test"), this);
    auto *cancel = new widgets::SecondaryButton(tr("Cancel"), QStringLiteral("profile.cancel"), this);
    auto *save = new widgets::PrimaryButton(tr("Save connection"), QStringLiteral("profile.save"), this);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(widgets::space::s);
    buttons->addWidget(d->testButton);
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(save);
    column->addLayout(buttons);

    connect(d->kind, &QComboBox::currentIndexChanged, this, &ProfileEditor::showKind);
    connect(d->environment, &QComboBox::activated, this, [this] {
        if (static_cast<EnvironmentKind>(d->environment->currentData().toInt()) == EnvironmentKind::Production) {
            d->safe->setChecked(true);
            d->colours->button(static_cast<int>(EnvironmentHue::Red))->setChecked(true);
        }
        d->band->setEnvironment(profile().toEnvironment());
    });
    connect(d->colours, &QButtonGroup::idToggled, this, [this] { d->band->setEnvironment(profile().toEnvironment()); });
    connect(d->safe, &QCheckBox::toggled, this, [this] { d->band->setEnvironment(profile().toEnvironment()); });
    for (QLineEdit *field : {d->name, d->file, d->host, d->database, d->url})
        connect(field, &QLineEdit::textChanged, this, [this] { d->band->setEnvironment(profile().toEnvironment()); });
    connect(d->testButton, &QPushButton::clicked, this, &ProfileEditor::runTest);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(save, &QPushButton::clicked, this, [this] {
        if (!showProblems())
            return;
        Q_EMIT saved(profile(), secret());
        accept();
    });
}

void ProfileEditor::fill(const ConnectionProfile &p)
{
    d->name->setText(p.name);
    d->kind->setCurrentIndex(static_cast<int>(p.kind));
    d->file->setText(p.sqliteFile);
    d->host->setText(p.host);
    d->port->setValue(p.port);
    d->database->setText(p.database);
    d->user->setText(p.user);
    d->options->setText(p.options);
    d->url->setText(p.url);
    d->caFile->setText(p.caFile);
    d->environment->setCurrentIndex(static_cast<int>(p.environment));
    d->colours->button(static_cast<int>(p.hue))->setChecked(true);
    d->safe->setChecked(p.safeMode);
    showKind();
}

ConnectionProfile ProfileEditor::profile() const
{
    ConnectionProfile p = d->start;
    p.name = d->name->text().trimmed();
    p.kind = static_cast<ConnectionKind>(d->kind->currentData().toInt());
    p.sqliteFile = d->file->text().trimmed();
    p.host = d->host->text().trimmed();
    p.port = d->port->value();
    p.database = d->database->text().trimmed();
    p.user = d->user->text().trimmed();
    p.options = d->options->text().trimmed();
    p.url = d->url->text().trimmed();
    p.caFile = d->caFile->text().trimmed();
    p.environment = static_cast<EnvironmentKind>(d->environment->currentData().toInt());
    p.hue = static_cast<EnvironmentHue>(d->colours->checkedId() < 0 ? 0 : d->colours->checkedId());
    p.safeMode = d->safe->isChecked();
    return p;
}

QString ProfileEditor::secret() const
{
    return d->secret->text();
}

void ProfileEditor::showKind()
{
    const auto kind = static_cast<ConnectionKind>(d->kind->currentData().toInt());
    for (const Private::Row &row : std::as_const(d->rows)) {
        const bool visible = row.kinds.contains(kind);
        row.label->setVisible(visible);
        row.field->setVisible(visible);
        if (row.field == d->secret) {
            const QString text = kind == ConnectionKind::Headless ? tr("Operator token") : tr("Password");
            row.label->setText(text);
            d->secret->setAccessibleName(text);
        }
    }
    d->result->hide();
    d->band->setEnvironment(profile().toEnvironment());
    adjustSize();
}

bool ProfileEditor::showProblems()
{
    const QHash<QString, QString> problems = problemsOf(profile());
    const QList<std::pair<QString, QLineEdit *>> fields{{QStringLiteral("name"), d->name},
                                                        {QStringLiteral("host"), d->host},
                                                        {QStringLiteral("database"), d->database},
                                                        {QStringLiteral("url"), d->url}};
    QLineEdit *first = nullptr;
    for (const auto &[key, field] : fields) {
        const QString problem = problems.value(key);
        field->setProperty("error", !problem.isEmpty());
        field->setToolTip(problem);
        field->setAccessibleDescription(problem);
        field->style()->unpolish(field);
        field->style()->polish(field);
        if (!problem.isEmpty() && !first)
            first = field;
    }
    d->result->setVisible(!problems.isEmpty());
    if (problems.isEmpty())
        return true;
    widgets::setInk(d->result, Ink::Bad);
    d->result->setText(QStringList(problems.values()).join(QStringLiteral(" · ")));
    if (first)
        first->setFocus(Qt::OtherFocusReason);
    return false;
}

void ProfileEditor::runTest()
{
    if (!showProblems() || !d->test)
        return;
    const quint64 generation = ++d->generation;
    d->testButton->setEnabled(false);
    widgets::setInk(d->result, Ink::Second);
    d->result->setText(tr("Connecting to %1…").arg(profile().place()));
    d->result->show();
    ports::whenDone(d->test(profile(), secret()), this, [this, generation](const domain::Result<QString> &answer) {
        if (generation != d->generation)
            return;
        d->testButton->setEnabled(true);
        widgets::setInk(d->result, answer ? Ink::Good : Ink::Bad);
        d->result->setText(answer ? tr("✓ Works: %1").arg(*answer) : tr("✕ %1").arg(errorText(answer.error())));
    });
}

} // namespace dialogs
