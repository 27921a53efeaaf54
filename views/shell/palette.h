#pragma once
#include <QList>
#include <QWidget>

#include <functional>
#include <memory>

namespace shell {

/// One line of the palette.
struct PaletteEntry {
    QString id; ///< `go.customers`, `customers.export`, `customer.<uuid>`
    QString text;
    QString detail; ///< quiet, right of the text
    QString icon;
    QString keys;        ///< shown as a key cap
    QString group;       ///< "Screens", "This page", "Views", "Customers", "Pasted id"
    QString whyDisabled; ///< not empty = shown, but does nothing
    std::function<void()> run;
};

/// The overlay of Ctrl+K: fuzzy over everything the sources know; slow sources answer later and the latest answer wins.
class Palette : public QWidget {
    Q_OBJECT
public:
    explicit Palette(QWidget *host);
    ~Palette() override;
    void open(const QList<PaletteEntry> &entries, const QString &initial = {});
    void close();
    bool isOpen() const;
    /// Results of a slow source for the query that had this generation; older ones are dropped.
    void addResults(quint64 generation, const QString &source, const QList<PaletteEntry> &entries);
    QStringList shownIds() const;
    QString query() const;

Q_SIGNALS:
    void queryChanged(const QString &query, quint64 generation); ///< debounced by 120 ms
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void refilter();
    void runCurrent();
    void place();
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace shell
