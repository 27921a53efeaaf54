-- What the customers list shows and sorts by, one row per team, kept right by triggers whoever writes (spec 01 §2.3).
-- Every sort of the list has an index per direction; ties are created_at descending, then team_id.
CREATE TABLE customer_stats_guard (
    id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    enabled INTEGER NOT NULL CHECK (enabled IN (0, 1))
) STRICT;
INSERT INTO customer_stats_guard (id, enabled) VALUES (1, 1);

-- emails_key: every e-mail address, lower-cased, one a line. bytes_…: storage_bytes by type of resource.
CREATE TABLE customer_stats (
    team_id TEXT PRIMARY KEY NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    name_key TEXT NOT NULL,
    plan_tier TEXT NOT NULL,
    status TEXT NOT NULL,
    is_test_cohort INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    primary_email TEXT,
    emails_key TEXT NOT NULL DEFAULT '',
    user_count INTEGER NOT NULL DEFAULT 0,
    resource_count INTEGER NOT NULL DEFAULT 0,
    storage_bytes INTEGER NOT NULL DEFAULT 0,
    bytes_postgres INTEGER NOT NULL DEFAULT 0,
    bytes_vector INTEGER NOT NULL DEFAULT 0,
    bytes_redis INTEGER NOT NULL DEFAULT 0,
    bytes_mongodb INTEGER NOT NULL DEFAULT 0,
    bytes_queue INTEGER NOT NULL DEFAULT 0,
    bytes_storage INTEGER NOT NULL DEFAULT 0,
    bytes_webhook INTEGER NOT NULL DEFAULT 0,
    degraded_count INTEGER NOT NULL DEFAULT 0,
    deployments_active INTEGER NOT NULL DEFAULT 0,
    note_count INTEGER NOT NULL DEFAULT 0,
    last_resource_at TEXT,
    last_deployment_at TEXT,
    last_audit_at TEXT,
    last_seen_at TEXT GENERATED ALWAYS AS (nullif(
        max(coalesce(last_audit_at, ''), coalesce(last_deployment_at, ''), coalesce(last_resource_at, '')), '')) STORED
) STRICT;
CREATE INDEX customer_stats_storage_asc_idx ON customer_stats (storage_bytes, created_at DESC, team_id);
CREATE INDEX customer_stats_storage_desc_idx ON customer_stats (storage_bytes DESC, created_at DESC, team_id);
CREATE INDEX customer_stats_deployments_asc_idx ON customer_stats (deployments_active, created_at DESC, team_id);
CREATE INDEX customer_stats_deployments_desc_idx ON customer_stats (deployments_active DESC, created_at DESC, team_id);
CREATE INDEX customer_stats_last_seen_asc_idx ON customer_stats (last_seen_at, created_at DESC, team_id);
CREATE INDEX customer_stats_last_seen_desc_idx ON customer_stats (last_seen_at DESC, created_at DESC, team_id);
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

CREATE TRIGGER customer_stats_teams_insert AFTER INSERT ON teams
WHEN (SELECT enabled FROM customer_stats_guard)
BEGIN
    INSERT INTO customer_stats (team_id, name_key, plan_tier, status, is_test_cohort, created_at)
    VALUES (NEW.id, lower(coalesce(NEW.name, '')), NEW.plan_tier, NEW.status, NEW.is_test_cohort, NEW.created_at);
END;
CREATE TRIGGER customer_stats_teams_update AFTER UPDATE OF name, plan_tier, status, is_test_cohort, created_at ON teams
WHEN (SELECT enabled FROM customer_stats_guard)
BEGIN
    UPDATE customer_stats SET name_key = lower(coalesce(NEW.name, '')), plan_tier = NEW.plan_tier,
        status = NEW.status, is_test_cohort = NEW.is_test_cohort, created_at = NEW.created_at
    WHERE team_id = NEW.id;
END;
CREATE TRIGGER customer_stats_users_insert AFTER INSERT ON users
WHEN (SELECT enabled FROM customer_stats_guard)
BEGIN
    UPDATE customer_stats SET (primary_email, user_count, emails_key) = (
        SELECT (SELECT u.email FROM users u WHERE u.team_id = customer_stats.team_id
                ORDER BY u.is_primary DESC, (u.role = 'owner') DESC, u.created_at, u.id LIMIT 1),
               (SELECT count(*) FROM users u WHERE u.team_id = customer_stats.team_id),
               (SELECT coalesce(group_concat(e.email, char(10)), '') FROM (
                   SELECT lower(u.email) AS email FROM users u WHERE u.team_id = customer_stats.team_id ORDER BY 1) e))
    WHERE team_id IN (NEW.team_id);
