-- What an alliance sets for itself: its own rules, and the working calendar as the alliance service told it
-- depends: complaints_01_cases

-- migrate: apply

-- One row for each alliance that set anything; a new revision tells every process that its copy is out of date.
CREATE TABLE charters (
    alliance_id    uuid        PRIMARY KEY,
    revision       uuid        NOT NULL
);

-- Only ever added to: who set what from which day on stays known.
CREATE TABLE rules (
    position       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    alliance_id    uuid        NOT NULL REFERENCES charters,
    rule_id        text        NOT NULL,
    value          integer     NOT NULL,
    unit           text        NOT NULL,
    source         text        NOT NULL,
    article        text,
    effective_from date        NOT NULL,
    certainty      text        NOT NULL CHECK (certainty = 'L'),
    set_by         uuid        NOT NULL,
    set_at         timestamptz NOT NULL
);
CREATE INDEX rules_of_alliance ON rules (alliance_id);

CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS
'BEGIN RAISE EXCEPTION ''% is only added to'', TG_TABLE_NAME; END';
CREATE TRIGGER rules_are_kept BEFORE UPDATE OR DELETE ON rules
    FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();

-- Days that differ from what the calendar of this version says, and years whose days were all entered.
CREATE TABLE calendar_days (
    alliance_id    uuid        NOT NULL,
    day            date        NOT NULL,
    works          boolean     NOT NULL,
    PRIMARY KEY (alliance_id, day)
);
CREATE TABLE calendar_years (
    alliance_id    uuid        NOT NULL,
    year           integer     NOT NULL,
    PRIMARY KEY (alliance_id, year)
);

-- Each version of a subcategory an alliance made its own; a case keeps the one it was filed under.
CREATE TABLE subcategory_versions (
    alliance_id    uuid        NOT NULL REFERENCES charters,
    code           text        NOT NULL,
    version        integer     NOT NULL,
    entry          jsonb       NOT NULL,
    set_by         uuid        NOT NULL,
    set_at         timestamptz NOT NULL,
    PRIMARY KEY (alliance_id, code, version)
);
CREATE TRIGGER subcategories_are_kept BEFORE UPDATE OR DELETE ON subcategory_versions
    FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();

-- migrate: rollback

DROP TABLE subcategory_versions;
DROP TABLE calendar_years;
DROP TABLE calendar_days;
DROP TABLE rules;
DROP FUNCTION refuse_rewriting;
DROP TABLE charters;
