-- When a shop is open and when it is busiest: times are offered outside those hours first
-- depends: mediation_09_speakers

-- migrate: apply

ALTER TABLE known_places ADD COLUMN shop_hours jsonb;

-- migrate: rollback

ALTER TABLE known_places DROP COLUMN shop_hours;
