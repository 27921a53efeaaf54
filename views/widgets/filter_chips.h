#pragma once
#include <QString>
#include <QWidget>

#include <memory>

class QLineEdit;
class QHBoxLayout;

namespace widgets {

struct Chip {
    QString key;   ///< `tier`; what removed() says
    QString label; ///< "Tier"
    QString value; ///< "pro, growth"
    bool operator==(const Chip &) const = default;
};

/// The bar under the page bar: chips of all active filters, the query field with the hint of its key and an inline
/// error.
class FilterChips : public QWidget {
    Q_OBJECT
public:
    explicit FilterChips(const QString &screen, QWidget *parent = nullptr);
    ~FilterChips() override;
    void setChips(const QList<Chip> &chips);
    void setPlaceholder(const QString &text); ///< "tier:pro,growth  mrr>=40  or a name"
    void setKeyHint(const QString &key);      ///< the key that goes to the field, `/` at first; empty = none
    QString text() const;
    void setText(const QString &text);
    void setError(const QString &message);         ///< empty hides it
    void setSuggestions(const QStringList &words); ///< completion of the word under the cursor: `tier:`, `mrr>=`
    void focusField();
    QHBoxLayout *trailing() const; ///< right end: view picker, columns menu

Q_SIGNALS:
    void edited(const QString &text);    ///< on every change, already debounced by 200 ms
    void submitted(const QString &text); ///< Enter
    void removed(const QString &key);    ///< chip closed
    void escaped();                      ///< Esc in the empty field

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace widgets
