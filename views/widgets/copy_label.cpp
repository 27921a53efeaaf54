#include "views/widgets/copy_label.h"

#include "views/widgets/buttons.h"
#include "views/widgets/text.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>

namespace widgets {

struct CopyLabel::Private {
    QLabel *text;
    IconButton *button;
    QString value;
};

CopyLabel::CopyLabel(const QString &name, QWidget *parent) : QWidget(parent), d(std::make_unique<Private>())
{
    setObjectName(name);
    d->text = makeLabel({}, TextRole::Small12, 400, Ink::Second, this);
    d->text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    d->button = new IconButton(QStringLiteral("copy"), tr("Copy"), name + QStringLiteral(".copy"), this);
    d->button->setFixedSize(22, 22);
    d->button->setIconSize({14, 14});
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    row->addWidget(d->text);
    row->addWidget(d->button);
    row->addStretch();
    connect(d->button, &QToolButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(d->value);
        Q_EMIT copied(d->value);
    });
}

CopyLabel::~CopyLabel() = default;

void CopyLabel::setValue(const QString &value, const QString &shown)
{
    d->value = value;
    d->text->setText(shown.isEmpty() ? value : shown);
    d->text->setToolTip(value);
    d->button->setToolTip(tr("Copy %1").arg(value));
    d->button->setAccessibleName(tr("Copy %1").arg(value));
    setVisible(!value.isEmpty());
}

QString CopyLabel::value() const
{
    return d->value;
}

} // namespace widgets
