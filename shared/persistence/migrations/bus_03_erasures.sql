-- Who was erased here, and what may still be read of an event whose words were erased
-- depends: bus_01_foundation

-- migrate: apply

-- An aggregate for each erasure: its journal says what was erased when. `member_id` leads to nobody any more.
CREATE TABLE erased_people (
    id             uuid        PRIMARY KEY,
    alliance_id    uuid        NOT NULL,
    member_id      uuid        NOT NULL,
    version        integer     NOT NULL,
    head           bytea       NOT NULL
);

ALTER TABLE journal ADD COLUMN remains bytea;
COMMENT ON COLUMN journal.remains IS 'The event without the words that were erased with the payload: for reading, and no part of the proof.';

-- migrate: rollback

ALTER TABLE journal DROP COLUMN remains;
DROP TABLE erased_people;
