#pragma once
#include <QString>

namespace pages {

/// What one list screen is called and says. The rest of its texts is made of these.
struct ListSpec {
    QString screen;           ///< key of the screen and prefix of every object name: `audit`
    QString title;            ///< "Audit log"
    QString placeholder;      ///< of the query field: an example of what can be asked
    QString changeKind;       ///< kind in the change feed that touches the rows: `audit`
    QString one, many;        ///< "entry", "entries"
    QString noun = many;      ///< "audit entries": "Loading …", "Export …", "Exported 12 …"
    QString whole = title;    ///< "The audit log": "… could not be loaded"
    QString nothingYet;       ///< "No audit entries yet"
    QString howToGetSome;     ///< "Every change of a customer or by an operator writes one."
    QString selectFirst = {}; ///< "Select a customer first"; needed when an own action needs a row
    int tableLeastHeight = 0; ///< px; > 0: see addAboveTable()
    bool exports = true;      ///< false: the screen offers no export and need not override exporter()
};

} // namespace pages
