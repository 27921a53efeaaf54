-- What the customers list shows and sorts by, one row per team, kept right by triggers whoever writes (spec 01 §2.3).
-- Every sort of the list has an index per direction; ties are created_at descending, then team_id.
CREATE TABLE customer_stats_guard (
    id integer PRIMARY KEY CHECK (id = 1),
    enabled boolean NOT NULL
);
INSERT INTO customer_stats_guard (id, enabled) VALUES (1, true);

-- Collation "C" so that keyset comparisons order as they do on SQLite. Times are cut to milliseconds for the same reason.
-- emails_key: every e-mail address, lower-cased, one a line. bytes_…: storage_bytes by type of resource.
CREATE TABLE customer_stats (
    team_id uuid PRIMARY KEY REFERENCES teams (id) ON DELETE CASCADE,
    name_key text COLLATE "C" NOT NULL,
    plan_tier text COLLATE "C" NOT NULL,
    status text NOT NULL,
    is_test_cohort boolean NOT NULL,
    created_at timestamptz NOT NULL,
    primary_email text,
    emails_key text COLLATE "C" NOT NULL DEFAULT '',
    user_count bigint NOT NULL DEFAULT 0,
    resource_count bigint NOT NULL DEFAULT 0,
    storage_bytes bigint NOT NULL DEFAULT 0,
    bytes_postgres bigint NOT NULL DEFAULT 0,
    bytes_vector bigint NOT NULL DEFAULT 0,
    bytes_redis bigint NOT NULL DEFAULT 0,
    bytes_mongodb bigint NOT NULL DEFAULT 0,
    bytes_queue bigint NOT NULL DEFAULT 0,
    bytes_storage bigint NOT NULL DEFAULT 0,
    bytes_webhook bigint NOT NULL DEFAULT 0,
    degraded_count bigint NOT NULL DEFAULT 0,
    deployments_active bigint NOT NULL DEFAULT 0,
    note_count bigint NOT NULL DEFAULT 0,
    last_resource_at timestamptz,
    last_deployment_at timestamptz,
    last_audit_at timestamptz,
    last_seen_at timestamptz GENERATED ALWAYS AS (greatest(last_audit_at, last_deployment_at, last_resource_at)) STORED
);
CREATE INDEX customer_stats_storage_asc_idx ON customer_stats (storage_bytes, created_at DESC, team_id);
CREATE INDEX customer_stats_storage_desc_idx ON customer_stats (storage_bytes DESC, created_at DESC, team_id);
CREATE INDEX customer_stats_deployments_asc_idx ON customer_stats (deployments_active, created_at DESC, team_id);
CREATE INDEX customer_stats_deployments_desc_idx ON customer_stats (deployments_active DESC, created_at DESC, team_id);
CREATE INDEX customer_stats_last_seen_asc_idx ON customer_stats (last_seen_at ASC NULLS FIRST, created_at DESC, team_id);
CREATE INDEX customer_stats_last_seen_desc_idx ON customer_stats (last_seen_at DESC NULLS LAST, created_at DESC, team_id);
CREATE INDEX customer_stats_name_asc_idx ON customer_stats (name_key, created_at DESC, team_id);
CREATE INDEX customer_stats_name_desc_idx ON customer_stats (name_key DESC, created_at DESC, team_id);
CREATE INDEX customer_stats_created_asc_idx ON customer_stats (created_at, team_id);
CREATE INDEX customer_stats_created_desc_idx ON customer_stats (created_at DESC, team_id);
CREATE INDEX customer_stats_tier_idx ON customer_stats (plan_tier, created_at DESC, team_id);
-- The figures of the first screen and the sums of the list, without the rows.
CREATE INDEX customer_stats_figures_idx ON customer_stats (plan_tier, status, is_test_cohort, created_at, last_seen_at,
    storage_bytes, deployments_active, resource_count, degraded_count);
CREATE INDEX customer_stats_uncounted_idx ON customer_stats (team_id) WHERE status = 'tombstoned' OR is_test_cohort;
CREATE INDEX customer_stats_degraded_idx ON customer_stats (team_id) WHERE degraded_count > 0;

-- The row is locked first: the UPDATE after it then sees what the transaction it waited for has committed.
CREATE FUNCTION customer_stats_on_users() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (SELECT enabled FROM customer_stats_guard) THEN
        RETURN NULL;
    END IF;
    PERFORM 1 FROM customer_stats WHERE team_id IN (OLD.team_id, NEW.team_id) ORDER BY team_id FOR UPDATE;
    UPDATE customer_stats SET (primary_email, user_count, emails_key) = (
        SELECT (SELECT u.email FROM users u WHERE u.team_id = customer_stats.team_id
                ORDER BY u.is_primary DESC, (u.role = 'owner') DESC, u.created_at, u.id LIMIT 1),
               (SELECT count(*) FROM users u WHERE u.team_id = customer_stats.team_id),
               (SELECT coalesce(string_agg(lower(u.email), chr(10) ORDER BY lower(u.email) COLLATE "C"), '')
                FROM users u WHERE u.team_id = customer_stats.team_id))
    WHERE team_id IN (OLD.team_id, NEW.team_id);
    RETURN NULL;
