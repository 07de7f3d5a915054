-- Who is asked to a session beside the parties and the mediator, while there is one to come to
-- depends: mediation_05_handovers

-- migrate: apply

ALTER TABLE mediations ADD COLUMN guest_ids uuid[] NOT NULL DEFAULT '{}';
CREATE INDEX mediations_of_guest ON mediations USING gin (guest_ids);

-- migrate: rollback

ALTER TABLE mediations DROP COLUMN guest_ids;
