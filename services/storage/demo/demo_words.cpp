#include "services/storage/demo/demo_words.h"

#include <array>

namespace storage::demo {

namespace {

constexpr std::array heads{
    "Amber",   "Anchor", "Arrow",  "Ash",    "Birch", "Black",  "Blue",    "Bold",    "Bramble", "Bright",
    "Cedar",   "Chalk",  "Cinder", "Clear",  "Cloud", "Cobalt", "Copper",  "Coral",   "Crane",   "Dawn",
    "Deep",    "Drift",  "Ember",  "Fable",  "Fern",  "Field",  "Flint",   "Fox",     "Glass",   "Gold",
    "Granite", "Green",  "Harbor", "Hazel",  "High",  "Iron",   "Juniper", "Kestrel", "Lantern", "Lark",
    "Linden",  "Loom",   "Lunar",  "Maple",  "Marsh", "Mint",   "Moss",    "North",   "Oak",     "Onyx",
    "Opal",    "Paper",  "Pine",   "Quartz", "Quill", "Raven",  "Red",     "River",   "Salt",    "Silver",
};
constexpr std::array tails{
    "beam",  "bend",  "bird",   "bloom",  "bridge", "brook", "cast",   "craft", "crest", "dale",  "deck",  "fall",
    "fare",  "finch", "forge",  "gate",   "grove",  "haven", "hill",   "house", "jet",   "key",   "lane",  "leaf",
    "light", "line",  "mark",   "mere",   "mill",   "path",  "peak",   "point", "port",  "reach", "ridge", "root",
    "scale", "shore", "signal", "spring", "stack",  "stone", "thread", "tide",  "trail", "vale",  "ward",  "works",
};
/// The empty ending comes first, so that small sets have short names.
constexpr std::array endings{
    "",         "Labs",     "Analytics", "Health",   "Systems",  "Logistics", "Studio",   "Robotics", "Energy",
    "Finance",  "Learning", "Media",     "Foods",    "Mobility", "Security",  "Travel",   "Retail",   "Software",
    "Climate",  "Games",    "Legal",     "Payments", "Research", "Data",      "Design",   "Marine",   "Optics",
    "Genomics", "Homes",    "Insurance", "Audio",    "Farms",    "Aero",      "Networks", "Supply",   "Consulting",
};

QString word(const char *text)
{
    return QString::fromLatin1(text);
}
template <size_t N>
QString pickWord(Random &random, const std::array<const char *, N> &list)
{
    return word(list[static_cast<size_t>(random.below(static_cast<qint64>(N)))]);
}

} // namespace

int companyNameCount()
{
    return static_cast<int>(heads.size() * tails.size() * endings.size());
}

CompanyName companyName(int index)
{
    constexpr int stems = static_cast<int>(heads.size() * tails.size());
    // 1 301 shares no factor with the number of stems: a permutation that scatters neighbours.
    const int stem = static_cast<int>((static_cast<qint64>(index % stems) * 1301 + 77) % stems);
    const int round = index / stems;
    // Neither the first nor the second half of the name decides the ending.
    const int mixed = stem * 7 + stem / static_cast<int>(tails.size()) * 5;
    const int ending = (round + mixed) % static_cast<int>(endings.size());
    const QString coined =
        word(heads[static_cast<size_t>(stem) / tails.size()]) + word(tails[static_cast<size_t>(stem) % tails.size()]);
    const QString last = word(endings[static_cast<size_t>(ending)]);
    CompanyName result;
    result.name = last.isEmpty() ? coined : coined + QLatin1Char(' ') + last;
    result.domain = coined.toLower();
    if (round > 0)
        result.domain += QLatin1Char('-') + (last.isEmpty() ? QStringLiteral("hq") : last.toLower());
    result.domain += QStringLiteral(".example");
    return result;
}

Person person(Random &random)
{
    static constexpr std::array firsts{
        "Aisha",  "Alejandro", "Amara",  "Anders", "Anika", "Arjun",  "Beatriz", "Carlos", "Chen",   "Chloe",
        "Daniel", "Divya",     "Elena",  "Emeka",  "Emma",  "Farid",  "Fatima",  "Felix",  "Freya",  "Gabriel",
        "Grace",  "Hana",      "Henrik", "Hugo",   "Ines",  "Ingrid", "Isabel",  "Ivan",   "Jamal",  "Jana",
        "Jonas",  "Julia",     "Kaito",  "Kavya",  "Kofi",  "Lars",   "Layla",   "Leo",    "Lina",   "Lucas",
        "Maria",  "Marta",     "Mateo",  "Maya",   "Mei",   "Milan",  "Mina",    "Nadia",  "Nikhil", "Nina",
        "Noah",   "Nora",      "Olga",   "Omar",   "Oscar", "Paula",  "Petra",   "Pooja",  "Rafael", "Rania",
        "Ravi",   "Rosa",      "Ruth",   "Samir",  "Sara",  "Sofia",  "Stefan",  "Tara",   "Theo",   "Tomas",
        "Uma",    "Vera",      "Viktor", "Wei",    "Yara",  "Yuki",   "Yusuf",   "Zainab", "Zoe",    "Zuri",
    };
    static constexpr std::array lasts{
        "Abara",   "Adler",   "Almeida", "Andersen", "Bakshi", "Banerjee", "Barros",  "Becker",  "Bergman", "Bose",
        "Castro",  "Chandra", "Costa",   "Dahl",     "Desai",  "Diallo",   "Dubois",  "Eriksen", "Farouk",  "Ferrari",
        "Fischer", "Fujita",  "Garcia",  "Ghosh",    "Haddad", "Hansen",   "Herrera", "Horvat",  "Ibrahim", "Iyer",
        "Jansen",  "Joshi",   "Kapoor",  "Keller",   "Khan",   "Kim",      "Kimura",  "Kovacs",  "Kumar",   "Lindqvist",
        "Lopez",   "Marino",  "Mehta",   "Meyer",    "Moreau", "Mwangi",   "Nair",    "Novak",   "Nowak",   "Okafor",
        "Olsen",   "Park",    "Patel",   "Pereira",  "Petrov", "Quist",    "Rao",     "Reyes",   "Rossi",   "Saito",
        "Santos",  "Schmidt", "Sharma",  "Silva",    "Singh",  "Soto",     "Tanaka",  "Varga",   "Vega",    "Weber",
        "Wolf",    "Yamada",  "Yilmaz",  "Zhang",    "Zimmer",
    };
    Person result;
    result.first = pickWord(random, firsts);
    result.last = pickWord(random, lasts);
    return result;
}

QString appName(Random &random)
{
    static constexpr std::array subjects{
        "orders",  "billing", "search", "checkout", "ingest",  "reports",  "chat",    "crawler", "pricing", "catalog",
        "support", "invoice", "mailer", "insights", "tracker", "schedule", "summary", "router",  "intake",  "gateway",
    };
    static constexpr std::array roles{"api", "agent", "worker", "web", "bot", "sync", "jobs", "edge"};
    return pickWord(random, subjects) + QLatin1Char('-') + pickWord(random, roles);
}

QString resourceName(Random &random, const QString &app)
{
    static constexpr std::array parts{"main", "primary", "events", "cache", "sessions", "archive", "staging", "memory"};
    return app + QLatin1Char('-') + pickWord(random, parts);
}

QString branchName(Random &random)
{
    static constexpr std::array names{"main", "main", "main", "release", "develop", "hotfix/timeouts"};
    return pickWord(random, names);
}

QString vaultKey(Random &random)
{
    static constexpr std::array names{"MODEL_API_KEY", "SMTP_PASSWORD", "SIGNING_SECRET", "MAPS_TOKEN", "DSN_READONLY"};
    return pickWord(random, names);
}

QString userAgent(Random &random)
{
    static constexpr std::array names{
        "instant-cli/0.9.4", "instant-mcp/1.3.0", "python-httpx/0.27.0",
        "curl/7.88.1",       "node-fetch/3.3.2",  "Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0",
    };
    return pickWord(random, names);
}

QString ipAddress(Random &random)
{
    static constexpr std::array networks{"192.0.2.", "198.51.100.", "203.0.113."};
    return pickWord(random, networks) + QString::number(random.between(1, 254));
}

QString hexText(Random &random, int digits)
{
    QString text;
    for (int i = 0; i < digits; ++i)
        text += QLatin1Char("0123456789abcdef"[random.below(16)]);
    return text;
}

QString alnumText(Random &random, int length)
{
    static constexpr char alphabet[] = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789";
    QString text;
    for (int i = 0; i < length; ++i)
        text += QLatin1Char(alphabet[random.below(static_cast<qint64>(sizeof alphabet) - 1)]);
    return text;
}

} // namespace storage::demo
