-- How an alliance is reached, and what it was called and how it was reached before, until when and who changed it
-- depends: alliance_01_register

-- migrate: apply

ALTER TABLE alliances ADD COLUMN contact text;

CREATE TABLE alliance_former_names (
    alliance_id    uuid        NOT NULL REFERENCES alliances,
    name           text        NOT NULL,
    contact        text,
    changed_by     uuid        NOT NULL,
    changed_at     timestamptz NOT NULL
);

-- migrate: rollback

DROP TABLE alliance_former_names;
ALTER TABLE alliances DROP COLUMN contact;
