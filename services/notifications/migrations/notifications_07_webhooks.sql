-- What is told to platforms of the city: where to, what, and what came of it
-- depends: notifications_06_summaries

-- migrate: apply

-- A secret is kept nowhere: it is made from the id and the generation whenever it is needed.
CREATE TABLE webhooks (
    id             uuid        PRIMARY KEY,
    alliance_id    uuid        NOT NULL,
    url            text        NOT NULL,
    generation     integer     NOT NULL DEFAULT 1,
    rotated_at     timestamptz,
    registered_by  uuid        NOT NULL,
    registered_at  timestamptz NOT NULL,
    ended_at       timestamptz,
    ended_why      text        CHECK (ended_why IN ('removed', 'gone'))
);
CREATE INDEX webhooks_of_alliance ON webhooks (alliance_id) WHERE ended_at IS NULL;

-- `due_at`, `queued_at` are the machine's time; the body is sent, and signed, as it stands here.
CREATE TABLE webhook_messages (
    id             uuid        PRIMARY KEY,
    webhook_id     uuid        NOT NULL REFERENCES webhooks (id),
    event_id       uuid        NOT NULL,
    type           text        NOT NULL,
    body           text        NOT NULL,
    state          text        NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'accepted', 'failed')),
    attempt        integer     NOT NULL DEFAULT 0,
    reason         text        NOT NULL DEFAULT '',
    due_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    queued_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    created_at     timestamptz NOT NULL,
    settled_at     timestamptz,
    UNIQUE (webhook_id, event_id)
);
CREATE INDEX webhook_messages_due ON webhook_messages (due_at) WHERE state = 'pending';
CREATE INDEX webhook_messages_of ON webhook_messages (webhook_id, id);

-- migrate: rollback

DROP TABLE webhook_messages;
DROP TABLE webhooks;
