-- The calendars that mediators subscribe to
-- depends: mediation_01_mediations

-- migrate: apply

-- The link holds a MAC of `feed_id`: another id in its place, and the link given out before opens nothing.
CREATE TABLE calendar_feeds (
    mediator_id     uuid        PRIMARY KEY,
    alliance_id     uuid        NOT NULL,
    feed_id         uuid        NOT NULL UNIQUE
);

-- migrate: rollback

DROP TABLE calendar_feeds;
