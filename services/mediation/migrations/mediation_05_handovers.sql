-- What court stations were handed, byte for byte as it was sent
-- depends: mediation_01_mediations

-- migrate: apply

CREATE TABLE handovers (
    id              uuid        PRIMARY KEY,
    mediation_id    uuid        NOT NULL REFERENCES mediations,
    alliance_id     uuid        NOT NULL,
    case_id         uuid        NOT NULL,
    reference       text        NOT NULL,
    sent_at         timestamptz NOT NULL,
    pages           integer     NOT NULL,
    sha256          text        NOT NULL,
    pdf             bytea       NOT NULL,
    json            bytea       NOT NULL
);
CREATE INDEX handovers_of_alliance ON handovers (alliance_id, sent_at DESC, id);

-- Whether the court liaison has a part in it: it was handed over, or the court was asked by all.
ALTER TABLE mediations ADD COLUMN with_court boolean NOT NULL DEFAULT false;

-- migrate: rollback

ALTER TABLE mediations DROP COLUMN with_court;
DROP TABLE handovers;
