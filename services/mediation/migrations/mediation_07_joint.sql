-- Mediations of one conflict, and those held in another's session
-- depends: mediation_01_mediations

-- migrate: apply

CREATE INDEX mediations_of_conflict ON mediations ((state #>> '{matter,conflict_id}'))
WHERE state #>> '{matter,conflict_id}' IS NOT NULL;
CREATE INDEX mediations_held_with ON mediations ((state #>> '{session,with_mediation}'))
WHERE state #>> '{session,with_mediation}' IS NOT NULL;

-- migrate: rollback

DROP INDEX mediations_held_with;
DROP INDEX mediations_of_conflict;
