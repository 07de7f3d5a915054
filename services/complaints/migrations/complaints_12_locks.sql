-- The second lock: whoever is signed in finds words and names of their own alliance alone, whatever is asked
-- depends: complaints_09_inquiries complaints_03_minors complaints_11_provisional

-- migrate: apply

ALTER TABLE parties ADD COLUMN alliance_id uuid;
UPDATE parties SET alliance_id = cases.alliance_id FROM cases WHERE cases.id = case_id;
ALTER TABLE parties ALTER COLUMN alliance_id SET NOT NULL;

-- Empty where nobody's alliance was named: then nothing is found. The owner of the tables is not held by policies.
ALTER TABLE journal ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON journal
    USING (alliance_id = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));

ALTER TABLE parties ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON parties
    USING (alliance_id = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));

ALTER TABLE minor_notices ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON minor_notices
    USING (alliance_id = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));

ALTER TABLE inquiries ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON inquiries
    USING (alliance_id = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));

-- migrate: rollback

DROP POLICY own_alliance ON inquiries;
ALTER TABLE inquiries DISABLE ROW LEVEL SECURITY;
DROP POLICY own_alliance ON minor_notices;
ALTER TABLE minor_notices DISABLE ROW LEVEL SECURITY;
DROP POLICY own_alliance ON parties;
ALTER TABLE parties DISABLE ROW LEVEL SECURITY;
DROP POLICY own_alliance ON journal;
ALTER TABLE journal DISABLE ROW LEVEL SECURITY;
ALTER TABLE parties DROP COLUMN alliance_id;
