-- What of the mails somebody wants, by kind, and how large; who only switches something off chooses no language
-- depends: notifications_03_settings

-- migrate: apply

ALTER TABLE preferences
    ALTER COLUMN language DROP NOT NULL,
    ADD COLUMN mails jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN large_type boolean NOT NULL DEFAULT false;

-- migrate: rollback

DELETE FROM preferences WHERE language IS NULL;
ALTER TABLE preferences
    DROP COLUMN large_type,
    DROP COLUMN mails,
    ALTER COLUMN language SET NOT NULL;
