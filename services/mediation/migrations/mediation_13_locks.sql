-- The second lock on who is kin, who lives where, and on what mediators say of themselves
-- depends: mediation_03_feeds mediation_05_profiles mediation_12_locks

-- migrate: apply

ALTER TABLE known_members ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON known_members
    USING (alliance_id = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));

ALTER TABLE known_occupancies ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON known_occupancies
    USING (alliance_id = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));

ALTER TABLE known_kin ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON known_kin
    USING (alliance_id = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));

ALTER TABLE mediator_profiles ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON mediator_profiles
    USING (alliance_id = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));

ALTER TABLE mediator_availability ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON mediator_availability
    USING (alliance_id = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));

ALTER TABLE calendar_feeds ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON calendar_feeds
    USING (alliance_id = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));

ALTER TABLE rooms ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON rooms
    USING (alliance_id = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));

-- migrate: rollback

DROP POLICY own_alliance ON rooms;
ALTER TABLE rooms DISABLE ROW LEVEL SECURITY;
DROP POLICY own_alliance ON calendar_feeds;
ALTER TABLE calendar_feeds DISABLE ROW LEVEL SECURITY;
DROP POLICY own_alliance ON mediator_availability;
ALTER TABLE mediator_availability DISABLE ROW LEVEL SECURITY;
DROP POLICY own_alliance ON mediator_profiles;
ALTER TABLE mediator_profiles DISABLE ROW LEVEL SECURITY;
DROP POLICY own_alliance ON known_kin;
ALTER TABLE known_kin DISABLE ROW LEVEL SECURITY;
DROP POLICY own_alliance ON known_occupancies;
ALTER TABLE known_occupancies DISABLE ROW LEVEL SECURITY;
DROP POLICY own_alliance ON known_members;
ALTER TABLE known_members DISABLE ROW LEVEL SECURITY;
