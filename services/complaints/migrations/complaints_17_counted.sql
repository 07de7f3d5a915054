-- How few cases lead to another is counted at once: new columns hold nothing that PostgreSQL has counted
-- depends: complaints_16_locks

-- migrate: apply

-- Autovacuum would count when a tenth of the cases has changed; until then one case in two hundred would be expected
-- behind each other one, and a case's page read by several processes. An empty table is better never counted.
DO 'BEGIN IF EXISTS (SELECT FROM cases) THEN ANALYZE cases; END IF; END';

-- migrate: rollback

-- What is counted is no part of what a release before this one reads.
SELECT;
