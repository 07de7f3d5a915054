-- What an alliance says in its own words instead of the catalogue's
-- depends: notifications_13_locks

-- migrate: apply

-- Only ever added to: a notice keeps the words that held when it was told. Without a title: back to the standard.
-- Each kind in each language is an aggregate of its own, with one row for each version: `id`, `version` and `head` are
-- those of its journal.
CREATE TABLE wordings (
    id             uuid        NOT NULL,
    alliance_id    uuid        NOT NULL,
    kind           text        NOT NULL,
    language       text        NOT NULL CHECK (language IN ('zh-CN', 'en')),
    version        integer     NOT NULL,
    head           bytea       NOT NULL,
    title          text,
    body           text        CHECK ((body IS NULL) = (title IS NULL)),
    dates          text        CHECK ((dates IS NULL) = (title IS NULL)),
    set_by         uuid        NOT NULL,
    set_at         timestamptz NOT NULL,
    PRIMARY KEY (alliance_id, kind, language, version)
);
CREATE TRIGGER wordings_are_kept BEFORE UPDATE OR DELETE ON wordings
    FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();

ALTER TABLE wordings ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON wordings
    USING (alliance_id = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));

-- migrate: rollback

DROP TABLE wordings;
