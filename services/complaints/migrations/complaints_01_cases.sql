-- Cases, the members behind their parties, surveys, and what the alliance told of its places and members
-- depends:

-- migrate: apply

-- `state` decides; the other columns are what lists and checks ask for. No party's member id, no words of a person.
CREATE TABLE cases (
    id             uuid        PRIMARY KEY,
    alliance_id    uuid        NOT NULL,
    version        integer     NOT NULL CHECK (version > 0),
    head           bytea       NOT NULL,
    state_type     text        NOT NULL,
    state          jsonb       NOT NULL,
    reference      text        NOT NULL CONSTRAINT cases_reference_unique UNIQUE,
    category       text        NOT NULL,
    stage          text        NOT NULL,
    place_id       uuid,
    building_id    uuid,
    mediator_id    uuid,
    waits_for      text[]      NOT NULL,
    told           boolean     NOT NULL,
    listed_at      timestamptz NOT NULL
);
COMMENT ON COLUMN cases.told IS 'Whether the respondent may know of the case: it was accepted.';
COMMENT ON COLUMN cases.listed_at IS 'Order of lists: acceptance, before it filing. Cursors show it, so it must not betray when a told case was filed.';
CREATE INDEX cases_listed ON cases (alliance_id, listed_at DESC, id DESC);
CREATE INDEX cases_of_mediator ON cases (mediator_id) WHERE mediator_id IS NOT NULL;
CREATE INDEX cases_of_building ON cases (building_id) WHERE building_id IS NOT NULL;

-- The only place that says who a party is. An anonymous complainant has no row.
CREATE TABLE parties (
    party_id       uuid        PRIMARY KEY,
    case_id        uuid        NOT NULL REFERENCES cases,
    side           text        NOT NULL CHECK (side IN ('complainant', 'respondent')),
    member_id      uuid        NOT NULL,
    UNIQUE (case_id, member_id)
);
CREATE INDEX parties_of_member ON parties (member_id);

CREATE TABLE surveys (
    survey_id      uuid        PRIMARY KEY,
    case_id        uuid        NOT NULL REFERENCES cases,
    party_id       uuid        NOT NULL
);

CREATE TABLE places (
    place_id       uuid        PRIMARY KEY,
    alliance_id    uuid        NOT NULL,
    block_id       uuid,
    building_id    uuid
);

CREATE TABLE members (
    member_id      uuid        PRIMARY KEY,
    alliance_id    uuid        NOT NULL,
    coordinates    boolean     NOT NULL
);
CREATE INDEX coordinators ON members (alliance_id) WHERE coordinates;

CREATE TABLE occupancies (
    occupancy_id   uuid        PRIMARY KEY,
    member_id      uuid        NOT NULL,
    place_id       uuid        NOT NULL,
    kind           text        NOT NULL,
    from_day       date        NOT NULL,
    until_day      date
);
CREATE INDEX traders_at ON occupancies (place_id) WHERE kind = 'trades';

-- migrate: rollback

DROP TABLE occupancies;
DROP TABLE members;
DROP TABLE places;
DROP TABLE surveys;
DROP TABLE parties;
DROP TABLE cases;
