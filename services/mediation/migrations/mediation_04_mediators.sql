-- What the committee keeps about mediators who had to be taken off
-- depends: mediation_01_mediations

-- migrate: apply

-- For coordinators alone: no party's answer is made from this table.
CREATE TABLE mediator_entries (
    mediation_id    uuid        NOT NULL REFERENCES mediations,
    mediator_id     uuid        NOT NULL,
    alliance_id     uuid        NOT NULL,
    reference       text        NOT NULL,
    kind            text        NOT NULL CHECK (kind IN ('conflict_discovered')),
    note            text        NOT NULL,
    entered_at      timestamptz NOT NULL,
    PRIMARY KEY (mediation_id, mediator_id)
);
CREATE INDEX mediator_entries_of_alliance ON mediator_entries (alliance_id, entered_at);

-- migrate: rollback

DROP TABLE mediator_entries;
