#include "tests/support/fake_smtp.h"

#include <QHash>
#include <QMutex>

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <optional>
#include <stdexcept>
#include <thread>
#include <vector>

namespace test {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

/// Ends a session: the client left, or a script said so.
struct HangUp {};

} // namespace

struct FakeSmtp::Private {
    class Session;

    const Tls tls;
    asio::io_context context{1};
    asio::ssl::context tlsContext{asio::ssl::context::tls_server};
    tcp::acceptor acceptor{context};
    std::thread thread; ///< takes sessions in
    quint16 port = 0;

    mutable QMutex mutex; ///< everything below
    bool stopping = false;
    std::vector<std::unique_ptr<Session>> sessions;
    QHash<QByteArray, QList<QByteArray>> scripted;
    QList<Mail> mails;
    QList<QByteArray> commands;

    explicit Private(Tls kind) : tls(kind) {}
    ~Private();
    void listen();
    QByteArray replyTo(const QByteArray &command, const QByteArray &usual)
    {
        const QMutexLocker lock(&mutex);
        QList<QByteArray> &replies = scripted[command];
        return replies.isEmpty() ? usual : replies.takeFirst();
    }
};

/// One client, on a thread of its own.
class FakeSmtp::Private::Session {
public:
    Session(Private &owner, tcp::socket socket) : m_owner(owner), m_socket(std::move(socket))
    {
        m_thread = std::thread([this] {
            try {
                run();
            } catch (const HangUp &) {
            } catch (const boost::system::system_error &) {
            }
            end();
        });
    }
    ~Session()
    {
        end();
        m_thread.join();
    }

private:
    void end()
    {
        error_code ignored;
        m_socket.shutdown(tcp::socket::shutdown_both, ignored);
    }

    void run()
    {
        if (m_owner.tls == Tls::Implicit)
            startTls();
        say("GREETING", "220 fake.example ESMTP");
        for (;;) {
            const QByteArray line = readLine();
            const QByteArray command = line.split(' ').first().toUpper();
            if (command == "QUIT") {
                write("221 bye\r\n");
                return;
            }
            obey(command, line);
        }
    }

    void obey(const QByteArray &command, const QByteArray &line)
    {
        if (command == "EHLO") {
            const bool offer = m_owner.tls == Tls::StartTls && !m_tls;
            say("EHLO", offer ? QByteArray("250-fake.example\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN")
                              : QByteArray("250-fake.example\r\n250-SIZE 10000000\r\n250 AUTH PLAIN LOGIN"));
        } else if (command == "STARTTLS") {
            if (say("STARTTLS", "220 go ahead").startsWith('2'))
                startTls();
        } else if (command == "AUTH") {
            authenticate(line);
        } else if (command == "MAIL") {
            m_mail.from = insideBrackets(line);
            say("MAIL", "250 sender ok");
        } else if (command == "RCPT") {
            m_mail.to = insideBrackets(line);
            say("RCPT", "250 recipient ok");
        } else if (command == "DATA") {
            if (say("DATA", "354 go ahead").startsWith('3'))
                takeMessage();
        } else {
            write("250 ok\r\n");
        }
    }

    static QByteArray insideBrackets(const QByteArray &line)
    {
        const qsizetype from = line.indexOf('<') + 1;
        return line.mid(from, line.indexOf('>') - from);
    }

    void authenticate(const QByteArray &line)
    {
        QByteArray answer = line.split(' ').value(2);
        if (answer.isEmpty()) {
            write("334 \r\n");
            answer = readLine();
        }
        QByteArray credentials = QByteArray::fromBase64(answer);
        if (line.contains("LOGIN")) {
            write("334 UGFzc3dvcmQ6\r\n");
            credentials = '\0' + credentials + '\0' + QByteArray::fromBase64(readLine());
        }
        if (say("AUTH", "235 welcome").startsWith('2'))
            m_auth = credentials;
    }

    void takeMessage()
    {
        m_mail.data.clear();
        for (QByteArray line = readLine(false); line != "."; line = readLine(false))
            m_mail.data += (line.startsWith('.') ? line.sliced(1) : line) + "\r\n";
        m_mail.auth = m_auth;
        m_mail.encrypted = m_tls.has_value();
        const QByteArray reply = m_owner.replyTo("MESSAGE", "250 queued");
        if (reply.startsWith('2')) { // whoever hears the reply finds the mail
            const QMutexLocker lock(&m_owner.mutex);
            m_owner.mails.append(m_mail);
        }
        obeyScript(reply);
    }

    void startTls()
    {
        m_in.clear();
        m_tls.emplace(m_socket, m_owner.tlsContext);
        m_tls->handshake(asio::ssl::stream_base::server);
    }

