#include "tests/functional/platform_fixture.h"

#include <QRegularExpression>

namespace functional {

PlatformFixture::PlatformFixture(storage::Engine engine) : m_database(engine, test::Content::Empty) {}

QProcessEnvironment PlatformFixture::environment() const
{
    QProcessEnvironment environment = cleanEnvironment(m_home.path());
    environment.insert(QStringLiteral("DATABASE_URL"), m_database.url());
    environment.insert(QStringLiteral("ADMIN_EMAILS"), QStringLiteral(" Mira@Console.Example,, vik@console.example "));
    environment.insert(QStringLiteral("ADMIN_PATH_PREFIX"), m_prefix);
    environment.insert(QStringLiteral("ADMIN_RATE_LIMIT_OPERATOR"), QStringLiteral("100000"));
    return environment;
}

QString PlatformFixture::mint(const QString &scope, QString *token) const
{
    const CommandResult minted = runBinary({QStringLiteral("token"), QStringLiteral("mint"), QStringLiteral("--email"),
                                            QString::fromLatin1(operatorEmail), QStringLiteral("--scope"), scope},
                                           environment());
    static const QRegularExpression secret(QStringLiteral("ink_[A-Za-z0-9_-]{43}"));
    const auto match = secret.match(minted.out);
    if (minted.exitCode != 0 || !match.hasMatch())
        return QStringLiteral("token mint: ") + minted.out + minted.err;
    *token = match.captured(0);
    return {};
}

QString PlatformFixture::prepare(int customers)
{
    const CommandResult demo =
        runBinary({QStringLiteral("demo"), QStringLiteral("--customers"), QString::number(customers)}, environment());
    if (demo.exitCode != 0)
        return QStringLiteral("demo: ") + demo.out + demo.err;
    if (const QString wrong = mint(QStringLiteral("admin"), &m_adminToken); !wrong.isEmpty())
        return wrong;
    return mint(QStringLiteral("auditor"), &m_auditorToken);
}

QString PlatformFixture::startServer()
{
    m_server = std::make_unique<ServerProcess>(environment());
    if (!m_server->start())
        return QStringLiteral("serve: ") + QString::fromUtf8(m_server->log());
    return {};
}

} // namespace functional