END;
CREATE TRIGGER customer_stats_users_update AFTER UPDATE OF team_id, email, role, is_primary, created_at ON users
WHEN (SELECT enabled FROM customer_stats_guard)
BEGIN
    UPDATE customer_stats SET (primary_email, user_count, emails_key) = (
        SELECT (SELECT u.email FROM users u WHERE u.team_id = customer_stats.team_id
                ORDER BY u.is_primary DESC, (u.role = 'owner') DESC, u.created_at, u.id LIMIT 1),
               (SELECT count(*) FROM users u WHERE u.team_id = customer_stats.team_id),
               (SELECT coalesce(group_concat(e.email, char(10)), '') FROM (
                   SELECT lower(u.email) AS email FROM users u WHERE u.team_id = customer_stats.team_id ORDER BY 1) e))
    WHERE team_id IN (OLD.team_id, NEW.team_id);
END;
CREATE TRIGGER customer_stats_users_delete AFTER DELETE ON users
WHEN (SELECT enabled FROM customer_stats_guard)
BEGIN
    UPDATE customer_stats SET (primary_email, user_count, emails_key) = (
        SELECT (SELECT u.email FROM users u WHERE u.team_id = customer_stats.team_id
                ORDER BY u.is_primary DESC, (u.role = 'owner') DESC, u.created_at, u.id LIMIT 1),
               (SELECT count(*) FROM users u WHERE u.team_id = customer_stats.team_id),
               (SELECT coalesce(group_concat(e.email, char(10)), '') FROM (
                   SELECT lower(u.email) AS email FROM users u WHERE u.team_id = customer_stats.team_id ORDER BY 1) e))
    WHERE team_id IN (OLD.team_id);
END;
CREATE TRIGGER customer_stats_resources_insert AFTER INSERT ON resources
WHEN (SELECT enabled FROM customer_stats_guard)
BEGIN
    UPDATE customer_stats SET (resource_count, storage_bytes, degraded_count, last_resource_at,
        bytes_postgres, bytes_vector, bytes_redis, bytes_mongodb, bytes_queue, bytes_storage, bytes_webhook) = (
        SELECT count(*), coalesce(sum(r.storage_bytes), 0), count(*) FILTER (WHERE r.degraded),
               max(r.created_at),
               coalesce(sum(r.storage_bytes) FILTER (WHERE r.resource_type = 'postgres'), 0),
               coalesce(sum(r.storage_bytes) FILTER (WHERE r.resource_type = 'vector'), 0),
               coalesce(sum(r.storage_bytes) FILTER (WHERE r.resource_type = 'redis'), 0),
               coalesce(sum(r.storage_bytes) FILTER (WHERE r.resource_type = 'mongodb'), 0),
               coalesce(sum(r.storage_bytes) FILTER (WHERE r.resource_type = 'queue'), 0),
               coalesce(sum(r.storage_bytes) FILTER (WHERE r.resource_type = 'storage'), 0),
               coalesce(sum(r.storage_bytes) FILTER (WHERE r.resource_type = 'webhook'), 0)
        FROM resources r WHERE r.team_id = customer_stats.team_id AND r.status = 'active')
    WHERE team_id IN (NEW.team_id);
END;
CREATE TRIGGER customer_stats_resources_update AFTER UPDATE OF team_id, resource_type, status, storage_bytes, degraded, created_at ON resources
WHEN (SELECT enabled FROM customer_stats_guard)
BEGIN
    UPDATE customer_stats SET (resource_count, storage_bytes, degraded_count, last_resource_at,
        bytes_postgres, bytes_vector, bytes_redis, bytes_mongodb, bytes_queue, bytes_storage, bytes_webhook) = (
        SELECT count(*), coalesce(sum(r.storage_bytes), 0), count(*) FILTER (WHERE r.degraded),
               max(r.created_at),
               coalesce(sum(r.storage_bytes) FILTER (WHERE r.resource_type = 'postgres'), 0),
               coalesce(sum(r.storage_bytes) FILTER (WHERE r.resource_type = 'vector'), 0),
               coalesce(sum(r.storage_bytes) FILTER (WHERE r.resource_type = 'redis'), 0),
               coalesce(sum(r.storage_bytes) FILTER (WHERE r.resource_type = 'mongodb'), 0),
               coalesce(sum(r.storage_bytes) FILTER (WHERE r.resource_type = 'queue'), 0),
               coalesce(sum(r.storage_bytes) FILTER (WHERE r.resource_type = 'storage'), 0),
               coalesce(sum(r.storage_bytes) FILTER (WHERE r.resource_type = 'webhook'), 0)
        FROM resources r WHERE r.team_id = customer_stats.team_id AND r.status = 'active')
    WHERE team_id IN (OLD.team_id, NEW.team_id);
