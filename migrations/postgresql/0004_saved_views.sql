-- Filter and sort of one screen under a name, private or shared with every operator.
CREATE TABLE saved_views (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    screen text NOT NULL,
    name text NOT NULL,
    query text NOT NULL DEFAULT '',
    sort text NOT NULL DEFAULT '',
    owner_email text NOT NULL,
    shared boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (owner_email, screen, name)
);
CREATE INDEX saved_views_shared_idx ON saved_views (screen, name) WHERE shared;
