-- By personal link, those it is owed to release what somebody promised who left
-- depends: mediation_07_departures

-- migrate: apply

ALTER TABLE mediations ADD COLUMN release_ids uuid[] NOT NULL DEFAULT '{}';
CREATE INDEX mediation_of_release ON mediations USING gin (release_ids);

-- migrate: rollback

ALTER TABLE mediations DROP COLUMN release_ids;
