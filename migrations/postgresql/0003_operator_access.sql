-- Operators who come in from another machine: personal access tokens and the counter of the rate limit.
CREATE TABLE operator_tokens (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL,
    email text NOT NULL,
    token_sha256 text NOT NULL UNIQUE,
    scope text NOT NULL CHECK (scope IN ('admin', 'auditor')),
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    revoked_at timestamptz,
    last_used_at timestamptz
);

CREATE TABLE rate_hits (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    bucket text NOT NULL,
    hit_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX rate_hits_bucket_idx ON rate_hits (bucket, hit_at);
CREATE INDEX rate_hits_hit_idx ON rate_hits (hit_at);
