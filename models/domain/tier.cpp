#include "models/domain/tier.h"

namespace domain {

const QList<Tier> &allTiers()
{
    static const QList<Tier> tiers{Tier::Anonymous, Tier::Free,   Tier::Hobby, Tier::HobbyPlus,
                                   Tier::Pro,       Tier::Growth, Tier::Team};
    return tiers;
}

QString tierName(Tier tier)
{
    switch (tier) {
    case Tier::Anonymous:
        return QStringLiteral("anonymous");
    case Tier::Free:
        return QStringLiteral("free");
    case Tier::Hobby:
        return QStringLiteral("hobby");
    case Tier::HobbyPlus:
        return QStringLiteral("hobby_plus");
    case Tier::Pro:
        return QStringLiteral("pro");
    case Tier::Growth:
        return QStringLiteral("growth");
    case Tier::Team:
        return QStringLiteral("team");
    }
    Q_UNREACHABLE();
}

std::optional<Tier> parseTier(QStringView name)
{
    const QString wanted = name.trimmed().toString().toLower();
    for (const Tier tier : allTiers()) {
        if (tierName(tier) == wanted)
            return tier;
    }
    return std::nullopt;
}

QString canonicalTierName(const QString &name)
{
    const QLatin1StringView suffix("_yearly");
    return name.endsWith(suffix) ? name.chopped(suffix.size()) : name;
}

int tierRank(QStringView name)
{
    const auto tier = parseTier(name);
    return tier ? tierRank(*tier) : -1;
}

int tierRank(Tier tier)
{
    return static_cast<int>(tier);
}

bool isAdminSettable(Tier tier)
{
    return tier != Tier::Anonymous;
}

} // namespace domain
