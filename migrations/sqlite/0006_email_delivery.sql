-- What became of a message: when it was accepted, the first time of each delivery event, and the outcome of all of
-- them together. Recipients stay masked; recipient_sha256 lets one address be looked up without storing it.
ALTER TABLE forwarder_sent ADD COLUMN delivered_at TEXT CHECK (delivered_at GLOB '????-??-??T??:??:??.???Z');
ALTER TABLE forwarder_sent ADD COLUMN team_id TEXT REFERENCES teams (id) ON DELETE SET NULL;
ALTER TABLE forwarder_sent ADD COLUMN recipient_domain TEXT NOT NULL DEFAULT '';
ALTER TABLE forwarder_sent ADD COLUMN recipient_sha256 TEXT NOT NULL DEFAULT '';
ALTER TABLE forwarder_sent ADD COLUMN subject TEXT NOT NULL DEFAULT '';
ALTER TABLE forwarder_sent ADD COLUMN intended_at TEXT CHECK (intended_at GLOB '????-??-??T??:??:??.???Z');
ALTER TABLE forwarder_sent ADD COLUMN accepted_at TEXT CHECK (accepted_at GLOB '????-??-??T??:??:??.???Z');
ALTER TABLE forwarder_sent ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE forwarder_sent ADD COLUMN next_attempt_at TEXT CHECK (next_attempt_at GLOB '????-??-??T??:??:??.???Z');
ALTER TABLE forwarder_sent ADD COLUMN last_error TEXT NOT NULL DEFAULT '';
ALTER TABLE forwarder_sent ADD COLUMN outcome TEXT NOT NULL DEFAULT 'none';
ALTER TABLE forwarder_sent ADD COLUMN delivered_event_at TEXT CHECK (delivered_event_at GLOB '????-??-??T??:??:??.???Z');
ALTER TABLE forwarder_sent ADD COLUMN deferred_at TEXT CHECK (deferred_at GLOB '????-??-??T??:??:??.???Z');
ALTER TABLE forwarder_sent ADD COLUMN soft_bounced_at TEXT CHECK (soft_bounced_at GLOB '????-??-??T??:??:??.???Z');
ALTER TABLE forwarder_sent ADD COLUMN hard_bounced_at TEXT CHECK (hard_bounced_at GLOB '????-??-??T??:??:??.???Z');
ALTER TABLE forwarder_sent ADD COLUMN blocked_at TEXT CHECK (blocked_at GLOB '????-??-??T??:??:??.???Z');
ALTER TABLE forwarder_sent ADD COLUMN errored_at TEXT CHECK (errored_at GLOB '????-??-??T??:??:??.???Z');
ALTER TABLE forwarder_sent ADD COLUMN complained_at TEXT CHECK (complained_at GLOB '????-??-??T??:??:??.???Z');
ALTER TABLE forwarder_sent ADD COLUMN unsubscribed_at TEXT CHECK (unsubscribed_at GLOB '????-??-??T??:??:??.???Z');
ALTER TABLE forwarder_sent ADD COLUMN opened_at TEXT CHECK (opened_at GLOB '????-??-??T??:??:??.???Z');
ALTER TABLE forwarder_sent ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE forwarder_sent ADD COLUMN last_event_at TEXT CHECK (last_event_at GLOB '????-??-??T??:??:??.???Z');
ALTER TABLE forwarder_sent ADD COLUMN repaired_at TEXT CHECK (repaired_at GLOB '????-??-??T??:??:??.???Z');
-- The reference wrote a row only after the provider had accepted it, and kept only the latest event, without its time.
UPDATE forwarder_sent SET
        accepted_at = sent_at,
        delivered_event_at = delivered_at,
        outcome = CASE classification
            WHEN 'delivered' THEN 'delivered' WHEN 'complaint' THEN 'delivered' WHEN 'bounced_soft' THEN 'soft'
            WHEN 'bounced_hard' THEN CASE WHEN delivered_at IS NULL THEN 'hard' ELSE 'bounced_later' END
            WHEN 'rejected' THEN CASE WHEN delivered_at IS NULL THEN 'blocked' ELSE 'delivered' END
            WHEN 'error' THEN CASE WHEN delivered_at IS NULL THEN 'error' ELSE 'delivered' END
            ELSE CASE WHEN delivered_at IS NULL THEN 'none' ELSE 'delivered' END END,
        deferred_at = CASE classification WHEN 'deferred' THEN sent_at END,
        soft_bounced_at = CASE classification WHEN 'bounced_soft' THEN sent_at END,
        hard_bounced_at = CASE classification WHEN 'bounced_hard' THEN COALESCE(strftime('%Y-%m-%dT%H:%M:%fZ', delivered_at, '+0.001 seconds'), sent_at) END,
        blocked_at = CASE classification WHEN 'rejected' THEN COALESCE(strftime('%Y-%m-%dT%H:%M:%fZ', delivered_at, '+0.001 seconds'), sent_at) END,
        errored_at = CASE classification WHEN 'error' THEN sent_at END,
        complained_at = CASE classification WHEN 'complaint' THEN COALESCE(strftime('%Y-%m-%dT%H:%M:%fZ', delivered_at, '+0.001 seconds'), sent_at) END,
        unsubscribed_at = CASE classification WHEN 'unsubscribed' THEN COALESCE(strftime('%Y-%m-%dT%H:%M:%fZ', delivered_at, '+0.001 seconds'), sent_at) END
    WHERE accepted_at IS NULL AND classification NOT IN ('permanent_drop', 'transient_retry');
