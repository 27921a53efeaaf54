#include "tests/support/gui_app.h"
#include "tests/support/test_main.h"
#include "views/widgets/environment.h"
#include "views/widgets/text.h"
#include "views/widgets/theme_style.h"

#include <QDir>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace widgets;

class TstTheme : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::prepareGui(); }
    void cleanup() { Theme::instance().setMode(Theme::Mode::Light); }

    void textHasContrastInBothSchemes()
    {
        for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
            const Colors c = Theme::colorsOf(scheme);
            for (const QColor &ground : {c.window, c.surface, c.surface2, c.accentWash}) {
                QVERIFY(contrastRatio(c.text, ground) >= 4.5);
                QVERIFY(contrastRatio(c.text2, ground) >= 4.5);
            }
            QVERIFY(contrastRatio(c.text3, c.surface) >= 3.0);
            QVERIFY(contrastRatio(c.onAccent, c.accent) >= 4.5);
            const QList<std::pair<QColor, QColor>> pairs{
                {c.accent, c.accentWash}, {c.good, c.goodWash}, {c.warning, c.warningWash}, {c.bad, c.badWash}};
            for (const auto &[ink, wash] : pairs) {
                QVERIFY(contrastRatio(readableOn(ink, wash), wash) >= 4.5);
                QVERIFY(contrastRatio(readableOn(ink, c.surface), c.surface) >= 4.5);
            }
        }
    }

    void environmentColoursHaveContrast()
    {
        using enum EnvironmentHue;
        for (const Theme::Mode mode : {Theme::Mode::Light, Theme::Mode::Dark}) {
            Theme::instance().setMode(mode);
            for (const EnvironmentHue hue : {Green, Blue, Violet, Amber, Red, Grey})
                QVERIFY2(contrastRatio(hueColor(hue), hueWash(hue)) >= 4.5, qPrintable(hueName(hue)));
        }
    }

    void styleSheetHasNoTokenLeft()
    {
        for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
            const QString sheet = styleSheetFor(Theme::colorsOf(scheme));
            QVERIFY(!sheet.contains(u'@'));
            QCOMPARE(sheet.count(u'{'), sheet.count(u'}'));
        }
    }

    void iconsOfTheStyleSheetExist()
    {
        for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
            const QString sheet = styleSheetFor(Theme::colorsOf(scheme));
            qsizetype at = 0;
            int found = 0;
            while ((at = sheet.indexOf(QLatin1StringView("url(\""), at)) >= 0) {
                const QString file = sheet.mid(at + 5, sheet.indexOf(u'"', at + 5) - at - 5);
                QVERIFY2(QFile::exists(file), qPrintable(file));
                ++found;
                ++at;
            }
            QVERIFY(found >= 2);
        }
    }

    void everyIconDrawsSomethingInTheAskedColour()
    {
        const QStringList files = QDir(QStringLiteral(":/resources/icons")).entryList({QStringLiteral("*.svg")});
        QVERIFY(files.size() > 60);
        for (const QString &file : files) {
            const QString name = file.chopped(4);
            const QImage image = icon(name, QColor(Qt::red)).pixmap(40, 40).toImage();
            bool drawn = false, red = false;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    const QColor pixel = image.pixelColor(x, y);
                    drawn = drawn || pixel.alpha() > 128;
                    red = red || (pixel.alpha() > 200 && pixel.red() > 240 && pixel.green() < 16);
                }
            }
            QVERIFY2(drawn, qPrintable(name));
            const bool ownColours = name == QLatin1StringView("app") || name.endsWith(QLatin1StringView("-light")) ||
                                    name.endsWith(QLatin1StringView("-dark"));
            QVERIFY2(red || ownColours, qPrintable(name));
        }
    }

    void switchingTellsAndRecolours()
    {
        QSignalSpy changed(&Theme::instance(), &Theme::changed);
        const QColor before = qApp->palette().color(QPalette::Window);
        Theme::instance().setMode(Theme::Mode::Dark);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(Theme::instance().scheme(), Scheme::Dark);
        QVERIFY(qApp->palette().color(QPalette::Window) != before);
        Theme::instance().setMode(Theme::Mode::Dark);
        QCOMPARE(changed.count(), 1);
    }

    void labelsFollowTheTheme()
    {
        std::unique_ptr<QLabel> label(makeLabel(QStringLiteral("x"), TextRole::Base13, 400, Ink::Second));
        label->ensurePolished();
        QCOMPARE(label->palette().color(QPalette::WindowText), Theme::colorsOf(Scheme::Light).text2);
        Theme::instance().setMode(Theme::Mode::Dark);
        label->ensurePolished();
        QCOMPARE(label->palette().color(QPalette::WindowText), Theme::colorsOf(Scheme::Dark).text2);
    }

    void digitsStandInEqualCells()
    {
        const QFont font = Theme::instance().font(TextRole::Base13, 400, true);
        QCOMPARE(tabularWidth(font, QStringLiteral("1,111.11")), tabularWidth(font, QStringLiteral("8,000.48")));
        QVERIFY(tabularWidth(font, QStringLiteral("11")) > tabularWidth(font, QStringLiteral("1")));
    }
};

REGISTER_SUITE(theme, TstTheme)
#include "tst_theme.moc"
