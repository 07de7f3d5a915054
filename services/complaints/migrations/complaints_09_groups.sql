-- The cases handled with a lead case, ended ones too: each reading of a lead asks whose they are
-- depends: complaints_07_joined

-- migrate: apply

CREATE INDEX cases_with_lead ON cases ((state ->> 'lead_case_id'))
WHERE state ->> 'lead_case_id' IS NOT NULL;

-- migrate: rollback

DROP INDEX cases_with_lead;
