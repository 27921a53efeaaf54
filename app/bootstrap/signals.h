#pragma once
#include <QObject>

#include <memory>

class QSocketNotifier;

namespace bootstrap {

/// Turns SIGTERM, SIGINT and SIGHUP into a Qt signal on the main thread. The first one asks for an orderly end; a
/// second one while the ladder runs ends the process at once with status 130. One instance per process.
class SignalWatcher : public QObject {
    Q_OBJECT
public:
    explicit SignalWatcher(QObject *parent = nullptr);
    ~SignalWatcher() override;

Q_SIGNALS:
    void terminate(int signalNumber);

private:
    void read();
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace bootstrap
