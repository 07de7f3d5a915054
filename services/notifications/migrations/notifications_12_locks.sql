-- The second lock: whoever is signed in finds notices and addresses of their own alliance alone, whatever is asked
-- depends: notifications_10_push notifications_11_not_needed

-- migrate: apply

-- Empty where nobody's alliance was named: then nothing is found. The owner of the tables is not held by policies.
ALTER TABLE journal ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON journal
    USING (alliance_id = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));

ALTER TABLE contacts ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON contacts
    USING (alliance_id = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));

ALTER TABLE notices ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON notices
    USING (alliance_id = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));

ALTER TABLE deliveries ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON deliveries
    USING (alliance_id = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));

-- migrate: rollback

DROP POLICY own_alliance ON deliveries;
ALTER TABLE deliveries DISABLE ROW LEVEL SECURITY;
DROP POLICY own_alliance ON notices;
ALTER TABLE notices DISABLE ROW LEVEL SECURITY;
DROP POLICY own_alliance ON contacts;
ALTER TABLE contacts DISABLE ROW LEVEL SECURITY;
DROP POLICY own_alliance ON journal;
ALTER TABLE journal DISABLE ROW LEVEL SECURITY;
