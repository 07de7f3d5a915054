-- Filings about a child under 14: kept for the committee until a guardian consents, and no cases
-- depends: complaints_01_cases

-- migrate: apply

CREATE TABLE minor_notices (
    id             uuid        PRIMARY KEY,
    alliance_id    uuid        NOT NULL,
    version        integer     NOT NULL CHECK (version > 0),
    head           bytea       NOT NULL,
    reference      text        NOT NULL,
    filing_type    text,
    filing         jsonb,
    filed_at       timestamptz NOT NULL,
    case_id        uuid
);
COMMENT ON COLUMN minor_notices.filing IS 'What was told; emptied when a guardian made it a case. Nobody who filed stands in it.';
CREATE INDEX minor_notices_open ON minor_notices (alliance_id, filed_at) WHERE filing IS NOT NULL;

-- migrate: rollback

DROP TABLE minor_notices;
