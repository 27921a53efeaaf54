-- The ledger of mail, the suppression events and the de-duplication keys, as the reference has them. IF NOT EXISTS
-- where an adopted database has them already.
CREATE TABLE forwarder_sent (
    audit_id TEXT PRIMARY KEY NOT NULL,
    sent_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
        CHECK (sent_at GLOB '????-??-??T??:??:??.???Z'),
    provider TEXT NOT NULL DEFAULT 'legacy',
    provider_id TEXT NOT NULL DEFAULT '',
    recipient TEXT NOT NULL DEFAULT '',
    template_kind TEXT NOT NULL DEFAULT '',
    classification TEXT NOT NULL DEFAULT 'success'
) STRICT;
CREATE INDEX forwarder_sent_sent_idx ON forwarder_sent (sent_at DESC);
CREATE INDEX forwarder_sent_kind_sent_idx ON forwarder_sent (template_kind, sent_at DESC);
CREATE INDEX forwarder_sent_dropped_idx ON forwarder_sent (sent_at) WHERE classification = 'permanent_drop';

CREATE TABLE email_events (
    id TEXT PRIMARY KEY NOT NULL DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' ||
        substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    provider TEXT NOT NULL CHECK (provider IN ('brevo', 'ses', 'sendgrid')),
    event_type TEXT NOT NULL CHECK (event_type IN ('bounce', 'unsubscribe', 'spam_complaint', 'soft_bounce')),
    email TEXT NOT NULL,
    reason TEXT,
    raw TEXT NOT NULL CHECK (json_valid(raw)),
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
        CHECK (created_at GLOB '????-??-??T??:??:??.???Z'),
    message_id TEXT GENERATED ALWAYS AS (json_extract(raw, '$.message_id')) STORED
) STRICT;
-- Addresses are stored as received and looked up without case.
CREATE INDEX email_events_lookup_idx ON email_events (lower(email), event_type, created_at DESC);
CREATE INDEX email_events_created_idx ON email_events (created_at DESC, id DESC);
CREATE UNIQUE INDEX email_events_message_key ON email_events (provider, event_type, email, message_id) WHERE message_id IS NOT NULL;

CREATE TABLE email_send_dedup (
    dedup_key TEXT PRIMARY KEY NOT NULL,
    email_kind TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
        CHECK (created_at GLOB '????-??-??T??:??:??.???Z')
) STRICT;
CREATE INDEX email_send_dedup_created_idx ON email_send_dedup (created_at);

-- How far a job has read: the position (at, id) of the last row it is done with.
CREATE TABLE job_cursors (
    name TEXT PRIMARY KEY NOT NULL,
    at TEXT NOT NULL
        CHECK (at GLOB '????-??-??T??:??:??.???Z'),
    id TEXT NOT NULL DEFAULT '',
    updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
        CHECK (updated_at GLOB '????-??-??T??:??:??.???Z')
) STRICT;

-- One holder of a periodic job across all hosts, and when it ran last.
CREATE TABLE job_leases (
    name TEXT PRIMARY KEY NOT NULL,
    holder TEXT NOT NULL,
    held_until TEXT NOT NULL
        CHECK (held_until GLOB '????-??-??T??:??:??.???Z'),
    last_started_at TEXT
        CHECK (last_started_at GLOB '????-??-??T??:??:??.???Z'),
    last_finished_at TEXT
        CHECK (last_finished_at GLOB '????-??-??T??:??:??.???Z'),
    last_result TEXT NOT NULL DEFAULT ''
) STRICT;

-- An operator's word that bounces and complaints before it no longer count; the address in lower case.
CREATE TABLE email_suppression_lifts (
    id TEXT PRIMARY KEY NOT NULL DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' ||
        substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    email TEXT NOT NULL,
    reason TEXT NOT NULL,
    lifted_by TEXT NOT NULL,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
        CHECK (created_at GLOB '????-??-??T??:??:??.???Z')
) STRICT;
CREATE INDEX email_suppression_lifts_email_idx ON email_suppression_lifts (email, created_at DESC);
