-- A party's alliance, filled where the release before left it open, and filled at once where that one still writes
-- depends: complaints_13_locks

-- migrate: apply

-- After the statement, which may write the case beside its parties and then sees neither.
CREATE FUNCTION name_the_alliance() RETURNS trigger LANGUAGE plpgsql AS
'BEGIN
    UPDATE parties SET of_alliance = cases.alliance_id FROM cases
    WHERE cases.id = parties.case_id AND party_id = NEW.party_id;
    RETURN NULL;
END';
CREATE TRIGGER parties_name_their_alliance AFTER INSERT ON parties
    FOR EACH ROW WHEN (NEW.of_alliance IS NULL) EXECUTE FUNCTION name_the_alliance();

UPDATE parties SET of_alliance = cases.alliance_id FROM cases WHERE cases.id = case_id AND of_alliance IS NULL;
ALTER POLICY own_alliance ON parties
    USING (of_alliance = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));
COMMENT ON COLUMN parties.of_alliance IS 'That of the case; filled by a trigger where the release before this column wrote the row.';

-- migrate: rollback

COMMENT ON COLUMN parties.of_alliance IS 'Null where the release before this column wrote the row; set when the case is next saved.';
ALTER POLICY own_alliance ON parties
    USING (of_alliance IS NULL OR of_alliance = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));
DROP TRIGGER parties_name_their_alliance ON parties;
DROP FUNCTION name_the_alliance;
