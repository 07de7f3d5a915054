-- The second lock on the cases themselves, once what they are looked up by is columns
-- depends: complaints_07_joined complaints_08_linked complaints_09_groups complaints_10_continued complaints_10_queue complaints_14_locks complaints_15_open

-- migrate: apply

-- Under a policy an index serves where its comparison can betray no row: uuids can be compared so, jsonb cannot be read so.
ALTER TABLE cases
    ADD COLUMN lead_case_id uuid GENERATED ALWAYS AS ((state ->> 'lead_case_id')::uuid) STORED,
    ADD COLUMN linked_to uuid GENERATED ALWAYS AS ((state #>> '{file,linked_to}')::uuid) STORED,
    ADD COLUMN carried_from uuid GENERATED ALWAYS AS ((state #>> '{file,carried_from}')::uuid) STORED,
    ADD COLUMN conflict_id uuid GENERATED ALWAYS AS ((state #>> '{file,conflict_id}')::uuid) STORED;

DROP INDEX cases_joined;
DROP INDEX cases_with_lead;
DROP INDEX cases_linked;
DROP INDEX cases_carried;
DROP INDEX cases_conflict;
CREATE INDEX cases_with_lead ON cases (lead_case_id) WHERE lead_case_id IS NOT NULL;
CREATE INDEX cases_linked ON cases (linked_to) WHERE linked_to IS NOT NULL;
CREATE INDEX cases_carried ON cases (carried_from) WHERE carried_from IS NOT NULL;
CREATE INDEX cases_conflict ON cases (conflict_id) WHERE conflict_id IS NOT NULL;

ALTER TABLE cases ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON cases
    USING (alliance_id = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));

-- migrate: rollback

DROP POLICY own_alliance ON cases;
ALTER TABLE cases DISABLE ROW LEVEL SECURITY;
DROP INDEX cases_with_lead;
DROP INDEX cases_linked;
DROP INDEX cases_carried;
DROP INDEX cases_conflict;
ALTER TABLE cases
    DROP COLUMN lead_case_id,
    DROP COLUMN linked_to,
    DROP COLUMN carried_from,
    DROP COLUMN conflict_id;
CREATE INDEX cases_joined ON cases ((state ->> 'lead_case_id')) WHERE state_type = 'Joined';
CREATE INDEX cases_with_lead ON cases ((state ->> 'lead_case_id')) WHERE state ->> 'lead_case_id' IS NOT NULL;
CREATE INDEX cases_linked ON cases ((state #>> '{file,linked_to}')) WHERE state #>> '{file,linked_to}' IS NOT NULL;
CREATE INDEX cases_carried ON cases ((state #>> '{file,carried_from}')) WHERE state #>> '{file,carried_from}' IS NOT NULL;
CREATE INDEX cases_conflict ON cases ((state #>> '{file,conflict_id}')) WHERE state #>> '{file,conflict_id}' IS NOT NULL;
