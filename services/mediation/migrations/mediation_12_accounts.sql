-- Whether somebody can sign in: of whoever cannot, others enter what they signed by hand
-- depends: mediation_11_locks

-- migrate: apply

ALTER TABLE known_members ADD COLUMN signs_in boolean;

-- migrate: rollback

ALTER TABLE known_members DROP COLUMN signs_in;
