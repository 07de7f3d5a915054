-- Signing in: one-time codes, the budget of each network, sessions, and the keys that sign access tokens
-- depends: alliance_01_register

-- migrate: apply

-- `contact` is a keyed hash: contacts that nobody has leave no trace of a person here.
CREATE TABLE sign_in_codes (
    contact        bytea       PRIMARY KEY,
    sent_at        timestamptz[] NOT NULL DEFAULT '{}',
    mac            bytea,
    expires_at     timestamptz,
    tries          integer     NOT NULL DEFAULT 0,
    CHECK ((mac IS NULL) = (expires_at IS NULL))
);

-- `network` is a keyed hash of an address and the hour, so that it leads to nobody.
CREATE TABLE sign_in_budgets (
    network        bytea       PRIMARY KEY,
    hour           timestamptz NOT NULL,
    spent          integer     NOT NULL
);

CREATE TABLE sessions (
    id             uuid        PRIMARY KEY,
    member_id      uuid        NOT NULL REFERENCES members,
    started_at     timestamptz NOT NULL,
    ended_at       timestamptz,
    ended_because  text
);
CREATE INDEX sessions_open ON sessions (member_id) WHERE ended_at IS NULL;

CREATE TABLE refresh_tokens (
    hash           bytea       PRIMARY KEY,
    session_id     uuid        NOT NULL REFERENCES sessions ON DELETE CASCADE,
    expires_at     timestamptz NOT NULL,
    used_at        timestamptz
);
CREATE INDEX refresh_tokens_of_session ON refresh_tokens (session_id);

CREATE TABLE signing_keys (
    kid            text        PRIMARY KEY,
    public         jsonb       NOT NULL,
    sealed_private text        NOT NULL,
    created_at     timestamptz NOT NULL,
    retired_at     timestamptz
);
CREATE UNIQUE INDEX signing_keys_one_active ON signing_keys ((true)) WHERE retired_at IS NULL;

-- migrate: rollback

DROP TABLE signing_keys;
DROP TABLE refresh_tokens;
DROP TABLE sessions;
DROP TABLE sign_in_budgets;
DROP TABLE sign_in_codes;
