#pragma once
#include <QFrame>

class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace widgets {

/// A surface with a hairline border, radius 10, and an optional heading line. Put content into body().
class Card : public QFrame {
    Q_OBJECT
public:
    explicit Card(const QString &title = {}, QWidget *parent = nullptr);
    void setTitle(const QString &title);
    void setHint(const QString &hint);               ///< third-level text after the title: "last 30 days · UTC"
    QVBoxLayout *body() const { return m_body; }     ///< margins 16, spacing 8
    QHBoxLayout *header() const { return m_header; } ///< add buttons at its right end
    void setQuietTitle();                            ///< 12 px, second-level ink: where a figure is the subject
    void setFlush(bool flush);                       ///< no side margins around the body: tables

private:
    QVBoxLayout *m_body;
    QHBoxLayout *m_header;
    QLabel *m_title;
    QLabel *m_hint;
};

} // namespace widgets
