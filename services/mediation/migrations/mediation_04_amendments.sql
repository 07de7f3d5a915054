-- Agreements that took the place of parts of an earlier one, or are offered to
-- depends: mediation_01_mediations

-- migrate: apply

ALTER TABLE mediations ADD COLUMN amendment_ids uuid[] NOT NULL DEFAULT '{}';
CREATE INDEX mediation_of_amendment ON mediations USING gin (amendment_ids);

-- migrate: rollback

ALTER TABLE mediations DROP COLUMN amendment_ids;
