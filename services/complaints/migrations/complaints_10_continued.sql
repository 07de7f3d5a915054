-- The cases that took evidence over from an earlier one, and those of one conflict
-- depends: complaints_01_cases

-- migrate: apply

CREATE INDEX cases_carried ON cases ((state #>> '{file,carried_from}'))
WHERE state #>> '{file,carried_from}' IS NOT NULL;

CREATE INDEX cases_conflict ON cases ((state #>> '{file,conflict_id}'))
WHERE state #>> '{file,conflict_id}' IS NOT NULL;

-- migrate: rollback

DROP INDEX cases_conflict;
DROP INDEX cases_carried;
