#pragma once
#include <QHash>
#include <QString>

#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

/// The one way a failure travels: a value, never an exception across a thread or a port.
namespace domain {

/// Closed set of failure classes; services/wire maps each to one HTTP status (spec 04 §2.4).
enum class ErrorCode {
    InvalidInput,    ///< 400: the caller's data is wrong; `fields` says where
    Unauthenticated, ///< 401
    Forbidden,       ///< 403
    NotFound,        ///< 404
    Conflict,        ///< 409: the state does not allow it (e.g. `tier_unchanged`)
    RateLimited,     ///< 429
    PayloadTooLarge, ///< 413
    Unavailable,     ///< 503: database, disk or host gone; a retry may help
    Timeout,         ///< 504: the deadline passed
    Cancelled,       ///< the caller withdrew the request; never shown as an error
    Unsupported,     ///< 501: this connection cannot do it
    Internal,        ///< 500: a defect of ours
};

/// `key` is the machine-readable code of the public contract (`tier_unchanged`, `db_failed` …).
/// `detail` is English, for logs and developers only; views translate by `key`. Never holds a secret.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    QString key;
    QString detail;
    QHash<QString, QString> fields; ///< field name → what is wrong with it

    bool operator==(const Error &) const = default;
};

/// Success without a value.
struct Done {
    bool operator==(const Done &) const = default;
};

template <typename T>
class [[nodiscard]] Result {
public:
    using value_type = T;

    Result() : m_state(Error{}) {} ///< QFuture needs it; an Internal error
    Result(T value) : m_state(std::move(value)) {}
    Result(Error error) : m_state(std::move(error)) {}

    bool ok() const noexcept { return m_state.index() == 0; }
    explicit operator bool() const noexcept { return ok(); }

    /// Precondition: ok().
    const T &value() const & { return std::get<0>(m_state); }
    T &value() & { return std::get<0>(m_state); }
    T &&value() && { return std::get<0>(std::move(m_state)); }
    const T &operator*() const & { return value(); }
    T &operator*() & { return value(); }
    const T *operator->() const { return &value(); }
    T *operator->() { return &value(); }

    /// Precondition: !ok().
    const Error &error() const { return std::get<1>(m_state); }

    template <typename F>
    auto map(F &&f) const -> Result<std::invoke_result_t<F, const T &>>
    {
        if (ok())
            return std::forward<F>(f)(value());
        return error();
    }
    /// f returns a Result itself.
    template <typename F>
    auto andThen(F &&f) const -> std::invoke_result_t<F, const T &>
    {
        if (ok())
            return std::forward<F>(f)(value());
        return error();
    }

private:
    std::variant<T, Error> m_state;
};

inline Error makeError(ErrorCode code, QString key, QString detail = {})
{
    return Error{code, std::move(key), std::move(detail), {}};
}
inline Error invalidInput(QString key, QString field, QString what)
{
    Error e{ErrorCode::InvalidInput, std::move(key), what, {}};
    e.fields.insert(std::move(field), std::move(what));
    return e;
}
inline Error unavailable(QString key, QString detail = {})
{
    return makeError(ErrorCode::Unavailable, std::move(key), std::move(detail));
}

} // namespace domain
