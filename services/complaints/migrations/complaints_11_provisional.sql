-- Return visits whose day rests on a year nobody has entered
-- depends: complaints_06_visits

-- migrate: apply

ALTER TABLE return_visits ADD COLUMN provisional boolean NOT NULL DEFAULT false;
CREATE INDEX return_visits_provisional ON return_visits (case_id) WHERE provisional AND visited_on IS NULL;

-- migrate: rollback

DROP INDEX return_visits_provisional;
ALTER TABLE return_visits DROP COLUMN provisional;
