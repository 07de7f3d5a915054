-- Who was a party until they left, and who is asked to come after them
-- depends: complaints_01_cases

-- migrate: apply

ALTER TABLE parties ADD COLUMN standing text NOT NULL DEFAULT 'party'
    CHECK (standing IN ('party', 'former', 'invited'));
CREATE INDEX occupancies_of_member ON occupancies (member_id);

-- migrate: rollback

DROP INDEX occupancies_of_member;
ALTER TABLE parties DROP COLUMN standing;