CREATE INDEX forwarder_sent_provider_id_idx ON forwarder_sent (provider, provider_id);
CREATE INDEX forwarder_sent_delivered_idx ON forwarder_sent (delivered_at) WHERE delivered_at IS NOT NULL;
-- Keys that look like an audit row's id (8-4-4-4-12); others are placeholders such as reminder-<id>-<stage>.
CREATE INDEX forwarder_sent_audit_uuid_idx ON forwarder_sent (audit_id)
    WHERE length(audit_id) = 36 AND substr(audit_id, 9, 1) = '-' AND substr(audit_id, 14, 1) = '-'
        AND substr(audit_id, 19, 1) = '-' AND substr(audit_id, 24, 1) = '-';
-- Every figure of the delivery screen is read from this index alone, and its list finds its rows in it.
CREATE INDEX forwarder_sent_figures_idx ON forwarder_sent (accepted_at, outcome, template_kind, recipient_domain, provider, classification,
    delivered_event_at, deferred_at, complained_at, repaired_at, recipient) WHERE accepted_at IS NOT NULL;
-- The same for what was not accepted.
CREATE INDEX forwarder_sent_unsent_idx ON forwarder_sent (sent_at, classification, template_kind, recipient_domain, provider, recipient, accepted_at)
    WHERE accepted_at IS NULL;
-- Few rows have a reason, and it is searched by parts of it.
CREATE INDEX forwarder_sent_reason_idx ON forwarder_sent (accepted_at) WHERE reason <> '' OR last_error <> '';
CREATE INDEX forwarder_sent_repaired_idx ON forwarder_sent (repaired_at) WHERE repaired_at IS NOT NULL;
CREATE INDEX forwarder_sent_team_idx ON forwarder_sent (team_id, sent_at DESC) WHERE team_id IS NOT NULL;
CREATE INDEX forwarder_sent_recipient_idx ON forwarder_sent (recipient_sha256, sent_at DESC) WHERE recipient_sha256 <> '';
-- The mail that still has to go out.
CREATE INDEX forwarder_sent_due_idx ON forwarder_sent (next_attempt_at, intended_at) WHERE classification = 'intended';

-- Every webhook that passed its signature check, byte for byte, before it was answered; secrets are not in the headers.
CREATE TABLE webhook_inbox (
    id TEXT PRIMARY KEY NOT NULL DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' ||
        substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    provider TEXT NOT NULL,
    received_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
        CHECK (received_at GLOB '????-??-??T??:??:??.???Z'),
    headers TEXT NOT NULL CHECK (json_valid(headers)),
    body BLOB NOT NULL,
    body_sha256 TEXT NOT NULL,
    signature TEXT NOT NULL,
    event_type TEXT NOT NULL DEFAULT '',
    event_count INTEGER NOT NULL DEFAULT 0,
    object_id TEXT NOT NULL DEFAULT '',
    team_id TEXT REFERENCES teams (id) ON DELETE SET NULL,
    duplicate_of TEXT,
    outcome TEXT NOT NULL,
    matched INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL DEFAULT 0,
    effects TEXT CHECK (effects IS NULL OR json_valid(effects)),
    error TEXT NOT NULL DEFAULT '',
    processed_at TEXT
        CHECK (processed_at GLOB '????-??-??T??:??:??.???Z'),
    request_id TEXT NOT NULL DEFAULT '',
    processing_us INTEGER NOT NULL DEFAULT 0,
    replays INTEGER NOT NULL DEFAULT 0,
    last_replayed_at TEXT
        CHECK (last_replayed_at GLOB '????-??-??T??:??:??.???Z')
) STRICT;
CREATE INDEX webhook_inbox_received_idx ON webhook_inbox (received_at DESC, id DESC);
CREATE INDEX webhook_inbox_provider_idx ON webhook_inbox (provider, received_at DESC, id DESC);
CREATE INDEX webhook_inbox_sha_idx ON webhook_inbox (body_sha256, received_at);
CREATE INDEX webhook_inbox_team_idx ON webhook_inbox (team_id, received_at DESC) WHERE team_id IS NOT NULL;

