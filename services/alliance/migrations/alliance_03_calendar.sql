-- The working calendar of each alliance: days that differ from the one shipped, and years entered whole
-- depends: alliance_01_register

-- migrate: apply

CREATE TABLE calendars (
    id             uuid        PRIMARY KEY REFERENCES alliances,
    version        integer     NOT NULL,
    head           bytea       NOT NULL
);

CREATE TABLE calendar_days (
    alliance_id    uuid        NOT NULL REFERENCES alliances,
    day            date        NOT NULL,
    kind           text        NOT NULL CHECK (kind IN ('works', 'rests')),
    source         text        NOT NULL,
    set_by         uuid,
    set_at         timestamptz NOT NULL,
    PRIMARY KEY (alliance_id, day)
);

CREATE TABLE calendar_years (
    alliance_id    uuid        NOT NULL REFERENCES alliances,
    year           integer     NOT NULL,
    PRIMARY KEY (alliance_id, year)
);

-- migrate: rollback

DROP TABLE calendar_years;
DROP TABLE calendar_days;
DROP TABLE calendars;
