#include "services/storage/demo/demo_words.h"

/// What operators and machines say: notes, reasons, error texts.
namespace storage::demo {

const QStringList &operatorEmails()
{
    static const QStringList all{QStringLiteral("mira@instanode.example"), QStringLiteral("jonas@instanode.example"),
                                 QStringLiteral("priya@instanode.example")};
    return all;
}

QString tierChangeReason(Random &random, bool promotion)
{
    static const QStringList up{
        QStringLiteral("Signed the annual order form; invoice goes through finance."),
        QStringLiteral("Launch week: agreed on the phone to lift them until the card clears."),
        QStringLiteral("Pilot extended by four weeks, see the mail thread."),
        QStringLiteral("Accelerator programme, comped until the end of the batch."),
        QStringLiteral("Outgrew the plan during the migration, sales-assisted upgrade."),
        QStringLiteral("Make-good for the outage on their queue."),
    };
    static const QStringList down{
        QStringLiteral("Asked to stop at the end of the pilot."),
        QStringLiteral("Card declined for three weeks and no answer to two mails."),
        QStringLiteral("Project was cancelled, they keep the free tier."),
        QStringLiteral("Duplicate team; the other one stays on its plan."),
        QStringLiteral("Comp period is over."),
    };
    return random.pick(promotion ? up : down);
}

QString paidNote(Random &random, const QString &contact)
{
    static const QStringList texts{
        QStringLiteral("%1 is the technical contact. Prefers short mails, answers within the hour."),
        QStringLiteral("Call with %1: they move two more services over next month. Ask about limits before."),
        QStringLiteral("%1 asked for a DPA; sent the standard one, waiting for the signature."),
        QStringLiteral("Evaluating the yearly plan. %1 needs a quote with the purchase order number."),
        QStringLiteral("Their agent provisions in bursts at 06:00 UTC. Not abuse: nightly batch, checked with %1."),
        QStringLiteral("Promised %1 an early look at the vector upgrades."),
        QStringLiteral("Storage doubled in a month. %1 says it is log archives; suggested a lifecycle rule."),
        QStringLiteral("%1 reported slow restores. Reproduced on a 6 GB dump, fixed by the new restore workers."),
        QStringLiteral("Budget owner changed from engineering to %1. Invoices go there now."),
    };
    return random.pick(texts).arg(contact);
}

QString freeNote(Random &random)
{
    static const QStringList texts{
        QStringLiteral("Came in through the hackathon. Nice project, worth a hobby trial later."),
        QStringLiteral("Asked about student pricing. Pointed to hobby."),
        QStringLiteral("Same fingerprint as two other free teams; looks like one person testing, left alone."),
        QStringLiteral("Hit the postgres limit twice this week. Upgrade mail went out."),
        QStringLiteral("Wants to keep the database past 24 h; explained claiming and hobby."),
    };
    return random.pick(texts);
}

QString graceNote(Random &random, const QString &contact)
{
    static const QStringList texts{
        QStringLiteral("Card expired. %1 has a new one from Thursday, please do not touch until then."),
        QStringLiteral("Second failed charge. Mailed %1, the bank asks for a fresh mandate."),
        QStringLiteral("%1 says finance pays by transfer this month. Extend by hand if it does not arrive."),
    };
    return random.pick(texts).arg(contact);
}

QString buildError(Random &random)
{
    static const QStringList texts{
        QStringLiteral("npm ERR! peer dependency conflict: react@19 required by 2 packages"),
        QStringLiteral("Dockerfile:14 COPY failed: file not found in build context: dist/"),
        QStringLiteral("container exited with code 1 before the first health check"),
        QStringLiteral("health check on :8080/healthz timed out after 120 s"),
        QStringLiteral("out of memory: build used more than 2048 MB"),
        QStringLiteral("ModuleNotFoundError: no module named 'app.settings'"),
    };
    return random.pick(texts);
}

QString degradedReason(Random &random)
{
    static const QStringList texts{
        QStringLiteral("connection refused by the backend"),
        QStringLiteral("replica lag above 60 s"),
        QStringLiteral("authentication check failed twice"),
        QStringLiteral("latency p95 above 2 s for 15 min"),
        QStringLiteral("volume 96 % full"),
    };
    return random.pick(texts);
}

} // namespace storage::demo
