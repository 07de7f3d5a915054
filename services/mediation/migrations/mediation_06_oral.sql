-- Who entered what was agreed on the spot: they pass on the word of whoever has no account
-- depends: mediation_01_mediations

-- migrate: apply

ALTER TABLE mediations ADD COLUMN captain_id uuid;
CREATE INDEX mediations_of_captain ON mediations (captain_id) WHERE captain_id IS NOT NULL;

-- migrate: rollback

ALTER TABLE mediations DROP COLUMN captain_id;
