-- What an alliance sets for itself: its own figures in place of those of rules.yaml
-- depends: notifications_02_captains

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

-- migrate: rollback

DROP TABLE rules;
DROP FUNCTION refuse_rewriting;
DROP TABLE charters;
