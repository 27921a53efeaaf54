-- Teams and what belongs to them. The same ladder as PostgreSQL's: ids are lower-case text,
-- times RFC 3339 UTC text with milliseconds, JSON is text, booleans are 0 or 1.
CREATE TABLE IF NOT EXISTS teams (
    id TEXT PRIMARY KEY NOT NULL DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' ||
        substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    name TEXT,
    plan_tier TEXT NOT NULL DEFAULT 'free',
    -- Holds the provider's subscription id; the name is the reference's.
    stripe_customer_id TEXT UNIQUE,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
        CHECK (created_at GLOB '????-??-??T??:??:??.???Z'),
    status TEXT NOT NULL DEFAULT 'active'
        CHECK (status IN ('active', 'deletion_requested', 'deletion_pending', 'tombstoned')),
    deletion_requested_at TEXT
        CHECK (deletion_requested_at GLOB '????-??-??T??:??:??.???Z'),
    tombstoned_at TEXT
        CHECK (tombstoned_at GLOB '????-??-??T??:??:??.???Z'),
    is_test_cohort INTEGER NOT NULL DEFAULT 0 CHECK (is_test_cohort IN (0, 1)),
    default_deployment_ttl_policy TEXT
        CHECK (default_deployment_ttl_policy IN ('auto_24h', 'permanent')),
    env_policy TEXT CHECK (env_policy IS NULL OR json_valid(env_policy))
) STRICT;
CREATE INDEX IF NOT EXISTS teams_deletion_requested_idx ON teams (deletion_requested_at)
    WHERE status = 'deletion_requested';
CREATE INDEX IF NOT EXISTS teams_deletion_pending_idx ON teams (deletion_requested_at)
    WHERE status = 'deletion_pending';
CREATE INDEX IF NOT EXISTS teams_test_cohort_idx ON teams (id) WHERE is_test_cohort;

CREATE TABLE IF NOT EXISTS users (
    id TEXT PRIMARY KEY NOT NULL DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' ||
        substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    team_id TEXT REFERENCES teams (id) ON DELETE CASCADE,
    email TEXT NOT NULL UNIQUE,
    github_id TEXT UNIQUE,
    google_id TEXT UNIQUE,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
        CHECK (created_at GLOB '????-??-??T??:??:??.???Z'),
    role TEXT NOT NULL DEFAULT 'member',
    is_primary INTEGER NOT NULL DEFAULT 0 CHECK (is_primary IN (0, 1)),
    email_verified INTEGER NOT NULL DEFAULT 0 CHECK (email_verified IN (0, 1))
) STRICT;
CREATE INDEX IF NOT EXISTS users_team_idx ON users (team_id);
CREATE UNIQUE INDEX IF NOT EXISTS users_email_lower_key ON users (lower(email));
CREATE UNIQUE INDEX IF NOT EXISTS users_primary_per_team_key ON users (team_id) WHERE is_primary;

CREATE TABLE IF NOT EXISTS resources (
    id TEXT PRIMARY KEY NOT NULL DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' ||
        substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    team_id TEXT REFERENCES teams (id) ON DELETE SET NULL,
    token TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' ||
        substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    resource_type TEXT NOT NULL,
    name TEXT,
    connection_url TEXT,
    key_prefix TEXT,
    tier TEXT NOT NULL DEFAULT 'anonymous',
    env TEXT NOT NULL DEFAULT 'development',
    fingerprint TEXT,
    cloud_vendor TEXT,
    country_code TEXT CHECK (length(country_code) = 2),
    status TEXT NOT NULL DEFAULT 'active'
        CHECK (status IN ('pending', 'active', 'paused', 'suspended', 'failed', 'expired', 'deleted', 'reaped')),
    migration_status TEXT,
    expires_at TEXT
        CHECK (expires_at GLOB '????-??-??T??:??:??.???Z'),
    storage_bytes INTEGER NOT NULL DEFAULT 0,
    provider_resource_id TEXT,
    created_request_id TEXT,
    parent_resource_id TEXT REFERENCES resources (id) ON DELETE SET NULL,
    paused_at TEXT
        CHECK (paused_at GLOB '????-??-??T??:??:??.???Z'),
    last_seen_at TEXT
        CHECK (last_seen_at GLOB '????-??-??T??:??:??.???Z'),
    degraded INTEGER NOT NULL DEFAULT 0 CHECK (degraded IN (0, 1)),
    degraded_reason TEXT,
    last_reconciled_at TEXT
        CHECK (last_reconciled_at GLOB '????-??-??T??:??:??.???Z'),
    auth_mode TEXT NOT NULL DEFAULT 'isolated',
    applied_conn_limit INTEGER,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
        CHECK (created_at GLOB '????-??-??T??:??:??.???Z')
) STRICT;
CREATE INDEX IF NOT EXISTS resources_fingerprint_idx ON resources (fingerprint) WHERE team_id IS NULL;
CREATE INDEX IF NOT EXISTS resources_expires_idx ON resources (expires_at) WHERE status = 'active';
CREATE INDEX IF NOT EXISTS resources_team_idx ON resources (team_id);
CREATE INDEX IF NOT EXISTS resources_team_status_idx ON resources (team_id, status);
CREATE INDEX IF NOT EXISTS resources_parent_idx ON resources (parent_resource_id);

