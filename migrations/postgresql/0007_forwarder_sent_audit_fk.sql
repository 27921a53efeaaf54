-- A real link beside the text key: deleting the audit row keeps the ledger row and empties the link.
ALTER TABLE forwarder_sent ADD COLUMN IF NOT EXISTS audit_log_id uuid;
DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
                   WHERE c.conrelid = 'forwarder_sent'::regclass AND c.contype = 'f' AND a.attname = 'audit_log_id') THEN
        ALTER TABLE forwarder_sent ADD CONSTRAINT forwarder_sent_audit_log_id_fkey
            FOREIGN KEY (audit_log_id) REFERENCES audit_log (id) ON DELETE SET NULL;
    END IF;
END
$$;
-- Only keys that are ids of rows that still exist; placeholders keep an empty link.
UPDATE forwarder_sent f SET audit_log_id = a.id
    FROM audit_log a
    WHERE f.audit_log_id IS NULL
      AND f.audit_id ~* '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'
      AND a.id = CASE WHEN f.audit_id ~* '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'
                      THEN f.audit_id::uuid END;
CREATE INDEX IF NOT EXISTS forwarder_sent_audit_log_idx ON forwarder_sent (audit_log_id) WHERE audit_log_id IS NOT NULL;
UPDATE forwarder_sent f SET team_id = a.team_id
    FROM audit_log a WHERE a.id = f.audit_log_id AND f.team_id IS NULL AND a.team_id IS NOT NULL;
