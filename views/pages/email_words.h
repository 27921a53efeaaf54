#pragma once
#include "models/domain/delivery_figures.h"
#include "services/ports/email_service.h"
#include "views/charts/segment_bar.h"
#include "views/charts/step_chart.h"
#include "views/widgets/badge.h"
#include "views/widgets/text.h"

namespace pages {

/// How the delivery screen says things: words, tones and the colours of its charts.

/// Tone of the name of an outcome or a ledger class.
widgets::Tone outcomeTone(const QString &state);
widgets::Ink verdictInk(domain::Verdict verdict);
widgets::Tone verdictTone(domain::Verdict verdict); ///< Neutral without a verdict
/// What an outcome means, in one sentence (05-formulas §2).
QString outcomeMeaning(domain::DeliveryOutcome outcome);
/// A = D, L, H, K, E, S, P, U.
QList<charts::Segment> outcomeSegments(const domain::OutcomeCounts &counts);
/// "Deferred", "Accepted by the provider" for an event of a message's timeline.
QString eventTitle(const QString &event);
widgets::Tone eventTone(const QString &event);
QString eventIcon(const QString &event);
/// The series of a chart of events by time; only those that happened.
QList<charts::StepSeries> eventSeries(const QList<ports::EventPoint> &points);
/// 0.9412 → "94.1 %"; bounds as "93.2 – 94.2 %".
QString ratioText(std::optional<double> ratio);
QString intervalText(const std::optional<domain::Interval> &interval);

} // namespace pages
