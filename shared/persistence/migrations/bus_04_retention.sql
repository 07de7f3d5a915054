-- Which topic an event came by: only of a topic that forgets may its trace be let go
-- depends: bus_01_foundation

-- migrate: apply

-- NULL in rows of before this release: they stay.
ALTER TABLE inbox ADD COLUMN topic text;

-- migrate: rollback

ALTER TABLE inbox DROP COLUMN topic;
