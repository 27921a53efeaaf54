#pragma once
#include <QWidget>

#include <memory>

namespace widgets {

/// An id or value with a copy button; shows a short form, copies the whole.
class CopyLabel : public QWidget {
    Q_OBJECT
public:
    explicit CopyLabel(const QString &name, QWidget *parent = nullptr);
    ~CopyLabel() override;
    void setValue(const QString &value, const QString &shown = {}); ///< shown empty = the value
    QString value() const;

Q_SIGNALS:
    void copied(const QString &value);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace widgets
