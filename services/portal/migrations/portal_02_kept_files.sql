-- Photos and recordings chosen for a filing that is not sent yet
-- depends: portal_01_sessions

-- migrate: apply

-- As in sessions: `id` is the hash of a secret that stands in the form alone, and both columns are encrypted under a
-- key made from it.
CREATE TABLE kept_files (
    id          bytea       PRIMARY KEY,
    label       bytea       NOT NULL,
    content     bytea       NOT NULL,
    expires_at  timestamptz NOT NULL
);
CREATE INDEX kept_files_age ON kept_files (expires_at);

-- migrate: rollback

DROP TABLE kept_files;
