-- Mails that are gathered into one a day, for who asked for it
-- depends: notifications_05_texts

-- migrate: apply

-- By the alliance's clock; null for a mail that goes by itself.
ALTER TABLE deliveries ADD COLUMN gathered_until timestamptz;

-- migrate: rollback

ALTER TABLE deliveries DROP COLUMN gathered_until;
