-- A party's alliance, named and kept so that the release before goes on writing while this one starts
-- depends: complaints_12_locks

-- migrate: apply

ALTER TABLE parties RENAME COLUMN alliance_id TO of_alliance;
ALTER TABLE parties ALTER COLUMN of_alliance DROP NOT NULL;
ALTER POLICY own_alliance ON parties
    USING (of_alliance IS NULL OR of_alliance = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));
COMMENT ON COLUMN parties.of_alliance IS 'Null where the release before this column wrote the row; set when the case is next saved.';

-- migrate: rollback

UPDATE parties SET of_alliance = cases.alliance_id FROM cases WHERE cases.id = case_id AND of_alliance IS NULL;
ALTER POLICY own_alliance ON parties
    USING (of_alliance = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));
ALTER TABLE parties ALTER COLUMN of_alliance SET NOT NULL;
ALTER TABLE parties RENAME COLUMN of_alliance TO alliance_id;
