#include "models/items/roles.h"
#include "tests/support/gui_app.h"
#include "tests/support/test_main.h"
#include "views/widgets/badge.h"
#include "views/widgets/cell_delegates.h"
#include "views/widgets/pixel_grid.h"
#include "views/widgets/sparkline.h"
#include "views/widgets/theme.h"

#include <QImage>
#include <QPainter>
#include <QSet>
#include <QStandardItemModel>
#include <QTest>

using namespace widgets;

namespace {

/// White, of so many pixels of the desktop, seen on a screen of this density.
QImage sheet(const QSize &size, qreal ratio)
{
    QImage image((QSizeF(size) * ratio).toSize(), QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::white);
    return image;
}

/// The lowest row of device pixels that is not white between two columns; −1 when all is white.
int lowestInk(const QImage &image, int fromX, int toX)
{
    for (int y = image.height() - 1; y >= 0; --y)
        for (int x = fromX; x < toX; ++x)
            if (qGray(image.pixel(x, y)) < 160)
                return y;
    return -1;
}

void addRatios()
{
    QTest::addColumn<qreal>("ratio");
    for (const qreal ratio : {1.0, 1.25, 1.5, 2.0, 3.0})
        QTest::addRow("%g", ratio) << ratio;
}

} // namespace

/// What is painted by hand looks as sharp on a dense screen as on an ordinary one.
class TstPixels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::prepareGui(); }

    void edgesFallOnDevicePixels_data() { addRatios(); }
    void edgesFallOnDevicePixels()
    {
        QFETCH(qreal, ratio);
        QImage image = sheet({40, 40}, ratio);
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.translate(2.3, 1.7);
        const QRectF wanted(3.4, 5.2, 20.35, 11.9);
        const QRectF got = onPixels(painter, wanted);
        painter.fillRect(got, Qt::black);
        painter.end();
        QSet<QRgb> colors;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                colors.insert(image.pixel(x, y));
        QCOMPARE(colors, (QSet<QRgb>{qRgb(0, 0, 0), qRgb(255, 255, 255)}));
        for (const qreal moved : {got.left() - wanted.left(), got.top() - wanted.top(), got.right() - wanted.right(),
                                  got.bottom() - wanted.bottom()})
            QVERIFY(std::abs(moved) <= 0.5 / ratio + 1e-9);
    }

    void badgesAreSharp_data() { addRatios(); }
    void badgesAreSharp()
    {
        QFETCH(qreal, ratio);
        QImage image = sheet({120, 37}, ratio);
        QPainter painter(&image);
        Badge::paint(painter, {0, 0, 120, 37}, QStringLiteral("growth"), Tone::Accent);
        painter.end();
        const QRgb wash = toneWash(Tone::Accent).rgb();
        const int x = qRound(5.5 * ratio); // beside the corner, before the text
        for (int y = 0; y < image.height(); ++y)
            QVERIFY2(image.pixel(x, y) == wash || image.pixel(x, y) == qRgb(255, 255, 255),
                     qPrintable(QString::number(y)));
    }

    void iconsAreDrawnForTheScreen()
    {
        const QPixmap dense = icon(QStringLiteral("customers"), Qt::black).pixmap(QSize(16, 16), 2.0);
        QCOMPARE(dense.size(), QSize(32, 32));
        QCOMPARE(dense.devicePixelRatio(), 2.0);
        // Enlarged from 16 pixels, every four would be equal.
        const QImage image = dense.toImage();
        bool finer = false;
        for (int y = 0; y < 32; y += 2)
            for (int x = 0; x < 32; x += 2)
                finer =
                    finer || image.pixel(x, y) != image.pixel(x + 1, y) || image.pixel(x, y) != image.pixel(x, y + 1);
        QVERIFY(finer);
    }

    void bothTextsOfACellShareABaseline_data() { addRatios(); }
    void bothTextsOfACellShareABaseline()
    {
        QFETCH(qreal, ratio);
        QStandardItemModel model(1, 1);
        model.setItem(0, 0, new QStandardItem(QStringLiteral("HHHH")));
        model.item(0)->setData(QStringLiteral("HHHHHHHH"), items::SecondaryRole);
        QImage image = sheet({200, 38}, ratio);
        QStyleOptionViewItem option;
        option.rect = QRect(0, 0, 200, 38);
        QPainter painter(&image);
        TwoTextDelegate(items::SecondaryRole).paint(&painter, option, model.index(0, 0));
        painter.fillRect(QRect(0, 37, 200, 1), Qt::white); // the line below the row
        painter.end();
        const QFont font = Theme::instance().font(TextRole::Base13, 500);
        const int first = qCeil((space::m + QFontMetricsF(font).horizontalAdvance(QStringLiteral("HHHH"))) * ratio) + 2;
        QVERIFY(lowestInk(image, 0, first) > 0);
        QCOMPARE(lowestInk(image, first, image.width()), lowestInk(image, 0, first));
    }

    void theLastPointOfASparklineIsWhole()
    {
        for (const QList<double> &values : {QList<double>{3, 5, 0}, QList<double>{3, 2, 5}}) {
            Sparkline line;
            line.setColor(Qt::black);
            line.setValues(values, true);
            line.resize(120, 24);
            QImage image = sheet(line.size(), 2);
            line.render(&image, {}, {}, {});
            const int right = image.width() - 1, bottom = image.height() - 1;
            for (int x = right - 16; x <= right; ++x) {
                QVERIFY(qGray(image.pixel(x, 0)) > 160);
                QVERIFY(qGray(image.pixel(x, bottom)) > 160);
            }
            for (int y = 0; y <= bottom; ++y)
                QVERIFY(qGray(image.pixel(right, y)) > 160);
        }
    }
};

REGISTER_SUITE(pixels, TstPixels)
#include "tst_pixels.moc"
