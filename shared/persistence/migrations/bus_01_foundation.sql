-- The tables every service keeps beside its own: journal, outbox, inbox, dead letters, timers, saved answers
-- depends:

-- migrate: apply

-- What happened to each aggregate, versions 1..n, each row chained to the one before it.
-- `payload` and `salt` may be erased (PIPL art. 47); `leaf` stays, so the chain still verifies.
CREATE TABLE journal (
    aggregate_id   uuid        NOT NULL,
    version        integer     NOT NULL CHECK (version > 0),
    event_id       uuid        NOT NULL UNIQUE,
    alliance_id    uuid        NOT NULL,
    type           text        NOT NULL,
    actor_id       uuid,
    actor_role     text        NOT NULL,
    occurred_at    timestamptz NOT NULL,
    payload        bytea,
    salt           bytea,
    leaf           bytea       NOT NULL,
    hash           bytea       NOT NULL,
    PRIMARY KEY (aggregate_id, version)
);

-- Column names follow Debezium's outbox event router, so that a city can swap the relay for it.
-- `position` orders the rows of one aggregate because the aggregate is locked before it is taken.
CREATE TABLE outbox (
    position       bigint      GENERATED ALWAYS AS IDENTITY (CACHE 1) PRIMARY KEY,
    id             uuid        NOT NULL UNIQUE,
    topic          text        NOT NULL,
    aggregatetype  text        NOT NULL,
    aggregateid    uuid        NOT NULL,
    type           text        NOT NULL,
    headers        jsonb       NOT NULL,
    payload        bytea,
    created_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    published_at   timestamptz
);
CREATE INDEX outbox_unpublished ON outbox (position) WHERE published_at IS NULL;
CREATE INDEX outbox_of_aggregate ON outbox (aggregateid, position);

-- One row for each event whose effect this consumer has committed.
CREATE TABLE inbox (
    consumer       text        NOT NULL,
    event_id       uuid        NOT NULL,
    handled_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (consumer, event_id)
);

-- Records no retry can mend, with the bytes as they came.
CREATE TABLE dead_letters (
    id             uuid        PRIMARY KEY,
    consumer       text        NOT NULL,
    topic          text        NOT NULL,
    partition      integer     NOT NULL,
    "offset"       bigint      NOT NULL,
    key            bytea,
    value          bytea,
    headers        jsonb       NOT NULL,
    reason         text        NOT NULL,
    error          text        NOT NULL,
    attempts       integer     NOT NULL,
    failed_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    settled_at     timestamptz,
    settled_as     text        CHECK (settled_as IN ('replayed', 'discarded')),
    settled_by     text,
    settled_why    text,
    UNIQUE (consumer, topic, partition, "offset")
);

-- What falls due. Claimed in the transaction of its effect, so it can neither be lost nor fire twice.
CREATE TABLE timers (
    dedupe_key     text        PRIMARY KEY,
    aggregate_id   uuid        NOT NULL,
    kind           text        NOT NULL,
    due_at         timestamptz NOT NULL,
    payload        jsonb       NOT NULL DEFAULT '{}',
    attempts       integer     NOT NULL DEFAULT 0,
    fired_at       timestamptz
);
CREATE INDEX timers_due ON timers (due_at) WHERE fired_at IS NULL;
CREATE INDEX timers_of_aggregate ON timers (aggregate_id) WHERE fired_at IS NULL;

-- The first answer given to an Idempotency-Key, replayed to the same caller alone.
CREATE TABLE idempotency (
    principal      text        NOT NULL,
    route          text        NOT NULL,
    key            text        NOT NULL,
    fingerprint    bytea       NOT NULL,
    status         integer     NOT NULL,
    body           bytea       NOT NULL,
    created_at     timestamptz NOT NULL,
    PRIMARY KEY (principal, route, key)
);
CREATE INDEX idempotency_age ON idempotency (created_at);

-- migrate: rollback

DROP TABLE idempotency;
DROP TABLE timers;
DROP TABLE dead_letters;
DROP TABLE inbox;
DROP TABLE outbox;
DROP TABLE journal;
