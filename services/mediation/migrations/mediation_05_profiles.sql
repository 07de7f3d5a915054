-- What mediators say of themselves
-- depends: mediation_04_mediators

-- migrate: apply

CREATE TABLE mediator_profiles (
    mediator_id     uuid        PRIMARY KEY,
    alliance_id     uuid        NOT NULL,
    profile         jsonb       NOT NULL
);

-- migrate: rollback

DROP TABLE mediator_profiles;
