-- Homes from which somebody must be helped out or carried, and who looked at them when; in no journal and no event
-- depends: alliance_01_register

-- migrate: apply

CREATE TABLE carried_help (
    place_id       uuid        PRIMARY KEY REFERENCES places,
    alliance_id    uuid        NOT NULL REFERENCES alliances,
    marked_by      uuid        NOT NULL,
    consent        text        NOT NULL CHECK (consent IN ('own', 'told_in_person', 'phone', 'written')),
    marked_at      timestamptz NOT NULL
);

CREATE TABLE carried_help_looks (
    id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    building_id    uuid        NOT NULL REFERENCES places,
    looked_by      uuid        NOT NULL,
    case_id        uuid,
    looked_at      timestamptz NOT NULL
);
CREATE INDEX carried_help_looks_of ON carried_help_looks (building_id, looked_at);

-- migrate: rollback

DROP TABLE carried_help_looks;
DROP TABLE carried_help;
