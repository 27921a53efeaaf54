#include "tests/contract/contract_suite.h"
#include "tests/support/test_main.h"

#include "models/domain/audit_kind_names.h"

using namespace contract;

class TstNotesAndViews : public ContractSuite {
    Q_OBJECT

    domain::Result<domain::Note> add(BackendUnderTest &b, quint32 team, const QString &body, Role role = Role::Admin)
    {
        return answer(b.backend(role).customers().addNote(b.call(role), test::teamId(team), body));
    }
    QList<domain::Note> notesOf(BackendUnderTest &b, quint32 team)
    {
        const auto notes = answer(b.backend(Role::Admin).customers().notes(b.call(Role::Admin), test::teamId(team)));
        return notes ? *notes : QList<domain::Note>{};
    }
    qsizetype auditRows(BackendUnderTest &b, QLatin1StringView kind)
    {
        ports::AuditQuery query;
        query.filter.kind = kind;
        const auto page = answer(b.backend(Role::Admin).audit().search(b.call(Role::Admin), query));
        return page ? page->rows.size() : -1;
    }
    domain::Result<ports::SavedView> save(BackendUnderTest &b, const char *name, bool isShared, Role role = Role::Admin)
    {
        ports::SavedView view;
        view.screen = QStringLiteral("customers");
        view.name = QString::fromLatin1(name);
        view.query = QStringLiteral("tier:pro");
        view.sort = QStringLiteral("mrr:desc");
        view.shared = isShared;
        view.ownerEmail = QStringLiteral("somebody@else.test");
        return answer(b.backend(role).views().saveView(b.call(role), view));
    }
    QStringList viewNames(BackendUnderTest &b, Role role)
    {
        const auto views = answer(b.backend(role).views().views(b.call(role), QStringLiteral("customers")));
        QStringList names;
        if (views) {
            for (const ports::SavedView &view : *views)
                names.append(view.name);
        }
        return names;
    }

private Q_SLOTS:
    void notesNewestFirst()
    {
        BackendUnderTest &b = fresh();
        QCOMPARE(notesOf(b, test::seed::acme).size(), 2);
        QCOMPARE(notesOf(b, test::seed::acme).first().body, QStringLiteral("Asked for an SLA."));
        b.clock().advance(1000);
        const auto added = add(b, test::seed::acme, QStringLiteral("  Likes ünïcode.  "));
        VERIFY_OK(added);
        QCOMPARE(added->body, QStringLiteral("Likes ünïcode."));
        QCOMPARE(added->authorEmail, adminEmail());
        QCOMPARE(added->createdAt, test::seedNow().addSecs(1));
        QCOMPARE(notesOf(b, test::seed::acme).size(), 3);
        QVERIFY(notesOf(b, test::seed::acme).first() == *added);
        QCOMPARE(auditRows(b, domain::kinds::adminNoteAdded), 1);

        VERIFY_OK(answer(b.backend(Role::Admin).customers().deleteNote(b.call(Role::Admin), added->id)));
        QCOMPARE(notesOf(b, test::seed::acme).size(), 2);
        QCOMPARE(auditRows(b, domain::kinds::adminNoteDeleted), 1);
        const auto again = answer(b.backend(Role::Admin).customers().deleteNote(b.call(Role::Admin), added->id));
        QCOMPARE(keyOf(again), QStringLiteral("note_not_found"));
        QCOMPARE(auditRows(b, domain::kinds::adminNoteDeleted), 1);
    }

    void atMostFiftyNotes()
    {
        BackendUnderTest &b = fresh();
        for (int i = 0; i < 52; ++i) {
            b.clock().advance(1);
            VERIFY_OK(add(b, test::seed::bravo, QStringLiteral("note %1").arg(i)));
        }
        const auto notes = notesOf(b, test::seed::bravo);
        QCOMPARE(notes.size(), 50);
        QCOMPARE(notes.first().body, QStringLiteral("note 51"));
    }

    void badNotes()
    {
        BackendUnderTest &b = shared();
        QCOMPARE(keyOf(add(b, test::seed::acme, QStringLiteral(" \n "))), QStringLiteral("missing_body"));
        // 4 097 characters of two bytes each.
        QCOMPARE(keyOf(add(b, test::seed::acme, QString(4097, QChar(u'é')))), QStringLiteral("body_too_long"));
        QCOMPARE(keyOf(add(b, 0xdead, QStringLiteral("hello"))), QStringLiteral("team_not_found"));
        QCOMPARE(keyOf(add(b, 0xdead, QString())), QStringLiteral("missing_body"));
        QVERIFY(notesOf(b, 0xdead).isEmpty());
        QCOMPARE(notesOf(b, test::seed::acme).size(), 2);
    }

