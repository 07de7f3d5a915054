-- The cases that were filed beside one another: a counter-claim and what it answers
-- depends: complaints_01_cases

-- migrate: apply

CREATE INDEX cases_linked ON cases ((state #>> '{file,linked_to}'))
WHERE state #>> '{file,linked_to}' IS NOT NULL;

-- migrate: rollback

DROP INDEX cases_linked;
