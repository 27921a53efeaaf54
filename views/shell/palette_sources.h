#pragma once
#include "views/pages/page.h"
#include "views/shell/key_bindings.h"
#include "views/shell/palette.h"

#include <QObject>

namespace shell {

/// What the palette offers: screens, the page's actions, saved views, customers by name, pasted ids.
class PaletteSources : public QObject {
    Q_OBJECT
public:
    PaletteSources(pages::PageHost &host, Palette &palette, const KeyBindings &keys, QObject *parent);
    /// Screens, page actions and the shell's own commands.
    QList<PaletteEntry> entries(const QList<pages::PageAction> &pageActions, const QList<PaletteEntry> &commands) const;

private:
    void search(const QString &query, quint64 generation);
    void searchCustomers(const QString &query, quint64 generation);
    void searchViews(const QString &query, quint64 generation);
    void sniff(const QString &query, quint64 generation);
    pages::Location list(const QString &screen, const QString &query) const;

    pages::PageHost &m_host;
    Palette &m_palette;
    const KeyBindings &m_keys;
};

/// What a pasted text is, by its shape (06-screens §1 "Palette").
enum class PastedKind { None, Uuid, Email, MessageId, ProviderId, DeepLink };
PastedKind sniffPasted(const QString &text);

} // namespace shell
