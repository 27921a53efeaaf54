#include "app/server/http/request_reader.h"
#include "app/server/http/target.h"
#include "tests/support/test_main.h"

#include <QtTest>

using server::RequestReader;

class TstRequestTarget final : public QObject {
    Q_OBJECT

private slots:
    void targets_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<bool>("fine");
        QTest::addColumn<QByteArray>("path");
        QTest::newRow("plain") << QByteArray("/a/b") << true << QByteArray("/a/b");
        QTest::newRow("escaped") << QByteArray("/a%20%C3%A4") << true << QByteArray("/a \xc3\xa4");
        QTest::newRow("plus stays in a path") << QByteArray("/a+b") << true << QByteArray("/a+b");
        QTest::newRow("absolute") << QByteArray("HTTP://host:80/x") << true << QByteArray("/x");
        QTest::newRow("absolute without path") << QByteArray("http://host") << false << QByteArray();
        QTest::newRow("no authority") << QByteArray("http:///x") << false << QByteArray();
        QTest::newRow("asterisk") << QByteArray("*") << false << QByteArray();
        QTest::newRow("relative") << QByteArray("a/b") << false << QByteArray();
        QTest::newRow("cut escape") << QByteArray("/%4") << false << QByteArray();
        QTest::newRow("NUL") << QByteArray("/%00") << false << QByteArray();
        QTest::newRow("DEL") << QByteArray("/%7f") << false << QByteArray();
        QTest::newRow("overlong") << QByteArray("/%c0%af") << false << QByteArray();
        QTest::newRow("raw UTF-8") << QByteArray("/\xc3\xa4") << false << QByteArray();
        QTest::newRow("fragment") << QByteArray("/a#b") << false << QByteArray();
        QTest::newRow("space") << QByteArray("/a b") << false << QByteArray();
        QTest::newRow("empty") << QByteArray() << false << QByteArray();
    }

    void targets()
    {
        QFETCH(QByteArray, target);
        QFETCH(bool, fine);
        QFETCH(QByteArray, path);
        const auto parts = server::parseTarget(target.toStdString());
        QCOMPARE(parts.has_value(), fine);
        if (parts)
            QCOMPARE(parts->path, path);
    }

    void query()
    {
        const auto parts = server::parseTarget("/x?q=a+b%26c&empty=&flag&q=2&=v&&");
        QVERIFY(parts.has_value());
        QCOMPARE(parts->query,
                 (server::NamedValues{{"q", "a b&c"}, {"empty", ""}, {"flag", ""}, {"q", "2"}, {"", "v"}}));
        std::string many = "/x?";
        for (int i = 0; i < 100; ++i)
            many += "a=1&";
        QVERIFY(server::parseTarget(many).has_value());
        QVERIFY(!server::parseTarget(many + "a=1").has_value());
    }

    /// However the bytes are cut, the same request comes out.
    void anySplitGivesTheSame()
    {
        const std::string bytes = "\r\nPOST /a?b=c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nX: y\r\n\r\n"
                                  "4;ext=\"v\"\r\nbody\r\n6\r\n bytes\r\n0\r\nTrailer: t\r\n\r\nGET ";
        for (std::size_t step = 1; step <= bytes.size(); ++step) {
            RequestReader reader(server::ServerLimits{});
            std::size_t at = 0;
            RequestReader::Step result = RequestReader::Step::NeedMore;
            while (at < bytes.size() && result != RequestReader::Step::Complete) {
                std::size_t used = 0;
                result = reader.feed(std::string_view(bytes).substr(at, step), used);
                at += used;
                if (result == RequestReader::Step::Head)
                    result = reader.acceptBody(10);
                QVERIFY2(result != RequestReader::Step::Failed, reader.problem().code.constData());
            }
            QCOMPARE(int(result), int(RequestReader::Step::Complete));
            QCOMPARE(reader.request().body, QByteArray("body bytes"));
            QCOMPARE(reader.request().headers.value("x"), QByteArrayView("y"));
            QCOMPARE(reader.request().headers.size(), 3);
            QCOMPARE(bytes.substr(at), std::string("GET "));
        }
    }

    void bodyLimitIsExact()
    {
        const std::string head = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
        for (const int limit : {9, 10}) {
            RequestReader reader(server::ServerLimits{});
            std::size_t used = 0;
            QCOMPARE(int(reader.feed(head, used)), int(RequestReader::Step::Head));
            QCOMPARE(int(reader.acceptBody(limit)), int(RequestReader::Step::NeedMore));
            const RequestReader::Step step = reader.feed("5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n", used);
            QCOMPARE(int(step), int(limit == 10 ? RequestReader::Step::Complete : RequestReader::Step::Failed));
            if (limit == 9)
                QCOMPARE(reader.problem().status, 413);
        }
    }

    void memoryIsBounded()
    {
        RequestReader reader(server::ServerLimits{});
        const std::string line = "X-Filler: " + std::string(1000, 'a') + "\r\n";
        std::size_t used = 0;
        RequestReader::Step step = reader.feed("GET / HTTP/1.1\r\n", used);
        int lines = 0;
        while (step == RequestReader::Step::NeedMore && lines < 1000) {
            step = reader.feed(line, used);
            ++lines;
        }
        QCOMPARE(int(step), int(RequestReader::Step::Failed));
        QCOMPARE(reader.problem().status, 431);
        QVERIFY(lines < 40);
    }

    void headers()
    {
        server::Headers headers;
        headers.append("Accept", "a");
        headers.append("ACCEPT", "b");
        headers.append("X-Empty", "");
        QCOMPARE(headers.value("accept"), QByteArrayView("a"));
        QCOMPARE(headers.values("Accept").size(), 2);
        QVERIFY(headers.contains("x-empty") && headers.value("x-empty").isEmpty());
        QVERIFY(!headers.contains("x-empt") && headers.value("nope").isNull());
    }
};

REGISTER_SUITE(request_target, TstRequestTarget)
#include "tst_request_target.moc"
