-- Who looks after which buildings, to be called in an emergency there
-- depends: notifications_01_notices

-- migrate: apply

ALTER TABLE members ADD COLUMN captain_of uuid[] NOT NULL DEFAULT '{}';
CREATE INDEX captains_of_building ON members USING gin (captain_of);

-- migrate: rollback

DROP INDEX captains_of_building;
ALTER TABLE members DROP COLUMN captain_of;
