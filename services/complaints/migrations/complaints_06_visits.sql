-- Return visits, listed as tasks
-- depends: complaints_01_cases

-- migrate: apply

CREATE TABLE return_visits (
    visit_id       uuid        PRIMARY KEY,
    case_id        uuid        NOT NULL REFERENCES cases,
    due            date        NOT NULL,
    visited_on     date
);
CREATE INDEX return_visits_of_case ON return_visits (case_id);
CREATE INDEX return_visits_open ON return_visits (due) WHERE visited_on IS NULL;

-- migrate: rollback

DROP TABLE return_visits;
