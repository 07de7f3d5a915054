-- How few mediations belong to another is counted at once: new columns hold nothing that PostgreSQL has counted
-- depends: mediation_12_locks

-- migrate: apply

-- Autovacuum would count when a tenth of the mediations has changed; until then one in two hundred would be expected
-- beside each other one. An empty table is better never counted.
DO 'BEGIN IF EXISTS (SELECT FROM mediations) THEN ANALYZE mediations; END IF; END';

-- migrate: rollback

-- What is counted is no part of what a release before this one reads.
SELECT;