    QByteArray readLine(bool isCommand = true)
    {
        auto buffer = asio::dynamic_buffer(m_in, 1 << 20);
        const std::size_t size =
            m_tls ? asio::read_until(*m_tls, buffer, "\r\n") : asio::read_until(m_socket, buffer, "\r\n");
        const QByteArray line(m_in.data(), static_cast<qsizetype>(size) - 2);
        m_in.erase(0, size);
        if (isCommand) {
            const QMutexLocker lock(&m_owner.mutex);
            m_owner.commands.append(line);
        }
        return line;
    }

    QByteArray say(const char *command, const QByteArray &usual)
    {
        const QByteArray reply = m_owner.replyTo(command, usual);
        obeyScript(reply);
        return reply;
    }

    void obeyScript(const QByteArray &reply)
    {
        if (reply == hangUp)
            throw HangUp{};
        if (reply == silence) {
            readLine(); // the client says nothing before it is answered, so this ends when it leaves
            throw HangUp{};
        }
        write(reply + "\r\n");
    }

    void write(const QByteArray &bytes)
    {
        const auto buffer = asio::buffer(bytes.constData(), static_cast<std::size_t>(bytes.size()));
        if (m_tls)
            asio::write(*m_tls, buffer);
        else
            asio::write(m_socket, buffer);
    }

    Private &m_owner;
    tcp::socket m_socket;
    std::optional<asio::ssl::stream<tcp::socket &>> m_tls;
    std::string m_in;
    QByteArray m_auth;
    Mail m_mail;
    std::thread m_thread; ///< last: it uses everything above
};

void FakeSmtp::Private::listen()
{
    for (;;) {
        error_code error;
        tcp::socket socket = acceptor.accept(error);
        const QMutexLocker lock(&mutex);
        if (error || stopping)
            return;
        sessions.push_back(std::make_unique<Session>(*this, std::move(socket)));
    }
}

FakeSmtp::Private::~Private()
{
    {
        const QMutexLocker lock(&mutex);
        stopping = true;
    }
    // A connection of our own wakes accept() up.
    error_code ignored;
    tcp::socket(context).connect(tcp::endpoint(asio::ip::address_v4::loopback(), port), ignored);
    if (thread.joinable())
        thread.join();
    sessions.clear();
}

QByteArray FakeSmtp::Mail::header(const QByteArray &name) const
{
    const QByteArray head = "\r\n" + data.first(data.indexOf("\r\n\r\n") + 2);
    const qsizetype at = head.indexOf("\r\n" + name + ": ");
    if (at < 0)
        return {};
    const qsizetype start = at + name.size() + 4;
    qsizetype end = head.indexOf("\r\n", start);
    while (end + 2 < head.size() && head.at(end + 2) == ' ')
        end = head.indexOf("\r\n", end + 2);
    return head.sliced(start, end - start);
}

FakeSmtp::FakeSmtp(Tls tls, const Certificate &certificate) : m_d(std::make_unique<Private>(tls))
{
    const auto pem = [](const QByteArray &bytes) {
        return asio::buffer(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    };
    if (tls != Tls::None) {
        m_d->tlsContext.use_certificate_chain(pem(certificate.certificate));
        m_d->tlsContext.use_private_key(pem(certificate.key), asio::ssl::context::pem);
    }
    error_code error;
    const tcp::endpoint here(asio::ip::address_v4::loopback(), 0);
    m_d->acceptor.open(here.protocol(), error);
    if (!error)
        m_d->acceptor.bind(here, error);
    if (!error)
        m_d->acceptor.listen(128, error);
    if (error)
        throw std::runtime_error("the fake mail server cannot listen: " + error.message());
    m_d->port = m_d->acceptor.local_endpoint().port();
    m_d->thread = std::thread([this] { m_d->listen(); });
}

FakeSmtp::~FakeSmtp() = default;

quint16 FakeSmtp::port() const
{
    return m_d->port;
}

void FakeSmtp::script(const QByteArray &command, const QList<QByteArray> &replies)
{
    const QMutexLocker lock(&m_d->mutex);
    m_d->scripted[command].append(replies);
}

QList<FakeSmtp::Mail> FakeSmtp::mails() const
{
    const QMutexLocker lock(&m_d->mutex);
    return m_d->mails;
}

QList<QByteArray> FakeSmtp::commands() const
{
    const QMutexLocker lock(&m_d->mutex);
    return m_d->commands;
}

int FakeSmtp::sessions() const
{
    const QMutexLocker lock(&m_d->mutex);
    return static_cast<int>(m_d->sessions.size());
}

} // namespace test
