-- Those for whom others speak: whose case is handled with which, and to whom of them a draft was put
-- depends: mediation_06_guests

-- migrate: apply

ALTER TABLE mediations ADD COLUMN fellow_ids uuid[] NOT NULL DEFAULT '{}';
CREATE INDEX mediations_of_fellow ON mediations USING gin (fellow_ids);

CREATE TABLE known_joined (
    case_id        uuid        PRIMARY KEY,
    lead_case_id   uuid        NOT NULL,
    member_id      uuid        NOT NULL
);
CREATE INDEX joined_to_lead ON known_joined (lead_case_id);

-- migrate: rollback

DROP TABLE known_joined;
ALTER TABLE mediations DROP COLUMN fellow_ids;
