-- Invitations to a home or a shop: the link is made from the id, so nothing here opens one
-- depends: alliance_01_register

-- migrate: apply

CREATE TABLE invitations (
    id             uuid        PRIMARY KEY,
    alliance_id    uuid        NOT NULL REFERENCES alliances,
    place_id       uuid        NOT NULL REFERENCES places,
    kind           text        NOT NULL CHECK (kind IN ('lives', 'trades', 'works')),
    invited_by     uuid        NOT NULL,
    invited_at     timestamptz NOT NULL,
    expires_at     timestamptz NOT NULL,
    withdrawn_at   timestamptz,
    accepted_at    timestamptz,
    accepted_by    uuid
);
CREATE INDEX invitations_open ON invitations (place_id, expires_at)
WHERE withdrawn_at IS NULL AND accepted_at IS NULL;

-- migrate: rollback

DROP TABLE invitations;
