-- The register: alliances, places (one file per building) and members with roles, occupancies and kin
-- depends:

-- migrate: apply

CREATE TABLE alliances (
    id             uuid        PRIMARY KEY,
    name           text        NOT NULL,
    created_at     timestamptz NOT NULL
);

-- `state` is the aggregate; the columns below it are read from it, so they cannot disagree with it.
CREATE TABLE places (
    id             uuid        PRIMARY KEY,
    alliance_id    uuid        NOT NULL REFERENCES alliances,
    version        integer     NOT NULL,
    head           bytea       NOT NULL,
    state_type     text        NOT NULL,
    state          jsonb       NOT NULL,
    sort_key       text        COLLATE "C" NOT NULL,
    kind           text        NOT NULL GENERATED ALWAYS AS (state ->> 'kind') STORED,
    name           text        NOT NULL GENERATED ALWAYS AS (state ->> 'name') STORED,
    block_id       uuid        GENERATED ALWAYS AS ((state ->> 'block_id')::uuid) STORED,
    building_id    uuid        GENERATED ALWAYS AS ((state ->> 'building_id')::uuid) STORED,
    parent_id      uuid        GENERATED ALWAYS AS ((state ->> 'parent_id')::uuid) STORED,
    trade          text        GENERATED ALWAYS AS (state ->> 'trade') STORED
);
CREATE INDEX places_in_order ON places (alliance_id, sort_key, id);
CREATE INDEX places_beside ON places USING gin ((state -> 'adjacent') jsonb_path_ops);

-- A contact signs in one member, in whichever alliance.
CREATE TABLE members (
    id             uuid        PRIMARY KEY,
    alliance_id    uuid        NOT NULL REFERENCES alliances,
    version        integer     NOT NULL,
    head           bytea       NOT NULL,
    state_type     text        NOT NULL,
    state          jsonb       NOT NULL,
    display_name   text        NOT NULL GENERATED ALWAYS AS (state ->> 'display_name') STORED,
    email          text        GENERATED ALWAYS AS (state ->> 'email') STORED,
    phone          text        GENERATED ALWAYS AS (state ->> 'phone') STORED,
    CONSTRAINT members_email_taken UNIQUE (email),
    CONSTRAINT members_phone_taken UNIQUE (phone)
);
CREATE INDEX members_in_order ON members (alliance_id, id);
CREATE INDEX members_by_role ON members USING gin ((state -> 'grants') jsonb_path_ops);
CREATE INDEX members_by_occupancy ON members USING gin ((state -> 'occupancies') jsonb_path_ops);

CREATE VIEW adjacencies AS
SELECT places.id AS place_id, beside.place_id AS other_id, beside.kind, beside.distance_m
FROM places
CROSS JOIN LATERAL jsonb_to_recordset(places.state -> 'adjacent')
     AS beside (place_id uuid, kind text, distance_m double precision);

CREATE VIEW occupancies AS
SELECT members.id AS member_id, members.alliance_id, occupancy.*
FROM members
CROSS JOIN LATERAL jsonb_to_recordset(members.state -> 'occupancies')
     AS occupancy (id uuid, place_id uuid, building_id uuid, kind text, trade text, from_day date, until_day date);

-- migrate: rollback

DROP VIEW occupancies;
DROP VIEW adjacencies;
DROP TABLE members;
DROP TABLE places;
DROP TABLE alliances;
