#include "app/server/controllers/reply.h"
#include "services/wire/error_status.h"
#include "tests/support/test_main.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using domain::ErrorCode;

namespace {
constexpr ErrorCode allCodes[] = {ErrorCode::InvalidInput,    ErrorCode::Unauthenticated, ErrorCode::Forbidden,
                                  ErrorCode::NotFound,        ErrorCode::Conflict,        ErrorCode::RateLimited,
                                  ErrorCode::PayloadTooLarge, ErrorCode::Unavailable,     ErrorCode::Timeout,
                                  ErrorCode::Cancelled,       ErrorCode::Unsupported,     ErrorCode::Internal};
}

class TstErrorStatus : public QObject {
    Q_OBJECT
private slots:
    void everyErrorCrossesTheWireUnchanged()
    {
        for (const ErrorCode code : allCodes) {
            domain::Error error = domain::makeError(code, QStringLiteral("some_key"), QStringLiteral("detail"));
            error.fields.insert(QStringLiteral("tier"), QStringLiteral("is \"unknown\""));
            server::Request request;
            request.requestId = "r1";
            const server::Response response = server::failure(request, error);
            const domain::Error back = wire::decodeError(response.status, response.body);
            QCOMPARE(back.code, error.code);
            QCOMPARE(back.key, error.key);
            QCOMPARE(back.fields, error.fields);
        }
    }

    void detailIsShownForInputOnly()
    {
        server::Request request;
        request.requestId = "r1";
        const auto shown = [&request](ErrorCode code) {
            const auto error = domain::makeError(code, QStringLiteral("some_key"), QStringLiteral("host=db.internal"));
            return server::failure(request, error).body.contains("db.internal");
        };
        for (const ErrorCode code : allCodes)
            QCOMPARE(shown(code), code == ErrorCode::InvalidInput);
    }

    void statusesOfTheContract_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("code");
        const auto row = [](int status, ErrorCode code) {
            QTest::newRow(qPrintable(QString::number(status))) << status << static_cast<int>(code);
        };
        row(400, ErrorCode::InvalidInput);
        row(402, ErrorCode::Forbidden);
        row(403, ErrorCode::Forbidden);
        row(405, ErrorCode::InvalidInput);
        row(408, ErrorCode::Timeout);
        row(410, ErrorCode::NotFound);
        row(415, ErrorCode::InvalidInput);
        row(431, ErrorCode::InvalidInput);
        row(502, ErrorCode::Unavailable);
        row(503, ErrorCode::Unavailable);
        row(504, ErrorCode::Timeout);
        row(599, ErrorCode::Internal);
    }
    void statusesOfTheContract()
    {
        QFETCH(int, status);
        QFETCH(int, code);
        QCOMPARE(static_cast<int>(wire::errorCodeOf(status)), code);
    }

    void answersOfProxiesKeepTheirClass()
    {
        const domain::Error error = wire::decodeError(502, "<html>Bad gateway</html>");
        QCOMPARE(error.code, ErrorCode::Unavailable);
        QCOMPARE(error.key, QStringLiteral("http_502"));
    }

    void pinnedKeysKeepTheirStatus()
    {
        QCOMPARE(wire::httpStatus(domain::makeError(ErrorCode::InvalidInput, QStringLiteral("method_not_allowed"))),
                 405);
        QCOMPARE(wire::httpStatus(domain::makeError(ErrorCode::InvalidInput, QStringLiteral("unsupported_media_type"))),
                 415);
        QCOMPARE(wire::httpStatus(domain::makeError(ErrorCode::Conflict, QStringLiteral("tier_unchanged"))), 409);
    }
};

REGISTER_SUITE(error_status, TstErrorStatus)
#include "tst_error_status.moc"
