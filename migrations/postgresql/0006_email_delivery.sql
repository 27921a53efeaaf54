-- What became of a message: when it was accepted, the first time of each delivery event, and the outcome of all of
-- them together. Recipients stay masked; recipient_sha256 lets one address be looked up without storing it.
ALTER TABLE forwarder_sent
    ADD COLUMN IF NOT EXISTS delivered_at timestamptz,
    ADD COLUMN IF NOT EXISTS team_id uuid REFERENCES teams (id) ON DELETE SET NULL,
    ADD COLUMN IF NOT EXISTS recipient_domain text NOT NULL DEFAULT '',
    ADD COLUMN IF NOT EXISTS recipient_sha256 text NOT NULL DEFAULT '',
    ADD COLUMN IF NOT EXISTS subject text NOT NULL DEFAULT '',
    ADD COLUMN IF NOT EXISTS intended_at timestamptz,
    ADD COLUMN IF NOT EXISTS accepted_at timestamptz,
    ADD COLUMN IF NOT EXISTS attempts integer NOT NULL DEFAULT 0,
    ADD COLUMN IF NOT EXISTS next_attempt_at timestamptz,
    ADD COLUMN IF NOT EXISTS last_error text NOT NULL DEFAULT '',
    ADD COLUMN IF NOT EXISTS outcome text NOT NULL DEFAULT 'none',
    ADD COLUMN IF NOT EXISTS delivered_event_at timestamptz,
    ADD COLUMN IF NOT EXISTS deferred_at timestamptz,
    ADD COLUMN IF NOT EXISTS soft_bounced_at timestamptz,
    ADD COLUMN IF NOT EXISTS hard_bounced_at timestamptz,
    ADD COLUMN IF NOT EXISTS blocked_at timestamptz,
    ADD COLUMN IF NOT EXISTS errored_at timestamptz,
    ADD COLUMN IF NOT EXISTS complained_at timestamptz,
    ADD COLUMN IF NOT EXISTS unsubscribed_at timestamptz,
    ADD COLUMN IF NOT EXISTS opened_at timestamptz,
    ADD COLUMN IF NOT EXISTS reason text NOT NULL DEFAULT '',
    ADD COLUMN IF NOT EXISTS last_event_at timestamptz,
    ADD COLUMN IF NOT EXISTS repaired_at timestamptz;
-- The reference wrote a row only after the provider had accepted it, and kept only the latest event, without its time.
-- Positions in a list are milliseconds, so accepted_at has no more than those.
UPDATE forwarder_sent SET
        accepted_at = date_trunc('milliseconds', sent_at),
        delivered_event_at = delivered_at,
        outcome = CASE classification
            WHEN 'delivered' THEN 'delivered' WHEN 'complaint' THEN 'delivered' WHEN 'bounced_soft' THEN 'soft'
            WHEN 'bounced_hard' THEN CASE WHEN delivered_at IS NULL THEN 'hard' ELSE 'bounced_later' END
            WHEN 'rejected' THEN CASE WHEN delivered_at IS NULL THEN 'blocked' ELSE 'delivered' END
            WHEN 'error' THEN CASE WHEN delivered_at IS NULL THEN 'error' ELSE 'delivered' END
            ELSE CASE WHEN delivered_at IS NULL THEN 'none' ELSE 'delivered' END END,
        deferred_at = CASE classification WHEN 'deferred' THEN sent_at END,
        soft_bounced_at = CASE classification WHEN 'bounced_soft' THEN sent_at END,
        hard_bounced_at = CASE classification WHEN 'bounced_hard' THEN COALESCE(delivered_at + interval '1 millisecond', sent_at) END,
        blocked_at = CASE classification WHEN 'rejected' THEN COALESCE(delivered_at + interval '1 millisecond', sent_at) END,
        errored_at = CASE classification WHEN 'error' THEN sent_at END,
        complained_at = CASE classification WHEN 'complaint' THEN COALESCE(delivered_at + interval '1 millisecond', sent_at) END,
        unsubscribed_at = CASE classification WHEN 'unsubscribed' THEN COALESCE(delivered_at + interval '1 millisecond', sent_at) END
    WHERE accepted_at IS NULL AND classification NOT IN ('permanent_drop', 'transient_retry');
