-- Mediations, the calendars their sessions are found in, and what is known of people for conflicts of interest
-- depends:

-- migrate: apply

-- One row for each mediation: what decides is `state`; the columns beside it are what queries ask for.
CREATE TABLE mediations (
    id              uuid        PRIMARY KEY,
    alliance_id     uuid        NOT NULL,
    case_id         uuid        NOT NULL,
    reference       text        NOT NULL,
    version         integer     NOT NULL,
    head            bytea       NOT NULL,
    status          text        NOT NULL,
    state_type      text        NOT NULL,
    state           jsonb       NOT NULL,
    party_ids       uuid[]      NOT NULL,
    mediator_id     uuid,
    proposed_id     uuid,
    agreement_id    uuid,
    commitment_ids  uuid[]      NOT NULL
);
CREATE UNIQUE INDEX one_open_mediation_per_case ON mediations (case_id) WHERE status NOT IN ('ended', 'performed');
CREATE INDEX mediations_of_case ON mediations (case_id);
CREATE INDEX mediations_of_alliance ON mediations (alliance_id, id);
CREATE INDEX mediations_of_party ON mediations USING gin (party_ids);
CREATE INDEX mediations_of_mediator ON mediations (mediator_id);
CREATE INDEX mediations_asking ON mediations (proposed_id);
CREATE INDEX mediation_of_agreement ON mediations (agreement_id);
CREATE INDEX mediation_of_commitment ON mediations USING gin (commitment_ids);

-- What the mediator noted in confidence. Not in the journal, not in the state: no other query touches it.
CREATE TABLE caucus_notes (
    id              uuid        PRIMARY KEY,
    mediation_id    uuid        NOT NULL REFERENCES mediations,
    alliance_id     uuid        NOT NULL,
    author_id       uuid        NOT NULL,
    side            text        NOT NULL CHECK (side IN ('complainant', 'respondent')),
    words           text        NOT NULL,
    written_at      timestamptz NOT NULL
);
CREATE INDEX caucus_notes_of_mediation ON caucus_notes (mediation_id, author_id, written_at);

-- Times at which a person or a room is taken; mediators and rooms with the buffer after. Core PostgreSQL has
-- no gist equality on uuid, so the resource is a range of one (design §8): two bookings of one resource
-- cannot overlap, whoever writes them.
CREATE TYPE uuidrange AS RANGE (subtype = uuid);
CREATE TABLE bookings (
    mediation_id    uuid        NOT NULL REFERENCES mediations,
    resource        uuid        NOT NULL,
    during          tstzrange   NOT NULL CHECK (NOT isempty(during)),
    PRIMARY KEY (mediation_id, resource),
    CONSTRAINT nobody_is_booked_twice
        EXCLUDE USING gist (uuidrange(resource, resource, '[]') WITH &&, during WITH &&)
);

CREATE TABLE rooms (
    id              uuid        PRIMARY KEY,
    alliance_id     uuid        NOT NULL,
    code            text        NOT NULL,
    name            text        NOT NULL,
    availability    jsonb       NOT NULL,
    UNIQUE (alliance_id, code)
);

CREATE TABLE mediator_availability (
    mediator_id     uuid        PRIMARY KEY,
    alliance_id     uuid        NOT NULL,
    availability    jsonb       NOT NULL
);

-- Who was asked when: the fair rota counts here.
CREATE TABLE turns (
    mediation_id    uuid        NOT NULL REFERENCES mediations,
    mediator_id     uuid        NOT NULL,
    asked_at        timestamptz NOT NULL,
    PRIMARY KEY (mediation_id, mediator_id)
);
CREATE INDEX turns_of_mediator ON turns (mediator_id, asked_at);

-- What the alliance service tells of places and people. Projections: rebuilt from its topic at any time.
CREATE TABLE known_places (
    place_id        uuid        PRIMARY KEY,
    alliance_id     uuid        NOT NULL,
    building_id     uuid
);

CREATE TABLE known_members (
    member_id       uuid        PRIMARY KEY,
    alliance_id     uuid        NOT NULL,
    roles           text[]      NOT NULL
);
CREATE INDEX known_mediators ON known_members (alliance_id, member_id) WHERE 'mediator' = ANY (roles);

CREATE TABLE known_occupancies (
    occupancy_id    uuid        PRIMARY KEY,
    member_id       uuid        NOT NULL,
    alliance_id     uuid        NOT NULL,
    place_id        uuid        NOT NULL,
    building_id     uuid,
    kind            text        NOT NULL CHECK (kind IN ('lives', 'trades', 'works')),
    trade           text,
    from_day        date        NOT NULL,
    until_day       date
);
CREATE INDEX known_occupancies_of_member ON known_occupancies (member_id);

CREATE TABLE known_kin (
    member_id       uuid        NOT NULL,
    relative_id     uuid        NOT NULL,
    alliance_id     uuid        NOT NULL,
    PRIMARY KEY (member_id, relative_id)
);
CREATE INDEX known_kin_of_relative ON known_kin (relative_id);

-- migrate: rollback

DROP TABLE known_kin;
DROP TABLE known_occupancies;
DROP TABLE known_members;
DROP TABLE known_places;
DROP TABLE turns;
DROP TABLE mediator_availability;
DROP TABLE rooms;
DROP TABLE bookings;
DROP TYPE uuidrange;
DROP TABLE caucus_notes;
DROP TABLE mediations;
