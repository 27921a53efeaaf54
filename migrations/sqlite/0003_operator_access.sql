-- Operators who come in from another machine: personal access tokens and the counter of the rate limit.
CREATE TABLE operator_tokens (
    id TEXT PRIMARY KEY NOT NULL DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' ||
        substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    token_sha256 TEXT NOT NULL UNIQUE,
    scope TEXT NOT NULL CHECK (scope IN ('admin', 'auditor')),
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
        CHECK (created_at GLOB '????-??-??T??:??:??.???Z'),
    expires_at TEXT
        CHECK (expires_at GLOB '????-??-??T??:??:??.???Z'),
    revoked_at TEXT
        CHECK (revoked_at GLOB '????-??-??T??:??:??.???Z'),
    last_used_at TEXT
        CHECK (last_used_at GLOB '????-??-??T??:??:??.???Z')
) STRICT;

CREATE TABLE rate_hits (
    id TEXT PRIMARY KEY NOT NULL DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' ||
        substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    bucket TEXT NOT NULL,
    hit_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
        CHECK (hit_at GLOB '????-??-??T??:??:??.???Z')
) STRICT;
CREATE INDEX rate_hits_bucket_idx ON rate_hits (bucket, hit_at);
CREATE INDEX rate_hits_hit_idx ON rate_hits (hit_at);
