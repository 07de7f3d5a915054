-- The second lock: whoever is signed in finds words of their own alliance alone, whatever is asked
-- depends: mediation_04_mediators mediation_05_handovers mediation_10_shop_hours

-- migrate: apply

-- Empty where nobody's alliance was named: then nothing is found. The owner of the tables is not held by policies.
ALTER TABLE journal ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON journal
    USING (alliance_id = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));

ALTER TABLE caucus_notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON caucus_notes
    USING (alliance_id = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));

ALTER TABLE handovers ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON handovers
    USING (alliance_id = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));

ALTER TABLE mediator_entries ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON mediator_entries
    USING (alliance_id = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));

-- migrate: rollback

DROP POLICY own_alliance ON mediator_entries;
ALTER TABLE mediator_entries DISABLE ROW LEVEL SECURITY;
DROP POLICY own_alliance ON handovers;
ALTER TABLE handovers DISABLE ROW LEVEL SECURITY;
DROP POLICY own_alliance ON caucus_notes;
ALTER TABLE caucus_notes DISABLE ROW LEVEL SECURITY;
DROP POLICY own_alliance ON journal;
ALTER TABLE journal DISABLE ROW LEVEL SECURITY;
