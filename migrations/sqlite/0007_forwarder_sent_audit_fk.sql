-- A real link beside the text key: deleting the audit row keeps the ledger row and empties the link.
ALTER TABLE forwarder_sent ADD COLUMN audit_log_id TEXT REFERENCES audit_log (id) ON DELETE SET NULL;
-- Only keys that are ids of rows that still exist; placeholders keep an empty link.
UPDATE forwarder_sent SET audit_log_id = lower(audit_id)
    WHERE audit_log_id IS NULL AND length(audit_id) = 36
      AND EXISTS (SELECT 1 FROM audit_log a WHERE a.id = lower(forwarder_sent.audit_id));
CREATE INDEX forwarder_sent_audit_log_idx ON forwarder_sent (audit_log_id) WHERE audit_log_id IS NOT NULL;
UPDATE forwarder_sent SET team_id = (SELECT a.team_id FROM audit_log a WHERE a.id = forwarder_sent.audit_log_id)
    WHERE audit_log_id IS NOT NULL AND team_id IS NULL;
