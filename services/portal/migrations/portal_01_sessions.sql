-- Who is signed in, and what was typed before signing in
-- depends:

-- migrate: apply

-- `id` is the hash of the cookie's secret and `sealed` is encrypted under a key made from it:
-- whoever reads this table can neither become somebody nor see who it is about.
CREATE TABLE sessions (
    id          bytea       PRIMARY KEY,
    sealed      bytea       NOT NULL,
    expires_at  timestamptz NOT NULL
);
CREATE INDEX sessions_age ON sessions (expires_at);

-- migrate: rollback

DROP TABLE sessions;