CREATE INDEX IF NOT EXISTS forwarder_sent_provider_id_idx ON forwarder_sent (provider, provider_id);
CREATE INDEX IF NOT EXISTS forwarder_sent_delivered_idx ON forwarder_sent (delivered_at) WHERE delivered_at IS NOT NULL;
-- Keys that look like an audit row's id (8-4-4-4-12); others are placeholders such as reminder-<id>-<stage>.
CREATE INDEX IF NOT EXISTS forwarder_sent_audit_uuid_idx ON forwarder_sent (audit_id)
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
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    provider text NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    headers jsonb NOT NULL,
    body bytea NOT NULL,
    body_sha256 text NOT NULL,
    signature text NOT NULL,
    event_type text NOT NULL DEFAULT '',
    event_count integer NOT NULL DEFAULT 0,
    object_id text NOT NULL DEFAULT '',
    team_id uuid REFERENCES teams (id) ON DELETE SET NULL,
    duplicate_of uuid,
    outcome text NOT NULL,
    matched integer NOT NULL DEFAULT 0,
    changed integer NOT NULL DEFAULT 0,
    effects jsonb,
    error text NOT NULL DEFAULT '',
    processed_at timestamptz,
    request_id text NOT NULL DEFAULT '',
    processing_us bigint NOT NULL DEFAULT 0,
    replays integer NOT NULL DEFAULT 0,
    last_replayed_at timestamptz
);
CREATE INDEX webhook_inbox_received_idx ON webhook_inbox (received_at DESC, id DESC);
CREATE INDEX webhook_inbox_provider_idx ON webhook_inbox (provider, received_at DESC, id DESC);
CREATE INDEX webhook_inbox_sha_idx ON webhook_inbox (body_sha256, received_at);
CREATE INDEX webhook_inbox_team_idx ON webhook_inbox (team_id, received_at DESC) WHERE team_id IS NOT NULL;
-- A body is bytes from outside: neither its text nor its JSON may ever fail a search.
CREATE FUNCTION webhook_body_text(body bytea) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN convert_from(body, 'UTF8');
EXCEPTION WHEN OTHERS THEN
    RETURN encode(body, 'escape');
END
$$;
CREATE FUNCTION webhook_body_json(body bytea) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN CAST(convert_from(body, 'UTF8') AS jsonb);
EXCEPTION WHEN OTHERS THEN
    RETURN NULL;
END
$$;

-- All delivery events of a message; the id is made of provider, message, recipient, event and time, so that a repetition
-- is the same row. Without audit_id: parked until the ledger knows the message. Template and domain are those of the
-- ledger row, kept by triggers whoever writes, so that events can be counted without it.
CREATE TABLE email_delivery_events (
    id uuid PRIMARY KEY,
    audit_id text REFERENCES forwarder_sent (audit_id) ON DELETE CASCADE,
    provider text NOT NULL,
    message_id text NOT NULL,
    event text NOT NULL,
    event_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    recipient text NOT NULL DEFAULT '',
    reason text NOT NULL DEFAULT '',
    inbox_id uuid,
    repaired boolean NOT NULL DEFAULT false,
    template_kind text NOT NULL DEFAULT '',
    recipient_domain text NOT NULL DEFAULT ''
);
CREATE INDEX email_delivery_events_message_idx ON email_delivery_events (audit_id, event_at) WHERE audit_id IS NOT NULL;
CREATE INDEX email_delivery_events_parked_idx ON email_delivery_events (provider, message_id, received_at) WHERE audit_id IS NULL;
-- Events are counted in it, of all mail or of one template, domain and provider.
CREATE INDEX email_delivery_events_event_idx ON email_delivery_events (event, event_at, template_kind, recipient_domain, provider);
CREATE INDEX email_delivery_events_inbox_idx ON email_delivery_events (inbox_id) WHERE inbox_id IS NOT NULL;
CREATE FUNCTION email_delivery_events_of_message() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT f.template_kind, f.recipient_domain INTO NEW.template_kind, NEW.recipient_domain
        FROM forwarder_sent f WHERE f.audit_id = NEW.audit_id;
    NEW.template_kind := COALESCE(NEW.template_kind, '');
    NEW.recipient_domain := COALESCE(NEW.recipient_domain, '');
    RETURN NEW;
END
$$;
CREATE TRIGGER email_delivery_events_insert BEFORE INSERT ON email_delivery_events
    FOR EACH ROW WHEN (NEW.audit_id IS NOT NULL AND NEW.template_kind = '') EXECUTE FUNCTION email_delivery_events_of_message();
CREATE TRIGGER email_delivery_events_link BEFORE UPDATE OF audit_id ON email_delivery_events
    FOR EACH ROW WHEN (NEW.audit_id IS NOT NULL) EXECUTE FUNCTION email_delivery_events_of_message();

-- Calls with a wrong secret, one row per burst of a masked subnet.
CREATE TABLE webhook_refusals (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    provider text NOT NULL,
    subnet text NOT NULL DEFAULT '',
    first_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL,
    count bigint NOT NULL DEFAULT 1,
    audit_log_id uuid
);
CREATE INDEX webhook_refusals_last_idx ON webhook_refusals (provider, last_at DESC);

-- Work that an operator asked a headless server for.
CREATE TABLE job_requests (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    job text NOT NULL,
    requested_by text NOT NULL,
    requested_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    finished_at timestamptz,
    result jsonb
);
CREATE INDEX job_requests_open_idx ON job_requests (job, requested_at) WHERE finished_at IS NULL;
