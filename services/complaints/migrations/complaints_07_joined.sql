-- The cases handled with a lead case
-- depends: complaints_01_cases

-- migrate: apply

CREATE INDEX cases_joined ON cases ((state ->> 'lead_case_id')) WHERE state_type = 'Joined';

-- migrate: rollback

DROP INDEX cases_joined;
