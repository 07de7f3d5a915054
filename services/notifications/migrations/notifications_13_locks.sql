-- The second lock on groups and platforms that are told, and on what they are told
-- depends: notifications_07_webhooks notifications_09_robots notifications_12_locks

-- migrate: apply

ALTER TABLE webhooks ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON webhooks
    USING (alliance_id = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));

ALTER TABLE robots ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON robots
    USING (alliance_id = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));

-- Of an alliance's few the ids are read once; theirs are the messages.
ALTER TABLE webhook_messages ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON webhook_messages
    USING (webhook_id IN (SELECT id FROM webhooks));

ALTER TABLE robot_messages ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON robot_messages
    USING (robot_id IN (SELECT id FROM robots));

-- migrate: rollback

DROP POLICY own_alliance ON robot_messages;
ALTER TABLE robot_messages DISABLE ROW LEVEL SECURITY;
DROP POLICY own_alliance ON webhook_messages;
ALTER TABLE webhook_messages DISABLE ROW LEVEL SECURITY;
DROP POLICY own_alliance ON robots;
ALTER TABLE robots DISABLE ROW LEVEL SECURITY;
DROP POLICY own_alliance ON webhooks;
ALTER TABLE webhooks DISABLE ROW LEVEL SECURITY;
