-- Word on the telephone: which browsers asked for it, and of which kinds it comes
-- depends: notifications_09_robots

-- migrate: apply

-- A browser belongs to whoever asked last on it.
CREATE TABLE push_subscriptions (
    id             uuid        PRIMARY KEY,
    member_id      uuid        NOT NULL,
    endpoint       text        NOT NULL UNIQUE,
    public_key     bytea       NOT NULL,
    secret         bytea       NOT NULL,
    created_at     timestamptz NOT NULL
);
CREATE INDEX push_subscriptions_of_member ON push_subscriptions (member_id);

ALTER TABLE preferences ADD COLUMN pushes jsonb NOT NULL DEFAULT '{}';
ALTER TABLE deliveries
    DROP CONSTRAINT deliveries_channel_check,
    ADD CONSTRAINT deliveries_channel_check CHECK (channel IN ('inbox', 'mail', 'sms', 'paper', 'push'));

-- migrate: rollback

DELETE FROM deliveries WHERE channel = 'push';
ALTER TABLE deliveries
    DROP CONSTRAINT deliveries_channel_check,
    ADD CONSTRAINT deliveries_channel_check CHECK (channel IN ('inbox', 'mail', 'sms', 'paper'));
ALTER TABLE preferences DROP COLUMN pushes;
DROP TABLE push_subscriptions;
