#pragma once
#include "views/dialogs/connection_profile.h"
#include "views/widgets/text.h"

#include <QWidget>

#include <memory>

namespace dialogs {

/// The first window: the saved connections, or on the very first start what to begin with. It only asks and shows; the
/// desktop's start-up acts.
class ConnectionChooser : public QWidget {
    Q_OBJECT
public:
    ConnectionChooser(TestConnection test, const QString &secretPlace, QWidget *parent = nullptr);
    ~ConnectionChooser() override;
    /// No profiles: the first-start choices are shown instead of the list.
    void setProfiles(const QList<ConnectionProfile> &profiles, const QString &selectedId = {});
    /// Empty = not busy. While busy nothing can be chosen but Cancel.
    void setBusy(const QString &what);
    void showError(const QString &text);
    void editNew(ConnectionKind kind);

Q_SIGNALS:
    void connectRequested(const QString &profileId);
    void saveRequested(const dialogs::ConnectionProfile &profile, const QString &secret);
    void removeRequested(const QString &profileId);
    void startLocalRequested(bool sampleData); ///< first start
    void cancelRequested();

private:
    QWidget *buildFirstStart();
    QWidget *buildList();
    void edit(const ConnectionProfile &profile);
    QString selectedId() const;
    void updateButtons();
    void fitToContent(); ///< the window is as high as what it shows
    void say(const QString &text, widgets::Ink ink);
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace dialogs