    void theLongestNoteFits()
    {
        BackendUnderTest &b = fresh();
        const QString longest(4096, QChar(u'é'));
        VERIFY_OK(add(b, test::seed::acme, longest));
        QCOMPARE(notesOf(b, test::seed::acme).first().body, longest);
    }

    void noteAndRowComeTogether()
    {
        BackendUnderTest &b = fresh();
        b.failAuditInsertsAfter(0);
        QCOMPARE(keyOf(add(b, test::seed::acme, QStringLiteral("lost"))), QStringLiteral("db_failed"));
        QCOMPARE(notesOf(b, test::seed::acme).size(), 2);
        const auto removed = answer(b.backend(Role::Admin)
                                        .customers()
                                        .deleteNote(b.call(Role::Admin), notesOf(b, test::seed::acme).first().id));
        QCOMPARE(keyOf(removed), QStringLiteral("db_failed"));
        QCOMPARE(notesOf(b, test::seed::acme).size(), 2);
    }

    void notePermissions()
    {
        BackendUnderTest &b = shared();
        const domain::NoteId note = notesOf(b, test::seed::acme).first().id;
        for (const Role role : {Role::Auditor, Role::ReadOnly, Role::Stranger}) {
            if (!b.has(role))
                continue;
            const QString key =
                role == Role::ReadOnly ? QStringLiteral("read_only_session") : QStringLiteral("forbidden");
            QCOMPARE(keyOf(add(b, test::seed::acme, QStringLiteral("x"), role)), key);
            QCOMPARE(keyOf(answer(b.backend(role).customers().deleteNote(b.call(role), note))), key);
        }
        QCOMPARE(notesOf(b, test::seed::acme).size(), 2);
    }

    void viewsAreOwnOrShared()
    {
        BackendUnderTest &b = fresh();
        const auto mine = save(b, "Zebra", false);
        VERIFY_OK(mine);
        QCOMPARE(mine->ownerEmail, adminEmail());
        QCOMPARE(mine->createdAt, test::seedNow());
        VERIFY_OK(save(b, "apple", true));
        QCOMPARE(viewNames(b, Role::Admin).join(QLatin1Char(' ')), QStringLiteral("apple Zebra"));
        QCOMPARE(viewNames(b, Role::Auditor).join(QLatin1Char(' ')), QStringLiteral("apple"));
        const auto other = answer(b.backend(Role::Admin).views().views(b.call(Role::Admin), QStringLiteral("audit")));
        VERIFY_OK(other);
        QVERIFY(other->isEmpty());
    }

    void savingAgainReplaces()
    {
        BackendUnderTest &b = fresh();
        const auto first = save(b, "Mine", false);
        VERIFY_OK(first);
        const auto second = save(b, " Mine ", true);
        VERIFY_OK(second);
        QCOMPARE(second->id.toString(), first->id.toString());
        QVERIFY(second->shared);
        QCOMPARE(viewNames(b, Role::Admin).size(), 1);
        VERIFY_OK(answer(b.backend(Role::Admin).views().deleteView(b.call(Role::Admin), first->id)));
        QCOMPARE(viewNames(b, Role::Admin).size(), 0);
        QCOMPARE(keyOf(answer(b.backend(Role::Admin).views().deleteView(b.call(Role::Admin), first->id))),
                 QStringLiteral("view_not_found"));
    }

    void badViews()
    {
        BackendUnderTest &b = shared();
        QCOMPARE(keyOf(save(b, "  ", false)), QStringLiteral("invalid_name"));
        QCOMPARE(keyOf(save(b, QByteArray(81, 'x').constData(), false)), QStringLiteral("invalid_name"));
        ports::SavedView view;
        view.screen = QStringLiteral("customers");
        view.name = QStringLiteral("long");
        view.query = QString(4001, QLatin1Char('x'));
        QCOMPARE(keyOf(answer(b.backend(Role::Admin).views().saveView(b.call(Role::Admin), view))),
                 QStringLiteral("invalid_query"));
        QCOMPARE(keyOf(save(b, "auditor's", false, Role::Auditor)), QStringLiteral("forbidden"));
        QVERIFY(viewNames(b, Role::Admin).isEmpty());
    }
};

REGISTER_SUITE(notes_and_views, TstNotesAndViews)
#include "tst_notes_and_views.moc"