END;
CREATE TRIGGER customer_stats_resources_delete AFTER DELETE ON resources
WHEN (SELECT enabled FROM customer_stats_guard)
BEGIN
    UPDATE customer_stats SET (resource_count, storage_bytes, degraded_count, last_resource_at,
        bytes_postgres, bytes_vector, bytes_redis, bytes_mongodb, bytes_queue, bytes_storage, bytes_webhook) = (
        SELECT count(*), coalesce(sum(r.storage_bytes), 0), count(*) FILTER (WHERE r.degraded),
               max(r.created_at),
               coalesce(sum(r.storage_bytes) FILTER (WHERE r.resource_type = 'postgres'), 0),
               coalesce(sum(r.storage_bytes) FILTER (WHERE r.resource_type = 'vector'), 0),
               coalesce(sum(r.storage_bytes) FILTER (WHERE r.resource_type = 'redis'), 0),
               coalesce(sum(r.storage_bytes) FILTER (WHERE r.resource_type = 'mongodb'), 0),
               coalesce(sum(r.storage_bytes) FILTER (WHERE r.resource_type = 'queue'), 0),
               coalesce(sum(r.storage_bytes) FILTER (WHERE r.resource_type = 'storage'), 0),
               coalesce(sum(r.storage_bytes) FILTER (WHERE r.resource_type = 'webhook'), 0)
        FROM resources r WHERE r.team_id = customer_stats.team_id AND r.status = 'active')
    WHERE team_id IN (OLD.team_id);
END;
CREATE TRIGGER customer_stats_deployments_insert AFTER INSERT ON deployments
WHEN (SELECT enabled FROM customer_stats_guard)
BEGIN
    UPDATE customer_stats SET (deployments_active, last_deployment_at) = (
        SELECT count(*), max(d.created_at)
        FROM deployments d
        WHERE d.team_id = customer_stats.team_id AND d.status IN ('building', 'deploying', 'healthy'))
    WHERE team_id IN (NEW.team_id);
END;
CREATE TRIGGER customer_stats_deployments_update AFTER UPDATE OF team_id, status, created_at ON deployments
WHEN (SELECT enabled FROM customer_stats_guard)
BEGIN
    UPDATE customer_stats SET (deployments_active, last_deployment_at) = (
        SELECT count(*), max(d.created_at)
        FROM deployments d
        WHERE d.team_id = customer_stats.team_id AND d.status IN ('building', 'deploying', 'healthy'))
    WHERE team_id IN (OLD.team_id, NEW.team_id);
END;
CREATE TRIGGER customer_stats_deployments_delete AFTER DELETE ON deployments
WHEN (SELECT enabled FROM customer_stats_guard)
BEGIN
    UPDATE customer_stats SET (deployments_active, last_deployment_at) = (
        SELECT count(*), max(d.created_at)
        FROM deployments d
        WHERE d.team_id = customer_stats.team_id AND d.status IN ('building', 'deploying', 'healthy'))
    WHERE team_id IN (OLD.team_id);
END;
CREATE TRIGGER customer_stats_notes_insert AFTER INSERT ON admin_customer_notes
WHEN (SELECT enabled FROM customer_stats_guard)
BEGIN
    UPDATE customer_stats SET note_count = (
        SELECT count(*) FROM admin_customer_notes n WHERE n.team_id = customer_stats.team_id)
    WHERE team_id IN (NEW.team_id);
END;
CREATE TRIGGER customer_stats_notes_update AFTER UPDATE OF team_id ON admin_customer_notes
WHEN (SELECT enabled FROM customer_stats_guard)
BEGIN
    UPDATE customer_stats SET note_count = (
        SELECT count(*) FROM admin_customer_notes n WHERE n.team_id = customer_stats.team_id)
    WHERE team_id IN (OLD.team_id, NEW.team_id);
END;
CREATE TRIGGER customer_stats_notes_delete AFTER DELETE ON admin_customer_notes
WHEN (SELECT enabled FROM customer_stats_guard)
BEGIN
    UPDATE customer_stats SET note_count = (
        SELECT count(*) FROM admin_customer_notes n WHERE n.team_id = customer_stats.team_id)
    WHERE team_id IN (OLD.team_id);