END
$$;
CREATE FUNCTION customer_stats_on_resources() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (SELECT enabled FROM customer_stats_guard) THEN
        RETURN NULL;
    END IF;
    PERFORM 1 FROM customer_stats WHERE team_id IN (OLD.team_id, NEW.team_id) ORDER BY team_id FOR UPDATE;
    UPDATE customer_stats SET (resource_count, storage_bytes, degraded_count, last_resource_at,
        bytes_postgres, bytes_vector, bytes_redis, bytes_mongodb, bytes_queue, bytes_storage, bytes_webhook) = (
        SELECT count(*), coalesce(sum(r.storage_bytes), 0), count(*) FILTER (WHERE r.degraded),
               date_trunc('milliseconds', max(r.created_at)),
               coalesce(sum(r.storage_bytes) FILTER (WHERE r.resource_type = 'postgres'), 0),
               coalesce(sum(r.storage_bytes) FILTER (WHERE r.resource_type = 'vector'), 0),
               coalesce(sum(r.storage_bytes) FILTER (WHERE r.resource_type = 'redis'), 0),
               coalesce(sum(r.storage_bytes) FILTER (WHERE r.resource_type = 'mongodb'), 0),
               coalesce(sum(r.storage_bytes) FILTER (WHERE r.resource_type = 'queue'), 0),
               coalesce(sum(r.storage_bytes) FILTER (WHERE r.resource_type = 'storage'), 0),
               coalesce(sum(r.storage_bytes) FILTER (WHERE r.resource_type = 'webhook'), 0)
        FROM resources r WHERE r.team_id = customer_stats.team_id AND r.status = 'active')
    WHERE team_id IN (OLD.team_id, NEW.team_id);
    RETURN NULL;
END
$$;
CREATE FUNCTION customer_stats_on_deployments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (SELECT enabled FROM customer_stats_guard) THEN
        RETURN NULL;
    END IF;
    PERFORM 1 FROM customer_stats WHERE team_id IN (OLD.team_id, NEW.team_id) ORDER BY team_id FOR UPDATE;
    UPDATE customer_stats SET (deployments_active, last_deployment_at) = (
        SELECT count(*), date_trunc('milliseconds', max(d.created_at))
        FROM deployments d
        WHERE d.team_id = customer_stats.team_id AND d.status IN ('building', 'deploying', 'healthy'))
    WHERE team_id IN (OLD.team_id, NEW.team_id);
    RETURN NULL;
END
$$;
CREATE FUNCTION customer_stats_on_notes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (SELECT enabled FROM customer_stats_guard) THEN
        RETURN NULL;
    END IF;
    PERFORM 1 FROM customer_stats WHERE team_id IN (OLD.team_id, NEW.team_id) ORDER BY team_id FOR UPDATE;
    UPDATE customer_stats SET note_count = (
        SELECT count(*) FROM admin_customer_notes n WHERE n.team_id = customer_stats.team_id)
    WHERE team_id IN (OLD.team_id, NEW.team_id);
    RETURN NULL;
END
$$;
CREATE FUNCTION customer_stats_on_teams() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (SELECT enabled FROM customer_stats_guard) THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'INSERT' THEN
        INSERT INTO customer_stats (team_id, name_key, plan_tier, status, is_test_cohort, created_at)
        VALUES (NEW.id, lower(coalesce(NEW.name, '')), NEW.plan_tier, NEW.status, NEW.is_test_cohort,
                date_trunc('milliseconds', NEW.created_at));
    ELSE
        UPDATE customer_stats SET name_key = lower(coalesce(NEW.name, '')), plan_tier = NEW.plan_tier,
            status = NEW.status, is_test_cohort = NEW.is_test_cohort,
            created_at = date_trunc('milliseconds', NEW.created_at)
        WHERE team_id = NEW.id;
    END IF;
    RETURN NULL;
END
$$;
CREATE FUNCTION customer_stats_on_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (SELECT enabled FROM customer_stats_guard) THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'INSERT' THEN
        UPDATE customer_stats SET last_audit_at = date_trunc('milliseconds', NEW.created_at)
        WHERE team_id = NEW.team_id
          AND (last_audit_at IS NULL OR last_audit_at < date_trunc('milliseconds', NEW.created_at));
        RETURN NULL;
    END IF;
    -- A team that is being deleted takes its audit rows along; nothing to recompute for each of them.
    IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT 1 FROM teams WHERE id = OLD.team_id) THEN
        RETURN NULL;
    END IF;
    PERFORM 1 FROM customer_stats WHERE team_id IN (OLD.team_id, NEW.team_id) ORDER BY team_id FOR UPDATE;
    UPDATE customer_stats SET last_audit_at = (
        SELECT date_trunc('milliseconds', a.created_at) FROM audit_log a
        WHERE a.team_id = customer_stats.team_id AND substr(a.kind, 1, 6) <> 'admin.'
        ORDER BY a.created_at DESC, a.id DESC LIMIT 1)
    WHERE team_id IN (OLD.team_id, NEW.team_id);
    RETURN NULL;