-- All delivery events of a message; the id is made of provider, message, recipient, event and time, so that a repetition
-- is the same row. Without audit_id: parked until the ledger knows the message. Template and domain are those of the
-- ledger row, kept by triggers whoever writes, so that events can be counted without it.
CREATE TABLE email_delivery_events (
    id TEXT PRIMARY KEY NOT NULL,
    audit_id TEXT REFERENCES forwarder_sent (audit_id) ON DELETE CASCADE,
    provider TEXT NOT NULL,
    message_id TEXT NOT NULL,
    event TEXT NOT NULL,
    event_at TEXT NOT NULL
        CHECK (event_at GLOB '????-??-??T??:??:??.???Z'),
    received_at TEXT NOT NULL
        CHECK (received_at GLOB '????-??-??T??:??:??.???Z'),
    recipient TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    inbox_id TEXT,
    repaired INTEGER NOT NULL DEFAULT 0 CHECK (repaired IN (0, 1)),
    template_kind TEXT NOT NULL DEFAULT '',
    recipient_domain TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX email_delivery_events_message_idx ON email_delivery_events (audit_id, event_at) WHERE audit_id IS NOT NULL;
CREATE INDEX email_delivery_events_parked_idx ON email_delivery_events (provider, message_id, received_at) WHERE audit_id IS NULL;
-- Events are counted in it, of all mail or of one template, domain and provider.
CREATE INDEX email_delivery_events_event_idx ON email_delivery_events (event, event_at, template_kind, recipient_domain, provider);
CREATE INDEX email_delivery_events_inbox_idx ON email_delivery_events (inbox_id) WHERE inbox_id IS NOT NULL;
CREATE TRIGGER email_delivery_events_insert AFTER INSERT ON email_delivery_events
WHEN NEW.audit_id IS NOT NULL AND NEW.template_kind = ''
BEGIN
    UPDATE email_delivery_events SET template_kind = f.template_kind, recipient_domain = f.recipient_domain
        FROM forwarder_sent f WHERE email_delivery_events.rowid = NEW.rowid AND f.audit_id = NEW.audit_id;
END;
CREATE TRIGGER email_delivery_events_link AFTER UPDATE OF audit_id ON email_delivery_events
WHEN NEW.audit_id IS NOT NULL
BEGIN
    UPDATE email_delivery_events SET template_kind = f.template_kind, recipient_domain = f.recipient_domain
        FROM forwarder_sent f WHERE email_delivery_events.rowid = NEW.rowid AND f.audit_id = NEW.audit_id;
END;

-- Calls with a wrong secret, one row per burst of a masked subnet.
CREATE TABLE webhook_refusals (
    id TEXT PRIMARY KEY NOT NULL DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' ||
        substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    provider TEXT NOT NULL,
    subnet TEXT NOT NULL DEFAULT '',
    first_at TEXT NOT NULL
        CHECK (first_at GLOB '????-??-??T??:??:??.???Z'),
    last_at TEXT NOT NULL
        CHECK (last_at GLOB '????-??-??T??:??:??.???Z'),
    count INTEGER NOT NULL DEFAULT 1,
    audit_log_id TEXT
) STRICT;
CREATE INDEX webhook_refusals_last_idx ON webhook_refusals (provider, last_at DESC);

-- Work that an operator asked a headless server for.
CREATE TABLE job_requests (
    id TEXT PRIMARY KEY NOT NULL DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' ||
        substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    job TEXT NOT NULL,
    requested_by TEXT NOT NULL,
    requested_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
        CHECK (requested_at GLOB '????-??-??T??:??:??.???Z'),
    started_at TEXT
        CHECK (started_at GLOB '????-??-??T??:??:??.???Z'),
    finished_at TEXT
        CHECK (finished_at GLOB '????-??-??T??:??:??.???Z'),
    result TEXT CHECK (result IS NULL OR json_valid(result))
) STRICT;
CREATE INDEX job_requests_open_idx ON job_requests (job, requested_at) WHERE finished_at IS NULL;
