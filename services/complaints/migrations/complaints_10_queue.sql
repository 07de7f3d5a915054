-- What the coordinators' desk is filtered and ordered by, their kept filters, and what they found not to be the same
-- depends: complaints_01_cases

-- migrate: apply

-- The earliest last day that is waited for; before all days where nobody has confirmed an emergency yet.
CREATE FUNCTION next_last_day(state_type text, state jsonb) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN state_type = 'Closed' THEN 'infinity'::date
    WHEN jsonb_typeof(state #> '{file,alarm}') = 'object'
         AND state #>> '{file,alarm,confirmed_at}' IS NULL
         AND state #>> '{file,alarm,lifted_at}' IS NULL THEN '-infinity'::date
    ELSE (
        SELECT coalesce(min((clock ->> 'until')::date), 'infinity'::date)
        FROM jsonb_array_elements(state #> '{file,clocks}') AS clock
        WHERE clock ->> 'state' = 'running'
    )
END;

ALTER TABLE cases
    ADD COLUMN next_last_day date NOT NULL GENERATED ALWAYS AS (next_last_day(state_type, state)) STORED,
    ADD COLUMN block_id uuid GENERATED ALWAYS AS ((state #>> '{file,place,block_id}')::uuid) STORED,
    ADD COLUMN subcategory text GENERATED ALWAYS AS (state #>> '{file,subcategory}') STORED,
    ADD COLUMN tier text GENERATED ALWAYS AS (state #>> '{file,tier}') STORED,
    ADD COLUMN identity text GENERATED ALWAYS AS (state #>> '{file,identity}') STORED,
    ADD COLUMN against_nobody boolean
        GENERATED ALWAYS AS (jsonb_array_length(state #> '{file,respondents}') = 0) STORED;
COMMENT ON COLUMN cases.against_nobody IS 'Whether nobody is named as the other side.';
CREATE INDEX cases_by_next_day ON cases (alliance_id, next_last_day, id);

CREATE TABLE kept_filters (
    member_id      uuid        NOT NULL,
    name           text        NOT NULL,
    filter         jsonb       NOT NULL,
    kept_at        timestamptz NOT NULL,
    PRIMARY KEY (member_id, name)
);

-- Two matters that a coordinator looked at side by side; the smaller id first, so that a pair is said once.
CREATE TABLE told_apart (
    case_id        uuid        NOT NULL REFERENCES cases,
    other_id       uuid        NOT NULL REFERENCES cases,
    told_by        uuid        NOT NULL,
    told_at        timestamptz NOT NULL,
    PRIMARY KEY (case_id, other_id),
    CHECK (case_id < other_id)
);
CREATE INDEX told_apart_other ON told_apart (other_id);

-- migrate: rollback

DROP TABLE told_apart;
DROP TABLE kept_filters;
DROP INDEX cases_by_next_day;
ALTER TABLE cases
    DROP COLUMN next_last_day,
    DROP COLUMN block_id,
    DROP COLUMN subcategory,
    DROP COLUMN tier,
    DROP COLUMN identity,
    DROP COLUMN against_nobody;
DROP FUNCTION next_last_day;
