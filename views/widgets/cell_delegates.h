#pragma once
#include "views/widgets/badge.h"

#include <QStyledItemDelegate>

#include <functional>

/// How cells look. Roles are given by the model's owner (items must not know widgets); Qt::DisplayRole is always the
/// full text for copy, accessibility and tooltips.
namespace widgets {

/// Base: hover, selection and mark washes, hairline below, 12 px padding. Plain text, right-aligned columns in tabular
/// digits. Optional inkRole holds an int(widgets::Ink).
class CellDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit CellDelegate(QObject *parent = nullptr, int inkRole = -1);
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const final;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    /// rect is the padded cell; the painter has the base font and the text pen.
    virtual void paintCell(QPainter &painter, const QRect &rect, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const;
    int m_inkRole;
};

/// Text and tone from the display text: tone(text, index). Empty text paints "—".
class BadgeDelegate : public CellDelegate {
    Q_OBJECT
public:
    using ToneOf = std::function<Tone(const QModelIndex &)>;
    explicit BadgeDelegate(ToneOf tone, QObject *parent = nullptr);

protected:
    void paintCell(QPainter &, const QRect &, const QStyleOptionViewItem &, const QModelIndex &) const override;

private:
    ToneOf m_tone;
};

/// "▂▂▂__  9.1 / 10 GB"; roles hold qint64, the display text is painted beside the bar.
class UsageBarDelegate : public CellDelegate {
    Q_OBJECT
public:
    UsageBarDelegate(int usedRole, int limitRole, QObject *parent = nullptr);

protected:
    void paintCell(QPainter &, const QRect &, const QStyleOptionViewItem &, const QModelIndex &) const override;

private:
    int m_usedRole, m_limitRole;
};

/// "Northwind Agents  ops@northwind.example": weight 500, then quiet text from secondaryRole in the same line. An icon
/// name (QString) in iconRole is drawn in front.
class TwoTextDelegate : public CellDelegate {
    Q_OBJECT
public:
    explicit TwoTextDelegate(int secondaryRole, QObject *parent = nullptr, int iconRole = -1);

protected:
    void paintCell(QPainter &, const QRect &, const QStyleOptionViewItem &, const QModelIndex &) const override;

private:
    int m_secondaryRole, m_iconRole;
};

/// QDateTime (UTC) in timeRole as "2 min ago"; exact time is the model's tooltip. Invalid: "—".
class RelativeTimeDelegate : public CellDelegate {
    Q_OBJECT
public:
    explicit RelativeTimeDelegate(int timeRole, QObject *parent = nullptr);

protected:
    void paintCell(QPainter &, const QRect &, const QStyleOptionViewItem &, const QModelIndex &) const override;

private:
    int m_timeRole;
};

/// Cents in centsRole as "$49.00", right-aligned, tabular; zero is quiet.
class MoneyDelegate : public CellDelegate {
    Q_OBJECT
public:
    explicit MoneyDelegate(int centsRole, QObject *parent = nullptr);

protected:
    void paintCell(QPainter &, const QRect &, const QStyleOptionViewItem &, const QModelIndex &) const override;

private:
    int m_centsRole;
};

/// An icon of resources/icons named by the display text of iconRole, centred.
class IconDelegate : public CellDelegate {
    Q_OBJECT
public:
    explicit IconDelegate(int iconRole, QObject *parent = nullptr);

protected:
    void paintCell(QPainter &, const QRect &, const QStyleOptionViewItem &, const QModelIndex &) const override;

private:
    int m_iconRole;
};

} // namespace widgets
