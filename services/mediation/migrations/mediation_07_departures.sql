-- A mediation whose agreement stands on paper alone leaves room for another of the same case
-- depends: mediation_01_mediations

-- migrate: apply

DROP INDEX one_open_mediation_per_case;
CREATE UNIQUE INDEX one_open_mediation_per_case ON mediations (case_id)
    WHERE status NOT IN ('ended', 'performed', 'deserted');

-- migrate: rollback

DROP INDEX one_open_mediation_per_case;
CREATE UNIQUE INDEX one_open_mediation_per_case ON mediations (case_id) WHERE status NOT IN ('ended', 'performed');
