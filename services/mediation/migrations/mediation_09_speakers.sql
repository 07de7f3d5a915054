-- Who of a group was drawn by lot to speak at its session, in the order of the lot
-- depends: mediation_08_releases

-- migrate: apply

CREATE TABLE known_speakers (
    case_id        uuid        PRIMARY KEY,
    drawn          uuid[]      NOT NULL,
    seats          integer     NOT NULL
);

-- migrate: rollback

DROP TABLE known_speakers;
