-- Timers that fired long ago are found, to be let go
-- depends: bus_01_foundation

-- migrate: apply

CREATE INDEX timers_fired ON timers (fired_at) WHERE fired_at IS NOT NULL;

-- migrate: rollback

DROP INDEX timers_fired;
