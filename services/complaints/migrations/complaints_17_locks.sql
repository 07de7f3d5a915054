-- The second lock on who is asked, visited, surveyed and told by referral
-- depends: complaints_06_clocks complaints_06_visits complaints_09_inquiries complaints_16_locks

-- migrate: apply

-- Where the release before writes for somebody signed in, the alliance is theirs; for everybody, a trigger names the case's.
ALTER TABLE surveys ADD COLUMN of_alliance uuid DEFAULT nullif(current_setting('shangju.alliance', true), '')::uuid;
ALTER TABLE referrals ADD COLUMN of_alliance uuid DEFAULT nullif(current_setting('shangju.alliance', true), '')::uuid;
ALTER TABLE return_visits ADD COLUMN of_alliance uuid DEFAULT nullif(current_setting('shangju.alliance', true), '')::uuid;
ALTER TABLE asks ADD COLUMN of_alliance uuid DEFAULT nullif(current_setting('shangju.alliance', true), '')::uuid;

UPDATE surveys SET of_alliance = cases.alliance_id FROM cases WHERE cases.id = case_id;
UPDATE referrals SET of_alliance = cases.alliance_id FROM cases WHERE cases.id = case_id;
UPDATE return_visits SET of_alliance = cases.alliance_id FROM cases WHERE cases.id = case_id;
UPDATE asks SET of_alliance = inquiries.alliance_id FROM inquiries WHERE inquiries.id = inquiry_id;

-- After the statement, which may write the case beside its rows and then sees neither.
CREATE FUNCTION name_the_alliance_of_the_case() RETURNS trigger LANGUAGE plpgsql AS
'BEGIN
    EXECUTE format(
        ''UPDATE %I SET of_alliance = alliance_id FROM cases WHERE id = $1 AND case_id = $1 AND of_alliance IS NULL'',
        TG_TABLE_NAME
    ) USING NEW.case_id;
    RETURN NULL;
END';
CREATE TRIGGER surveys_name_their_alliance AFTER INSERT ON surveys
    FOR EACH ROW WHEN (NEW.of_alliance IS NULL) EXECUTE FUNCTION name_the_alliance_of_the_case();
CREATE TRIGGER referrals_name_their_alliance AFTER INSERT ON referrals
    FOR EACH ROW WHEN (NEW.of_alliance IS NULL) EXECUTE FUNCTION name_the_alliance_of_the_case();
CREATE TRIGGER return_visits_name_their_alliance AFTER INSERT ON return_visits
    FOR EACH ROW WHEN (NEW.of_alliance IS NULL) EXECUTE FUNCTION name_the_alliance_of_the_case();

ALTER TABLE surveys ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON surveys
    USING (of_alliance = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));

ALTER TABLE referrals ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON referrals
    USING (of_alliance = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));

ALTER TABLE return_visits ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON return_visits
    USING (of_alliance = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));

ALTER TABLE asks ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON asks
    USING (of_alliance = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));

-- migrate: rollback

DROP POLICY own_alliance ON asks;
ALTER TABLE asks DISABLE ROW LEVEL SECURITY;
DROP POLICY own_alliance ON return_visits;
ALTER TABLE return_visits DISABLE ROW LEVEL SECURITY;
DROP POLICY own_alliance ON referrals;
ALTER TABLE referrals DISABLE ROW LEVEL SECURITY;
DROP POLICY own_alliance ON surveys;
ALTER TABLE surveys DISABLE ROW LEVEL SECURITY;
DROP TRIGGER surveys_name_their_alliance ON surveys;
DROP TRIGGER referrals_name_their_alliance ON referrals;
DROP TRIGGER return_visits_name_their_alliance ON return_visits;
DROP FUNCTION name_the_alliance_of_the_case;
ALTER TABLE asks DROP COLUMN of_alliance;
ALTER TABLE return_visits DROP COLUMN of_alliance;
ALTER TABLE referrals DROP COLUMN of_alliance;
ALTER TABLE surveys DROP COLUMN of_alliance;
