-- What is said often, in the alliance's own words
-- depends: complaints_01_cases

-- migrate: apply

CREATE TABLE phrases (
    id           uuid        PRIMARY KEY,
    alliance_id  uuid        NOT NULL,
    used_in      text        NOT NULL CHECK (used_in IN ('message', 'work')),
    title_zh     text        NOT NULL,
    title_en     text        NOT NULL,
    text_zh      text        NOT NULL,
    text_en      text        NOT NULL,
    kept_at      timestamptz NOT NULL
);
CREATE INDEX phrases_of_alliance ON phrases (alliance_id);
COMMENT ON COLUMN phrases.text_en IS 'Empty where nobody has written it in English.';

-- migrate: rollback

DROP TABLE phrases;
