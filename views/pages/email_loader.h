#pragma once
#include "models/items/email_query.h"
#include "services/ports/email_service.h"

#include <QObject>

#include <optional>

namespace pages {

class PageHost;

/// What stands around the list of the delivery screen. Absent = not there yet, or it failed.
struct EmailFigures {
    /// Where most blocks and bounces come from.
    struct Cause {
        QString domain;
        qint64 count = 0;
        std::optional<QDateTime> since; ///< domain::worseSince(); a day, and the hour once that is known
        bool toTheHour = false;
        bool operator==(const Cause &) const = default;
    };
    std::optional<ports::DeliveryFigures> figures;
    std::optional<ports::DeliverySeries> series;
    std::optional<QList<ports::DeliveryGroup>> cells; ///< template × domain
    std::optional<Cause> cause;
    std::optional<ports::EmailHealth> health;
    std::optional<domain::Error> error; ///< of the latest question that failed
    QString errorId;
};

/// Asks for all of it together; the latest question wins. Figures follow the filter without what says how a message
/// ended; the charts reach back as far as the window needs to be understood; the cells ignore template and domain,
/// because they are what one picks there. GUI thread only.
class EmailLoader : public QObject {
    Q_OBJECT
public:
    EmailLoader(PageHost &host, QObject *parent);
    void load(const ports::MessageFilter &filter, const items::EmailWindow &window);
    const EmailFigures &shown() const { return m_shown; }
    bool isBusy() const { return m_open > 0; }
    /// How far back the charts of a window reach, in seconds: an hour is shown in its day, a week in two.
    static qint64 chartSeconds(const items::EmailWindow &window);

Q_SIGNALS:
    void changed();

private:
    template <typename T, typename Take>
    void ask(QFuture<domain::Result<T>> future, const QString &requestId, Take take);
    void askCause(const ports::MessageFilter &figures, const ports::MessageFilter &chart);
    void askSince(ports::MessageFilter filter, bool hours);

    PageHost &m_host;
    EmailFigures m_shown;
    ports::MessageFilter m_filter;
    quint64 m_generation = 0;
    int m_open = 0;
};

} // namespace pages
