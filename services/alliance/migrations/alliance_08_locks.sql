-- The second lock: whoever is signed in finds people and words of their own alliance alone, whatever is asked
-- depends: alliance_04_carried_help alliance_06_invitations alliance_07_erasures alliance_07_former_names

-- migrate: apply

-- Empty where nobody's alliance was named: then nothing is found. The owner of the tables is not held by policies.
ALTER TABLE journal ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON journal
    USING (alliance_id = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));

ALTER TABLE members ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON members
    USING (alliance_id = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));
ALTER VIEW occupancies SET (security_invoker = true);

ALTER TABLE invitations ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON invitations
    USING (alliance_id = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));

ALTER TABLE erasures ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON erasures
    USING (alliance_id = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));

ALTER TABLE carried_help ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON carried_help
    USING (alliance_id = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));

-- migrate: rollback

DROP POLICY own_alliance ON carried_help;
ALTER TABLE carried_help DISABLE ROW LEVEL SECURITY;
DROP POLICY own_alliance ON erasures;
ALTER TABLE erasures DISABLE ROW LEVEL SECURITY;
DROP POLICY own_alliance ON invitations;
ALTER TABLE invitations DISABLE ROW LEVEL SECURITY;
ALTER VIEW occupancies RESET (security_invoker);
DROP POLICY own_alliance ON members;
ALTER TABLE members DISABLE ROW LEVEL SECURITY;
DROP POLICY own_alliance ON journal;
ALTER TABLE journal DISABLE ROW LEVEL SECURITY;
