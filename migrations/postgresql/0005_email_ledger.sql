-- The ledger of mail, the suppression events and the de-duplication keys, as the reference has them. IF NOT EXISTS
-- where an adopted database has them already.
CREATE TABLE IF NOT EXISTS forwarder_sent (
    audit_id text PRIMARY KEY,
    sent_at timestamptz NOT NULL DEFAULT now(),
    provider text NOT NULL DEFAULT 'legacy',
    provider_id text NOT NULL DEFAULT '',
    recipient text NOT NULL DEFAULT '',
    template_kind text NOT NULL DEFAULT '',
    classification text NOT NULL DEFAULT 'success'
);
-- Columns that an adopted table may lack.
ALTER TABLE forwarder_sent
    ADD COLUMN IF NOT EXISTS provider text NOT NULL DEFAULT 'legacy',
    ADD COLUMN IF NOT EXISTS provider_id text NOT NULL DEFAULT '',
    ADD COLUMN IF NOT EXISTS recipient text NOT NULL DEFAULT '',
    ADD COLUMN IF NOT EXISTS template_kind text NOT NULL DEFAULT '',
    ADD COLUMN IF NOT EXISTS classification text NOT NULL DEFAULT 'success';
CREATE INDEX IF NOT EXISTS forwarder_sent_sent_idx ON forwarder_sent (sent_at DESC);
CREATE INDEX IF NOT EXISTS forwarder_sent_kind_sent_idx ON forwarder_sent (template_kind, sent_at DESC);
CREATE INDEX IF NOT EXISTS forwarder_sent_dropped_idx ON forwarder_sent (sent_at) WHERE classification = 'permanent_drop';

CREATE TABLE IF NOT EXISTS email_events (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    provider text NOT NULL CHECK (provider IN ('brevo', 'ses', 'sendgrid')),
    event_type text NOT NULL CHECK (event_type IN ('bounce', 'unsubscribe', 'spam_complaint', 'soft_bounce')),
    email text NOT NULL,
    reason text,
    raw jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE email_events
    ADD COLUMN IF NOT EXISTS message_id text GENERATED ALWAYS AS (raw ->> 'message_id') STORED;
-- Addresses are stored as received and looked up without case.
CREATE INDEX IF NOT EXISTS email_events_lookup_idx ON email_events (lower(email), event_type, created_at DESC);
CREATE INDEX IF NOT EXISTS email_events_created_idx ON email_events (created_at DESC, id DESC);
CREATE UNIQUE INDEX IF NOT EXISTS email_events_message_key ON email_events (provider, event_type, email, message_id) WHERE message_id IS NOT NULL;

CREATE TABLE IF NOT EXISTS email_send_dedup (
    dedup_key text PRIMARY KEY,
    email_kind text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS email_send_dedup_created_idx ON email_send_dedup (created_at);

-- How far a job has read: the position (at, id) of the last row it is done with.
CREATE TABLE job_cursors (
    name text PRIMARY KEY,
    at timestamptz NOT NULL,
    id text NOT NULL DEFAULT '',
    updated_at timestamptz NOT NULL DEFAULT now()
);

-- One holder of a periodic job across all hosts, and when it ran last.
CREATE TABLE job_leases (
    name text PRIMARY KEY,
    holder text NOT NULL,
    held_until timestamptz NOT NULL,
    last_started_at timestamptz,
    last_finished_at timestamptz,
    last_result text NOT NULL DEFAULT ''
);

-- An operator's word that bounces and complaints before it no longer count; the address in lower case.
CREATE TABLE email_suppression_lifts (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    email text NOT NULL,
    reason text NOT NULL,
    lifted_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX email_suppression_lifts_email_idx ON email_suppression_lifts (email, created_at DESC);
