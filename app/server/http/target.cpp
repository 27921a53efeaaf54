#include "app/server/http/target.h"

#include <algorithm>

namespace server {

namespace {

constexpr qsizetype maxQueryPairs = 100;

int hexValue(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool isControl(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

QByteArray toBytes(std::string_view text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

std::optional<NamedValues> parseQuery(std::string_view text)
{
    NamedValues pairs;
    while (!text.empty()) {
        const std::size_t amp = text.find('&');
        const std::string_view part = text.substr(0, amp);
        text = amp == std::string_view::npos ? std::string_view() : text.substr(amp + 1);
        if (part.empty())
            continue;
        const std::size_t equals = part.find('=');
        const std::optional<QByteArray> name = percentDecode(part.substr(0, equals), true);
        const std::optional<QByteArray> value =
            percentDecode(equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1), true);
        if (!name || !value || pairs.size() == maxQueryPairs)
            return std::nullopt;
        pairs.emplaceBack(*name, *value);
    }
    return pairs;
}

/// "http://authority" is cut off; an authority is needed.
bool stripAuthority(std::string_view &target)
{
    if (target.starts_with('/'))
        return true;
    for (const std::string_view scheme : {std::string_view("http://"), std::string_view("https://")}) {
        if (target.size() > scheme.size() && qstrnicmp(target.data(), scheme.data(), scheme.size()) == 0) {
            target.remove_prefix(scheme.size());
            const std::size_t slash = target.find_first_of("/?");
            if (slash == 0 || slash == std::string_view::npos || target[slash] == '?')
                return false;
            target.remove_prefix(slash);
            return true;
        }
    }
    return false;
}

} // namespace

bool isValidUtf8(QByteArrayView bytes)
{
    return bytes.isValidUtf8();
}

std::optional<QByteArray> percentDecode(std::string_view text, bool plusIsSpace)
{
    QByteArray out;
    out.reserve(static_cast<qsizetype>(text.size()));
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            if (i + 2 >= text.size())
                return std::nullopt;
            const int high = hexValue(text[i + 1]);
            const int low = hexValue(text[i + 2]);
            if (high < 0 || low < 0)
                return std::nullopt;
            c = static_cast<char>(high * 16 + low);
            i += 2;
        } else if (c == '+' && plusIsSpace) {
            c = ' ';
        }
        if (isControl(c))
            return std::nullopt;
        out.append(c);
    }
    if (!isValidUtf8(out))
        return std::nullopt;
    return out;
}

std::optional<Target> parseTarget(std::string_view target)
{
    const bool printable = std::all_of(target.begin(), target.end(), [](char c) { return c > 0x20 && c < 0x7f; });
    if (!printable || target.find('#') != std::string_view::npos || !stripAuthority(target))
        return std::nullopt;
    const std::size_t mark = target.find('?');
    const std::string_view path = target.substr(0, mark);
    Target parts;
    parts.rawPath = toBytes(path);
    if (path.find('%') == std::string_view::npos) {
        parts.path = parts.rawPath;
    } else {
        const std::optional<QByteArray> decoded = percentDecode(path);
        if (!decoded)
            return std::nullopt;
        parts.path = *decoded;
    }
    if (mark != std::string_view::npos) {
        std::optional<NamedValues> query = parseQuery(target.substr(mark + 1));
        if (!query)
            return std::nullopt;
        parts.query = std::move(*query);
    }
    return parts;
}

} // namespace server
