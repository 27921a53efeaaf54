#pragma once
#include "models/domain/principal.h"
#include "views/widgets/badge.h"
#include "views/widgets/text.h"

#include <QList>
#include <QWidget>

#include <memory>

class QGridLayout;
class QScrollArea;

namespace pages {

class PageHost;

/// Why this operator cannot do it now (role, locked profile); empty = allowed. The core checks again.
QString whyNot(const PageHost &host, domain::Permission permission);

/// Label left, value right: the facts of an inspector.
class FactList : public QWidget {
    Q_OBJECT
public:
    struct Fact {
        QString label, value;
        widgets::Ink ink = widgets::Ink::Text;
        QString tooltip = {};
    };
    explicit FactList(QWidget *parent = nullptr);
    void setFacts(const QList<Fact> &facts);

private:
    QGridLayout *m_grid;
};

/// Width of a column that shows `2026-11-22 09:14:07.512` in full, in tabular digits, padding included.
int exactTimeWidth();

/// A hairline.
QWidget *makeRule(QWidget *parent);
/// A page or inspector body that scrolls when the window is low; the content takes the whole width.
QScrollArea *makeScroll(QWidget *content, const QString &name, QWidget *parent);
void clearLayout(QLayout *layout);

} // namespace pages
