-- Signed checkpoints: a log of the journals' heads that only grows, and the root that speaks for it
-- depends: bus_01_foundation

-- migrate: apply

-- Aggregates that have changed since their head was last sealed; written with the change, without an index.
CREATE TABLE unsealed (
    aggregate_id   uuid        NOT NULL
);
INSERT INTO unsealed SELECT DISTINCT aggregate_id FROM journal;

-- The leaves of the tree: where each journal stood when it was sealed.
CREATE TABLE sealed (
    position       bigint      PRIMARY KEY,
    aggregate_id   uuid        NOT NULL,
    version        integer     NOT NULL,
    hash           bytea       NOT NULL,
    UNIQUE (aggregate_id, version)
);

-- `kept_at`: when a copy was put where this database's superuser cannot reach it.
CREATE TABLE checkpoints (
    size           bigint      PRIMARY KEY,
    peaks          bytea[]     NOT NULL,
    signed         text        NOT NULL,
    made_at        timestamptz NOT NULL,
    kept_at        timestamptz
);
CREATE INDEX checkpoints_to_keep ON checkpoints (size) WHERE kept_at IS NULL;

-- migrate: rollback

DROP TABLE checkpoints;
DROP TABLE sealed;
DROP TABLE unsealed;
