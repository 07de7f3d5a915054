-- The desk counts what is open, however much was closed before
-- depends: complaints_10_queue

-- migrate: apply

CREATE INDEX cases_open ON cases (alliance_id, next_last_day, id) WHERE stage <> 'closed';

-- migrate: rollback

DROP INDEX cases_open;
