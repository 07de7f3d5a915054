-- Questions to the homes around a matter, and who was asked: their answers stand in the journal alone
-- depends: complaints_01_cases

-- migrate: apply

CREATE TABLE inquiries (
    id             uuid        PRIMARY KEY,
    alliance_id    uuid        NOT NULL,
    case_id        uuid        NOT NULL REFERENCES cases (id),
    version        integer     NOT NULL CHECK (version > 0),
    head           bytea       NOT NULL,
    asked_at       timestamptz NOT NULL
);
CREATE INDEX inquiries_case ON inquiries (case_id, asked_at);

CREATE TABLE asks (
    ask_id         uuid        PRIMARY KEY,
    inquiry_id     uuid        NOT NULL REFERENCES inquiries (id),
    place_id       uuid        NOT NULL,
    member_id      uuid
);
COMMENT ON COLUMN asks.member_id IS 'Who is asked; null where nobody who lives there is known, and the coordinator goes to the door.';
CREATE INDEX asks_inquiry ON asks (inquiry_id);
CREATE INDEX asks_member ON asks (member_id);

-- migrate: rollback

DROP TABLE asks;
DROP TABLE inquiries;
