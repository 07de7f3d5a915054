-- How much one person may have put aside
-- depends: portal_02_kept_files

-- migrate: apply

ALTER TABLE kept_files ADD COLUMN owner bytea;
CREATE INDEX kept_files_of_owner ON kept_files (owner);
COMMENT ON COLUMN kept_files.owner IS 'A keyed hash of who chose it: it counts what is theirs and names nobody. Null where the release before wrote the row.';
COMMENT ON COLUMN kept_files.content IS 'Empty once the file lies before its case.';

-- migrate: rollback

COMMENT ON COLUMN kept_files.content IS NULL;
ALTER TABLE kept_files DROP COLUMN owner;
