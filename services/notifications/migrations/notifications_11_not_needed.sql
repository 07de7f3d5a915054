-- Reminders that were kept back, because what they remind of was said meanwhile
-- depends: notifications_10_push

-- migrate: apply

ALTER TABLE deliveries
    DROP CONSTRAINT deliveries_state_check,
    ADD CONSTRAINT deliveries_state_check
        CHECK (state IN ('pending', 'sending', 'accepted', 'failed', 'unknown', 'not_needed'));

-- migrate: rollback

DELETE FROM deliveries WHERE state = 'not_needed';
ALTER TABLE deliveries
    DROP CONSTRAINT deliveries_state_check,
    ADD CONSTRAINT deliveries_state_check CHECK (state IN ('pending', 'sending', 'accepted', 'failed', 'unknown'));
