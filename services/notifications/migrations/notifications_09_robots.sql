-- Robots in the group chats of the committee: where they are spoken through, what was said, and what came of it
-- depends: notifications_08_by_hand

-- migrate: apply

-- The address opens the group to whoever has it: address and secret are kept sealed.
CREATE TABLE robots (
    id             uuid        PRIMARY KEY,
    alliance_id    uuid        NOT NULL,
    platform       text        NOT NULL CHECK (platform IN ('wecom', 'feishu', 'dingtalk')),
    name           text        NOT NULL,
    language       text        NOT NULL,
    sealed         bytea       NOT NULL,
    registered_by  uuid        NOT NULL,
    registered_at  timestamptz NOT NULL,
    ended_at       timestamptz,
    ended_why      text        CHECK (ended_why IN ('removed', 'gone'))
);
CREATE INDEX robots_of_alliance ON robots (alliance_id) WHERE ended_at IS NULL;

-- `due_at`, `queued_at`, `sent_at` are the machine's time; what is said together was sent at the same moment.
CREATE TABLE robot_messages (
    id             uuid        PRIMARY KEY,
    robot_id       uuid        NOT NULL REFERENCES robots (id),
    event_id       uuid        NOT NULL,
    case_id        uuid,
    reference      text        NOT NULL,
    stage          text,
    urgent         boolean     NOT NULL,
    state          text        NOT NULL DEFAULT 'pending'
                   CHECK (state IN ('pending', 'sending', 'accepted', 'failed', 'unknown')),
    attempt        integer     NOT NULL DEFAULT 0,
    reason         text        NOT NULL DEFAULT '',
    due_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    queued_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    sent_at        timestamptz,
    created_at     timestamptz NOT NULL,
    settled_at     timestamptz,
    UNIQUE (robot_id, event_id)
);
CREATE INDEX robot_messages_open ON robot_messages (robot_id, due_at) WHERE state IN ('pending', 'sending');
CREATE INDEX robot_messages_sent ON robot_messages (robot_id, sent_at);

-- migrate: rollback

DROP TABLE robot_messages;
DROP TABLE robots;
