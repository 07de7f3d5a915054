-- Notices, what became of each on each channel, and what is known of the people who get them
-- depends:

-- migrate: apply

-- Who is reached where. The only table with names and addresses. After a tombstone nothing stays but when it
-- came (`told_at`), so that an older record delivered again cannot bring a person back.
CREATE TABLE contacts (
    member_id      uuid        PRIMARY KEY,
    alliance_id    uuid        NOT NULL,
    display_name   text,
    email          text,
    language       text        NOT NULL,
    told_at        timestamptz NOT NULL
);

-- Who holds which roles, as the alliance service told last.
CREATE TABLE members (
    member_id      uuid        PRIMARY KEY,
    alliance_id    uuid        NOT NULL,
    roles          text[]      NOT NULL,
    language       text        NOT NULL,
    told_at        timestamptz NOT NULL
);
CREATE INDEX coordinators_of_alliance ON members (alliance_id) WHERE 'coordinator' = ANY (roles);

CREATE TABLE preferences (
    member_id      uuid        PRIMARY KEY,
    language       text        NOT NULL,
    mail           boolean     NOT NULL
);

-- The inbox: one row for each event and recipient. Words are made when it is read, in the reader's language.
CREATE TABLE notices (
    id             uuid        PRIMARY KEY,
    alliance_id    uuid        NOT NULL,
    event_id       uuid        NOT NULL,
    recipient_id   uuid        NOT NULL,
    side           text        NOT NULL CHECK (side IN ('complainant', 'respondent', 'staff')),
    kind           text        NOT NULL,
    case_id        uuid        NOT NULL,
    reference      text        NOT NULL,
    facts          jsonb       NOT NULL,
    traceparent    text,
    created_at     timestamptz NOT NULL,
    read_at        timestamptz,
    version        integer     NOT NULL DEFAULT 0,
    head           bytea       NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
    UNIQUE (event_id, recipient_id)
);
CREATE INDEX inbox_of_member ON notices (recipient_id, id);
CREATE INDEX unread_of_member ON notices (recipient_id, id) WHERE read_at IS NULL;
CREATE INDEX notices_of_case ON notices (case_id, recipient_id);

-- What became of each notice on each channel. `due_at`, `queued_at` are the machine's time: a development
-- clock may leap weeks ahead while a mail is on its way.
CREATE TABLE deliveries (
    id             uuid        PRIMARY KEY,
    notice_id      uuid        NOT NULL REFERENCES notices (id),
    alliance_id    uuid        NOT NULL,
    event_id       uuid        NOT NULL,
    recipient_id   uuid        NOT NULL,
    case_id        uuid        NOT NULL,
    channel        text        NOT NULL CHECK (channel IN ('inbox', 'mail')),
    state          text        NOT NULL CHECK (state IN ('pending', 'sending', 'accepted', 'failed', 'unknown')),
    attempt        integer     NOT NULL DEFAULT 0,
    reason         text        NOT NULL DEFAULT '',
    due_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    queued_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    created_at     timestamptz NOT NULL,
    settled_at     timestamptz,
    version        integer     NOT NULL DEFAULT 0,
    head           bytea       NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
    UNIQUE (event_id, recipient_id, channel)
);
CREATE INDEX deliveries_open ON deliveries (state, due_at) WHERE state IN ('pending', 'sending');
CREATE INDEX deliveries_waiting ON deliveries (recipient_id, case_id, id) WHERE state IN ('pending', 'sending');
CREATE INDEX deliveries_unknown ON deliveries (id) WHERE state = 'unknown';
CREATE INDEX deliveries_of_alliance ON deliveries (alliance_id, id);
CREATE INDEX deliveries_of_case ON deliveries (case_id, id);

-- migrate: rollback

DROP TABLE deliveries;
DROP TABLE notices;
DROP TABLE preferences;
DROP TABLE members;
DROP TABLE contacts;
