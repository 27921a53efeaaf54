#pragma once
#include "views/dialogs/connection_profile.h"

#include <QDialog>

#include <memory>

namespace dialogs {

/// Creates or edits one connection: kind, address, colour, environment, safe mode, secret, with a test. Production
/// switches safe mode and red on by itself; both can be changed. Open with open().
class ProfileEditor : public QDialog {
    Q_OBJECT
public:
    ProfileEditor(const ConnectionProfile &profile, TestConnection test, const QString &secretPlace, QWidget *parent);
    ~ProfileEditor() override;
    ConnectionProfile profile() const;
    QString secret() const; ///< empty = leave what is stored

Q_SIGNALS:
    void saved(const dialogs::ConnectionProfile &profile, const QString &secret);

private:
    void build(const QString &secretPlace);
    void fill(const ConnectionProfile &profile);
    void showKind();
    bool showProblems();
    void runTest();
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace dialogs
