-- The noise class of each block, from the city's published map
-- depends: complaints_01_cases

-- migrate: apply

CREATE TABLE noise_zones (
    alliance_id    uuid        NOT NULL,
    block_id       uuid        NOT NULL,
    zone_class     text        NOT NULL CHECK (zone_class IN ('0', '1', '2', '3', '4')),
    source         text        NOT NULL,
    recorded_by    uuid        NOT NULL,
    recorded_at    timestamptz NOT NULL,
    PRIMARY KEY (alliance_id, block_id)
);
COMMENT ON COLUMN noise_zones.source IS 'The map or notice it was read from; a class is never guessed.';

-- migrate: rollback

DROP TABLE noise_zones;