END;
CREATE TRIGGER customer_stats_audit_insert AFTER INSERT ON audit_log
WHEN (SELECT enabled FROM customer_stats_guard) AND NEW.team_id IS NOT NULL AND substr(NEW.kind, 1, 6) <> 'admin.'
BEGIN
    UPDATE customer_stats SET last_audit_at = NEW.created_at
    WHERE team_id = NEW.team_id AND (last_audit_at IS NULL OR last_audit_at < NEW.created_at);
END;
CREATE TRIGGER customer_stats_audit_change AFTER UPDATE OF team_id, kind, created_at ON audit_log
WHEN (SELECT enabled FROM customer_stats_guard)
BEGIN
    UPDATE customer_stats SET last_audit_at = (
        SELECT a.created_at FROM audit_log a
        WHERE a.team_id = customer_stats.team_id AND substr(a.kind, 1, 6) <> 'admin.'
        ORDER BY a.created_at DESC, a.id DESC LIMIT 1)
    WHERE team_id IN (OLD.team_id, NEW.team_id);
END;
-- A team that is being deleted takes its audit rows along; nothing to recompute for each of them.
CREATE TRIGGER customer_stats_audit_delete AFTER DELETE ON audit_log
WHEN (SELECT enabled FROM customer_stats_guard) AND OLD.team_id IS NOT NULL AND substr(OLD.kind, 1, 6) <> 'admin.'
    AND EXISTS (SELECT 1 FROM teams WHERE id = OLD.team_id)
BEGIN
    UPDATE customer_stats SET last_audit_at = (
        SELECT a.created_at FROM audit_log a
        WHERE a.team_id = customer_stats.team_id AND substr(a.kind, 1, 6) <> 'admin.'
        ORDER BY a.created_at DESC, a.id DESC LIMIT 1)
    WHERE team_id IN (OLD.team_id);
END;

INSERT INTO customer_stats (team_id, name_key, plan_tier, status, is_test_cohort, created_at, primary_email, user_count,
    resource_count, storage_bytes, degraded_count, last_resource_at, deployments_active, last_deployment_at, note_count,
    last_audit_at, emails_key,
    bytes_postgres, bytes_vector, bytes_redis, bytes_mongodb, bytes_queue, bytes_storage, bytes_webhook)
SELECT t.id, lower(coalesce(t.name, '')), t.plan_tier, t.status, t.is_test_cohort, t.created_at,
    (SELECT u.email FROM users u WHERE u.team_id = t.id
     ORDER BY u.is_primary DESC, (u.role = 'owner') DESC, u.created_at, u.id LIMIT 1),
    (SELECT count(*) FROM users u WHERE u.team_id = t.id),
    coalesce(r.n, 0), coalesce(r.bytes, 0), coalesce(r.degraded, 0), r.newest,
    coalesce(d.n, 0), d.newest,
    (SELECT count(*) FROM admin_customer_notes n WHERE n.team_id = t.id),
    (SELECT a.created_at FROM audit_log a
     WHERE a.team_id = t.id AND substr(a.kind, 1, 6) <> 'admin.' ORDER BY a.created_at DESC, a.id DESC LIMIT 1),
    (SELECT coalesce(group_concat(e.email, char(10)), '') FROM (
        SELECT lower(u.email) AS email FROM users u WHERE u.team_id = t.id ORDER BY 1) e),
    coalesce(r.postgres, 0), coalesce(r.vector, 0), coalesce(r.redis, 0), coalesce(r.mongodb, 0), coalesce(r.queue, 0),
    coalesce(r.storage, 0), coalesce(r.webhook, 0)
FROM teams t
LEFT JOIN (SELECT team_id, count(*) AS n, sum(storage_bytes) AS bytes, count(*) FILTER (WHERE degraded) AS degraded,
                  max(created_at) AS newest,
                  sum(storage_bytes) FILTER (WHERE resource_type = 'postgres') AS postgres,
                  sum(storage_bytes) FILTER (WHERE resource_type = 'vector') AS vector,
                  sum(storage_bytes) FILTER (WHERE resource_type = 'redis') AS redis,
                  sum(storage_bytes) FILTER (WHERE resource_type = 'mongodb') AS mongodb,
                  sum(storage_bytes) FILTER (WHERE resource_type = 'queue') AS queue,
                  sum(storage_bytes) FILTER (WHERE resource_type = 'storage') AS storage,
                  sum(storage_bytes) FILTER (WHERE resource_type = 'webhook') AS webhook
           FROM resources WHERE status = 'active' AND team_id IS NOT NULL GROUP BY team_id) r ON r.team_id = t.id
LEFT JOIN (SELECT team_id, count(*) AS n, max(created_at) AS newest
           FROM deployments WHERE status IN ('building', 'deploying', 'healthy') GROUP BY team_id) d
    ON d.team_id = t.id;
