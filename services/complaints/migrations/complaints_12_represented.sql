-- For whom a complainant acts who lives with them
-- depends: complaints_09_leaving

-- migrate: apply

ALTER TABLE parties DROP CONSTRAINT parties_standing_check;
ALTER TABLE parties ADD CONSTRAINT parties_standing_check
    CHECK (standing IN ('party', 'former', 'invited', 'represented'));

-- migrate: rollback

DELETE FROM parties WHERE standing = 'represented';
ALTER TABLE parties DROP CONSTRAINT parties_standing_check;
ALTER TABLE parties ADD CONSTRAINT parties_standing_check CHECK (standing IN ('party', 'former', 'invited'));