CREATE TABLE IF NOT EXISTS deployments (
    id TEXT PRIMARY KEY NOT NULL DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' ||
        substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    team_id TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    app_id TEXT NOT NULL UNIQUE,
    app_name TEXT,
    env TEXT NOT NULL DEFAULT 'development',
    tier TEXT NOT NULL DEFAULT 'free',
    status TEXT NOT NULL DEFAULT 'building',
    app_url TEXT,
    provider_id TEXT,
    ttl_policy TEXT NOT NULL DEFAULT 'auto_24h' CHECK (ttl_policy IN ('auto_24h', 'permanent', 'custom')),
    expires_at TEXT
        CHECK (expires_at GLOB '????-??-??T??:??:??.???Z'),
    reminders_sent INTEGER NOT NULL DEFAULT 0,
    last_reminder_at TEXT
        CHECK (last_reminder_at GLOB '????-??-??T??:??:??.???Z'),
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
        CHECK (created_at GLOB '????-??-??T??:??:??.???Z'),
    updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
        CHECK (updated_at GLOB '????-??-??T??:??:??.???Z')
) STRICT;
CREATE INDEX IF NOT EXISTS deployments_team_idx ON deployments (team_id);
CREATE INDEX IF NOT EXISTS deployments_status_created_idx ON deployments (status, created_at);

CREATE TABLE IF NOT EXISTS stacks (
    id TEXT PRIMARY KEY NOT NULL DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' ||
        substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    team_id TEXT REFERENCES teams (id) ON DELETE CASCADE,
    slug TEXT NOT NULL UNIQUE,
    name TEXT,
    tier TEXT NOT NULL DEFAULT 'free',
    env TEXT NOT NULL DEFAULT 'development',
    status TEXT NOT NULL DEFAULT 'building',
    expires_at TEXT
        CHECK (expires_at GLOB '????-??-??T??:??:??.???Z'),
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
        CHECK (created_at GLOB '????-??-??T??:??:??.???Z')
) STRICT;
CREATE INDEX IF NOT EXISTS stacks_team_idx ON stacks (team_id);

CREATE TABLE IF NOT EXISTS audit_log (
    id TEXT PRIMARY KEY NOT NULL DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' ||
        substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    team_id TEXT REFERENCES teams (id) ON DELETE CASCADE,
    user_id TEXT REFERENCES users (id) ON DELETE SET NULL,
    actor TEXT NOT NULL DEFAULT 'agent',
    kind TEXT NOT NULL,
    resource_type TEXT,
    resource_id TEXT,
    summary TEXT NOT NULL,
    metadata TEXT CHECK (metadata IS NULL OR json_valid(metadata)),
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
        CHECK (created_at GLOB '????-??-??T??:??:??.???Z')
) STRICT;
CREATE INDEX IF NOT EXISTS audit_log_team_created_id_idx ON audit_log (team_id, created_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS audit_log_created_id_idx ON audit_log (created_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS audit_log_kind_created_id_idx ON audit_log (kind, created_at DESC, id DESC);
-- Which customers did something on a day: what operators did does not count.
CREATE INDEX IF NOT EXISTS audit_log_activity_idx ON audit_log (created_at, team_id)
    WHERE team_id IS NOT NULL AND substr(kind, 1, 6) <> 'admin.';
CREATE INDEX IF NOT EXISTS audit_log_user_idx ON audit_log (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS audit_log_resource_idx ON audit_log (resource_id, created_at DESC, id DESC)
    WHERE resource_id IS NOT NULL;

CREATE TABLE IF NOT EXISTS admin_customer_notes (
    id TEXT PRIMARY KEY NOT NULL DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' ||
        substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    team_id TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    body TEXT NOT NULL,
    author_email TEXT NOT NULL,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
        CHECK (created_at GLOB '????-??-??T??:??:??.???Z')
) STRICT;
CREATE INDEX IF NOT EXISTS admin_customer_notes_team_created_idx ON admin_customer_notes (team_id, created_at DESC);

CREATE TABLE IF NOT EXISTS payment_grace_periods (
    id TEXT PRIMARY KEY NOT NULL DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' ||
        substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    team_id TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    subscription_id TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'active',
    started_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
        CHECK (started_at GLOB '????-??-??T??:??:??.???Z'),
    expires_at TEXT NOT NULL
        CHECK (expires_at GLOB '????-??-??T??:??:??.???Z'),
    reminders_sent INTEGER NOT NULL DEFAULT 0,
    last_reminder_at TEXT
        CHECK (last_reminder_at GLOB '????-??-??T??:??:??.???Z'),
    recovered_at TEXT
        CHECK (recovered_at GLOB '????-??-??T??:??:??.???Z'),
    terminated_at TEXT
        CHECK (terminated_at GLOB '????-??-??T??:??:??.???Z')
) STRICT;
CREATE INDEX IF NOT EXISTS payment_grace_periods_status_expires_idx ON payment_grace_periods (status, expires_at);
CREATE INDEX IF NOT EXISTS payment_grace_periods_team_idx ON payment_grace_periods (team_id);
CREATE UNIQUE INDEX IF NOT EXISTS payment_grace_periods_one_active_key ON payment_grace_periods (team_id)
    WHERE status = 'active';
