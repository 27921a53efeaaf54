-- Teams and what belongs to them. IF NOT EXISTS throughout: a database that the reference made is adopted as it is.
CREATE TABLE IF NOT EXISTS teams (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text,
    plan_tier text NOT NULL DEFAULT 'free',
    -- Holds the provider's subscription id; the name is the reference's.
    stripe_customer_id text UNIQUE,
    created_at timestamptz NOT NULL DEFAULT now(),
    status text NOT NULL DEFAULT 'active'
        CHECK (status IN ('active', 'deletion_requested', 'deletion_pending', 'tombstoned')),
    deletion_requested_at timestamptz,
    tombstoned_at timestamptz,
    is_test_cohort boolean NOT NULL DEFAULT false,
    default_deployment_ttl_policy text
        CHECK (default_deployment_ttl_policy IN ('auto_24h', 'permanent')),
    env_policy jsonb
);
CREATE INDEX IF NOT EXISTS teams_deletion_requested_idx ON teams (deletion_requested_at)
    WHERE status = 'deletion_requested';
CREATE INDEX IF NOT EXISTS teams_deletion_pending_idx ON teams (deletion_requested_at)
    WHERE status = 'deletion_pending';
CREATE INDEX IF NOT EXISTS teams_test_cohort_idx ON teams (id) WHERE is_test_cohort;

CREATE TABLE IF NOT EXISTS users (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    team_id uuid REFERENCES teams (id) ON DELETE CASCADE,
    email text NOT NULL UNIQUE,
    github_id text UNIQUE,
    google_id text UNIQUE,
    created_at timestamptz NOT NULL DEFAULT now(),
    role text NOT NULL DEFAULT 'member',
    is_primary boolean NOT NULL DEFAULT false,
    email_verified boolean NOT NULL DEFAULT false
);
CREATE INDEX IF NOT EXISTS users_team_idx ON users (team_id);
CREATE UNIQUE INDEX IF NOT EXISTS users_email_lower_key ON users (lower(email));
CREATE UNIQUE INDEX IF NOT EXISTS users_primary_per_team_key ON users (team_id) WHERE is_primary;

CREATE TABLE IF NOT EXISTS resources (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    team_id uuid REFERENCES teams (id) ON DELETE SET NULL,
    token uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
    resource_type text NOT NULL,
    name text,
    connection_url text,
    key_prefix text,
    tier text NOT NULL DEFAULT 'anonymous',
    env text NOT NULL DEFAULT 'development',
    fingerprint text,
    cloud_vendor text,
    country_code char(2),
    status text NOT NULL DEFAULT 'active'
        CHECK (status IN ('pending', 'active', 'paused', 'suspended', 'failed', 'expired', 'deleted', 'reaped')),
    migration_status text,
    expires_at timestamptz,
    storage_bytes bigint NOT NULL DEFAULT 0,
    provider_resource_id text,
    created_request_id text,
    parent_resource_id uuid REFERENCES resources (id) ON DELETE SET NULL,
    paused_at timestamptz,
    last_seen_at timestamptz,
    degraded boolean NOT NULL DEFAULT false,
    degraded_reason text,
    last_reconciled_at timestamptz,
    auth_mode text NOT NULL DEFAULT 'isolated',
    applied_conn_limit integer,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS resources_fingerprint_idx ON resources (fingerprint) WHERE team_id IS NULL;
CREATE INDEX IF NOT EXISTS resources_expires_idx ON resources (expires_at) WHERE status = 'active';
CREATE INDEX IF NOT EXISTS resources_team_idx ON resources (team_id);
CREATE INDEX IF NOT EXISTS resources_team_status_idx ON resources (team_id, status);
CREATE INDEX IF NOT EXISTS resources_parent_idx ON resources (parent_resource_id);

CREATE TABLE IF NOT EXISTS deployments (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    team_id uuid NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    app_id text NOT NULL UNIQUE,
    app_name text,
    env text NOT NULL DEFAULT 'development',
    tier text NOT NULL DEFAULT 'free',
    status text NOT NULL DEFAULT 'building',
    app_url text,
    provider_id text,
    ttl_policy text NOT NULL DEFAULT 'auto_24h' CHECK (ttl_policy IN ('auto_24h', 'permanent', 'custom')),
    expires_at timestamptz,
    reminders_sent integer NOT NULL DEFAULT 0,
    last_reminder_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
-- Columns that an adopted table may lack.
ALTER TABLE deployments
    ADD COLUMN IF NOT EXISTS app_name text,
    ADD COLUMN IF NOT EXISTS env text NOT NULL DEFAULT 'development',
    ADD COLUMN IF NOT EXISTS app_url text,
    ADD COLUMN IF NOT EXISTS ttl_policy text NOT NULL DEFAULT 'permanent',
    ADD COLUMN IF NOT EXISTS expires_at timestamptz,
    ADD COLUMN IF NOT EXISTS reminders_sent integer NOT NULL DEFAULT 0,
    ADD COLUMN IF NOT EXISTS last_reminder_at timestamptz,
    ADD COLUMN IF NOT EXISTS updated_at timestamptz NOT NULL DEFAULT now();
CREATE INDEX IF NOT EXISTS deployments_team_idx ON deployments (team_id);
CREATE INDEX IF NOT EXISTS deployments_status_created_idx ON deployments (status, created_at);

CREATE TABLE IF NOT EXISTS stacks (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    team_id uuid REFERENCES teams (id) ON DELETE CASCADE,
    slug text NOT NULL UNIQUE,
    name text,
    tier text NOT NULL DEFAULT 'free',
    env text NOT NULL DEFAULT 'development',
    status text NOT NULL DEFAULT 'building',
    expires_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
);
-- Columns that an adopted table may lack.
ALTER TABLE stacks
    ADD COLUMN IF NOT EXISTS name text,
    ADD COLUMN IF NOT EXISTS env text NOT NULL DEFAULT 'development',
    ADD COLUMN IF NOT EXISTS expires_at timestamptz;
CREATE INDEX IF NOT EXISTS stacks_team_idx ON stacks (team_id);

CREATE TABLE IF NOT EXISTS audit_log (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    team_id uuid REFERENCES teams (id) ON DELETE CASCADE,
    user_id uuid REFERENCES users (id) ON DELETE SET NULL,
    actor text NOT NULL DEFAULT 'agent',
    kind text NOT NULL,
    resource_type text,
    resource_id uuid,
    summary text NOT NULL,
    metadata jsonb,
    created_at timestamptz NOT NULL DEFAULT now()
);
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
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    team_id uuid NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    body text NOT NULL,
    author_email text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS admin_customer_notes_team_created_idx ON admin_customer_notes (team_id, created_at DESC);

CREATE TABLE IF NOT EXISTS payment_grace_periods (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    team_id uuid NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    subscription_id text NOT NULL,
    status text NOT NULL DEFAULT 'active',
    started_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    reminders_sent integer NOT NULL DEFAULT 0,
    last_reminder_at timestamptz,
    recovered_at timestamptz,
    terminated_at timestamptz
);
CREATE INDEX IF NOT EXISTS payment_grace_periods_status_expires_idx ON payment_grace_periods (status, expires_at);
CREATE INDEX IF NOT EXISTS payment_grace_periods_team_idx ON payment_grace_periods (team_id);
CREATE UNIQUE INDEX IF NOT EXISTS payment_grace_periods_one_active_key ON payment_grace_periods (team_id)
    WHERE status = 'active';
