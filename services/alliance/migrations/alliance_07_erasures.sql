-- Erasures: who asked to be erased, what every service said of it, and the number that shows the receipt
-- depends: alliance_01_register

-- migrate: apply

-- `number` is the hash of what the person was given: who reads this table opens no receipt with it.
CREATE TABLE erasures (
    id             uuid        PRIMARY KEY,
    alliance_id    uuid        NOT NULL REFERENCES alliances,
    member_id      uuid        NOT NULL,
    version        integer     NOT NULL,
    head           bytea       NOT NULL,
    state_type     text        NOT NULL,
    state          jsonb       NOT NULL,
    asked_at       timestamptz NOT NULL,
    number         bytea       NOT NULL UNIQUE
);
CREATE INDEX erasures_of_alliance ON erasures (alliance_id, asked_at);
CREATE UNIQUE INDEX erasures_under_way ON erasures (member_id) WHERE state_type IN ('Weighing', 'Erasing');

-- migrate: rollback

DROP TABLE erasures;
