-- What has to be brought to people by hand, and who lives or trades in which building
-- depends: notifications_07_webhooks

-- migrate: apply

ALTER TABLE deliveries
    DROP CONSTRAINT deliveries_channel_check,
    ADD CONSTRAINT deliveries_channel_check CHECK (channel IN ('inbox', 'mail', 'sms', 'paper'));
CREATE INDEX deliveries_by_hand ON deliveries (alliance_id, id) WHERE channel = 'paper' AND state = 'pending';

CREATE TABLE occupancies (
    id             uuid        PRIMARY KEY,
    alliance_id    uuid        NOT NULL,
    member_id      uuid        NOT NULL,
    place_id       uuid        NOT NULL,
    building_id    uuid,
    until_day      date
);
CREATE INDEX occupancies_of_member ON occupancies (member_id);

-- migrate: rollback

DROP TABLE occupancies;
DROP INDEX deliveries_by_hand;
DELETE FROM deliveries WHERE channel = 'paper';
ALTER TABLE deliveries
    DROP CONSTRAINT deliveries_channel_check,
    ADD CONSTRAINT deliveries_channel_check CHECK (channel IN ('inbox', 'mail', 'sms'));
