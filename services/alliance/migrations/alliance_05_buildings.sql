-- The places of one building, in the order of their addresses
-- depends: alliance_01_register

-- migrate: apply

CREATE INDEX places_of_building ON places (building_id, sort_key, id) WHERE building_id IS NOT NULL;

-- migrate: rollback

DROP INDEX places_of_building;
