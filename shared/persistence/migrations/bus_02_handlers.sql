-- Since when a consumer handles which types, and the open dead letters found without reading the settled ones
-- depends: bus_01_foundation

-- migrate: apply

-- Written when a consumer first starts with a handler for the type; what was told before may have been passed over.
CREATE TABLE handlers (
    consumer       text        NOT NULL,
    type           text        NOT NULL,
    since          timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (consumer, type)
);

CREATE INDEX dead_letters_open ON dead_letters (consumer, failed_at) WHERE settled_at IS NULL;

-- migrate: rollback

DROP INDEX dead_letters_open;
DROP TABLE handlers;
