-- Wrong guesses at the secret by which an anonymous complainant follows their matter
-- depends: complaints_01_cases

-- migrate: apply

CREATE TABLE lookup_guesses (
    case_id        uuid        PRIMARY KEY REFERENCES cases,
    wrong          integer     NOT NULL,
    paused_until   timestamptz
);

-- migrate: rollback

DROP TABLE lookup_guesses;
