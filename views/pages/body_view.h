#pragma once
#include <QByteArray>
#include <QList>
#include <QWidget>

#include <memory>

namespace pages {

/// A stored request body: as indented JSON (numbers keep every digit), as the exact bytes, and the headers beside it.
/// What is long is cut with its size and "Show all". Names: `<name>.tabs`, `.text`, `.showAll`, `.note`.
class BodyView : public QWidget {
    Q_OBJECT
public:
    /// Bytes, or characters of indented JSON, before the rest is asked for.
    static constexpr qsizetype firstPart = 16 * 1024;

    explicit BodyView(const QString &name, QWidget *parent = nullptr);
    ~BodyView() override;
    void setBody(const QByteArray &body, const QList<std::pair<QString, QString>> &headers);
    void clear(const QString &why); ///< "Loading the body…"

private:
    void draw();
    QString jsonText();
    QString rawText();
    QString headersText() const;
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace pages
