#pragma once
#include "views/widgets/theme.h"

#include <QWidget>

namespace widgets {

/// Meaning of a badge, dot or bar: always together with a text (state is never colour alone).
enum class Tone { Neutral, Accent, Good, Warning, Bad };
QColor toneColor(Tone tone);
QColor toneWash(Tone tone);

/// A small rounded label in a wash colour: `active`, `pro`, `failed`.
class Badge : public QWidget {
    Q_OBJECT
public:
    explicit Badge(const QString &text = {}, Tone tone = Tone::Neutral, QWidget *parent = nullptr);
    void set(const QString &text, Tone tone);
    QString text() const { return m_text; }
    Tone tone() const { return m_tone; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

    /// The same drawing for delegates. Left-aligned and vertically centred in rect; returns the width used.
    static int paint(QPainter &painter, const QRect &rect, const QString &text, Tone tone, bool pill = false);
    static QSize sizeFor(const QString &text);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    Tone m_tone;
};

/// "hobby plus" for `hobby_plus`, "pro · yearly" for `pro_yearly`.
QString tierLabel(const QString &tier);
/// anonymous, free and hobby are quiet, the larger plans take the accent. A tier is not a state: never good or bad.
Tone tierTone(const QString &tier);
/// Index into Colors::series: a tier has one colour in every chart.
int tierSeries(const QString &tier);
/// Tone of a status word of teams, resources and deployments (`active`, `failed`, `deletion_pending` …).
Tone statusTone(const QString &status);
/// "deletion pending" for `deletion_pending`.
QString statusLabel(const QString &status);

class TierBadge : public Badge {
    Q_OBJECT
public:
    explicit TierBadge(const QString &tier = {}, QWidget *parent = nullptr);
    void setTier(const QString &tier);
};

} // namespace widgets
