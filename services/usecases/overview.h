#pragma once
#include "services/usecases/env.h"

namespace usecases {

/// ViewCustomers. The figures of the first screen at the clock's time; every tier in rank order, attention items most
/// urgent first, at most 20. What concerns e-mail is left out without ViewEmail.
domain::Result<ports::Overview> overview(const Env &env);

/// Share of a limit from which a customer counts as near its quota.
inline constexpr int nearQuotaPercent = 80;
inline constexpr int maxAttentionItems = 20;

/// So many of every kind are kept even when another kind alone would fill the list.
inline constexpr int reservedPerKind = 2;

/// Puts the most urgent first (severity, then the newest, then the text) and keeps maxAttentionItems, of every kind at
/// least the reservedPerKind most urgent.
void rankAttention(QList<ports::AttentionItem> &items);
/// "9.7 of 10 GB storage"; requests for webhooks.
QString quotaText(const QString &resourceType, qint64 used, qint64 limit);
/// 3 when it ends within two days (or has ended), else 2.
int graceSeverity(const QDateTime &endsAt, const QDateTime &now);
/// "payment grace ends in 3 days"
QString graceText(const QDateTime &endsAt, const QDateTime &now);
QString degradedText(const QString &type, const QString &name, const QString &reason);
QString failureText(const QString &appName, const QString &env);
QString deletionText(const QString &teamStatus);
/// 30 UTC days up to `today`, gaps filled with 0.
QList<ports::DayPoint> thirtyDays(const QHash<QDate, qint64> &values, QDate today);

} // namespace usecases