END
$$;

CREATE TRIGGER customer_stats_teams AFTER INSERT OR UPDATE OF name, plan_tier, status, is_test_cohort, created_at
    ON teams FOR EACH ROW EXECUTE FUNCTION customer_stats_on_teams();
CREATE TRIGGER customer_stats_users
    AFTER INSERT OR DELETE OR UPDATE OF team_id, email, role, is_primary, created_at
    ON users FOR EACH ROW EXECUTE FUNCTION customer_stats_on_users();
CREATE TRIGGER customer_stats_resources
    AFTER INSERT OR DELETE OR UPDATE OF team_id, resource_type, status, storage_bytes, degraded, created_at
    ON resources FOR EACH ROW EXECUTE FUNCTION customer_stats_on_resources();
CREATE TRIGGER customer_stats_deployments AFTER INSERT OR DELETE OR UPDATE OF team_id, status, created_at
    ON deployments FOR EACH ROW EXECUTE FUNCTION customer_stats_on_deployments();
CREATE TRIGGER customer_stats_notes AFTER INSERT OR DELETE OR UPDATE OF team_id
    ON admin_customer_notes FOR EACH ROW EXECUTE FUNCTION customer_stats_on_notes();
CREATE TRIGGER customer_stats_audit_insert AFTER INSERT ON audit_log FOR EACH ROW
    WHEN (NEW.team_id IS NOT NULL AND substr(NEW.kind, 1, 6) <> 'admin.')
    EXECUTE FUNCTION customer_stats_on_audit();
CREATE TRIGGER customer_stats_audit_change AFTER UPDATE OF team_id, kind, created_at ON audit_log FOR EACH ROW
    EXECUTE FUNCTION customer_stats_on_audit();
CREATE TRIGGER customer_stats_audit_delete AFTER DELETE ON audit_log FOR EACH ROW
    WHEN (OLD.team_id IS NOT NULL AND substr(OLD.kind, 1, 6) <> 'admin.')
    EXECUTE FUNCTION customer_stats_on_audit();

INSERT INTO customer_stats (team_id, name_key, plan_tier, status, is_test_cohort, created_at, primary_email, user_count,
    resource_count, storage_bytes, degraded_count, last_resource_at, deployments_active, last_deployment_at, note_count,
    last_audit_at, emails_key,
    bytes_postgres, bytes_vector, bytes_redis, bytes_mongodb, bytes_queue, bytes_storage, bytes_webhook)
SELECT t.id, lower(coalesce(t.name, '')), t.plan_tier, t.status, t.is_test_cohort, date_trunc('milliseconds', t.created_at),
    (SELECT u.email FROM users u WHERE u.team_id = t.id
     ORDER BY u.is_primary DESC, (u.role = 'owner') DESC, u.created_at, u.id LIMIT 1),
    (SELECT count(*) FROM users u WHERE u.team_id = t.id),
    coalesce(r.n, 0), coalesce(r.bytes, 0), coalesce(r.degraded, 0), r.newest,
    coalesce(d.n, 0), d.newest,
    (SELECT count(*) FROM admin_customer_notes n WHERE n.team_id = t.id),
    (SELECT date_trunc('milliseconds', a.created_at) FROM audit_log a
     WHERE a.team_id = t.id AND substr(a.kind, 1, 6) <> 'admin.' ORDER BY a.created_at DESC, a.id DESC LIMIT 1),
    (SELECT coalesce(string_agg(lower(u.email), chr(10) ORDER BY lower(u.email) COLLATE "C"), '')
     FROM users u WHERE u.team_id = t.id),
    coalesce(r.postgres, 0), coalesce(r.vector, 0), coalesce(r.redis, 0), coalesce(r.mongodb, 0), coalesce(r.queue, 0),
    coalesce(r.storage, 0), coalesce(r.webhook, 0)
FROM teams t
LEFT JOIN (SELECT team_id, count(*) AS n, sum(storage_bytes) AS bytes, count(*) FILTER (WHERE degraded) AS degraded,
                  date_trunc('milliseconds', max(created_at)) AS newest,
                  sum(storage_bytes) FILTER (WHERE resource_type = 'postgres') AS postgres,
                  sum(storage_bytes) FILTER (WHERE resource_type = 'vector') AS vector,
                  sum(storage_bytes) FILTER (WHERE resource_type = 'redis') AS redis,
                  sum(storage_bytes) FILTER (WHERE resource_type = 'mongodb') AS mongodb,
                  sum(storage_bytes) FILTER (WHERE resource_type = 'queue') AS queue,
                  sum(storage_bytes) FILTER (WHERE resource_type = 'storage') AS storage,
                  sum(storage_bytes) FILTER (WHERE resource_type = 'webhook') AS webhook
           FROM resources WHERE status = 'active' AND team_id IS NOT NULL GROUP BY team_id) r ON r.team_id = t.id
LEFT JOIN (SELECT team_id, count(*) AS n, date_trunc('milliseconds', max(created_at)) AS newest
           FROM deployments WHERE status IN ('building', 'deploying', 'healthy') GROUP BY team_id) d
    ON d.team_id = t.id;
