#pragma once
#include "tests/support/certificate.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <memory>

namespace test {

/// A mail server on 127.0.0.1, a thread for each session: EHLO, STARTTLS, AUTH PLAIN and LOGIN (any credentials), MAIL,
/// RCPT, DATA, RSET, NOOP, QUIT. Every method is callable from any thread.
class FakeSmtp {
public:
    enum class Tls {
        None,
        StartTls, ///< offered, not demanded
        Implicit, ///< from the first byte
    };
    struct Mail {
        QByteArray from, to; ///< of the envelope
        QByteArray data;     ///< dots removed again
        QByteArray auth;     ///< user and password, each after a NUL; empty without AUTH
        bool encrypted = false;
        QByteArray header(const QByteArray &name) const; ///< as sent, folded lines joined by CRLF and blank
    };
    /// As a reply: the connection is closed instead; nothing is said any more.
    static constexpr const char *hangUp = "hang up";
    static constexpr const char *silence = "silence";

    /// Throws std::runtime_error when it cannot listen. The certificate matters with TLS only.
    explicit FakeSmtp(Tls tls = Tls::None, const Certificate &certificate = {});
    ~FakeSmtp();

    quint16 port() const;
    /// The next replies to this command, without CRLF, instead of the usual ones: `EHLO`, `STARTTLS`, `AUTH`, `MAIL`,
    /// `RCPT`, `DATA`; `GREETING` when somebody connects; `MESSAGE` after the final dot.
    void script(const QByteArray &command, const QList<QByteArray> &replies);
    QList<Mail> mails() const;
    QList<QByteArray> commands() const; ///< lines as they came, credentials and all; without the messages
    int sessions() const;

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace test
