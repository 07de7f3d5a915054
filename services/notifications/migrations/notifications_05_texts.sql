-- Texts to those whom no mail reaches
-- depends: notifications_04_wishes

-- migrate: apply

ALTER TABLE contacts ADD COLUMN phone text;
ALTER TABLE deliveries
    DROP CONSTRAINT deliveries_channel_check,
    ADD CONSTRAINT deliveries_channel_check CHECK (channel IN ('inbox', 'mail', 'sms'));

-- migrate: rollback

DELETE FROM deliveries WHERE channel = 'sms';
ALTER TABLE deliveries
    DROP CONSTRAINT deliveries_channel_check,
    ADD CONSTRAINT deliveries_channel_check CHECK (channel IN ('inbox', 'mail'));
ALTER TABLE contacts DROP COLUMN phone;
