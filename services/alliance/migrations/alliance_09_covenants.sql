-- Covenants (公约) that meetings adopted, with every version; everybody may read them, so no lock keeps them
-- depends: alliance_01_register

-- migrate: apply

CREATE TABLE covenants (
    id             uuid        PRIMARY KEY,
    alliance_id    uuid        NOT NULL REFERENCES alliances,
    version        integer     NOT NULL,
    head           bytea       NOT NULL,
    state_type     text        NOT NULL,
    state          jsonb       NOT NULL
);
CREATE INDEX covenants_of_alliance ON covenants (alliance_id, id);

-- migrate: rollback

DROP TABLE covenants;
