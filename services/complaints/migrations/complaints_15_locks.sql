-- The second lock on what coordinators say often
-- depends: complaints_12_phrases complaints_14_locks

-- migrate: apply

ALTER TABLE phrases ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON phrases
    USING (alliance_id = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));

-- migrate: rollback

DROP POLICY own_alliance ON phrases;
ALTER TABLE phrases DISABLE ROW LEVEL SECURITY;
