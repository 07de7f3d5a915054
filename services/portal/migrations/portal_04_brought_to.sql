-- To which case a file went that was put aside
-- depends: portal_03_kept_files

-- migrate: apply

ALTER TABLE kept_files ADD COLUMN brought_to uuid;
COMMENT ON COLUMN kept_files.brought_to IS 'The case it lies before. Null while it waits, and where the release before emptied the row.';

-- migrate: rollback

ALTER TABLE kept_files DROP COLUMN brought_to;
