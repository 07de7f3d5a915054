"""The one way a case changes: HTTP, Kafka and timers all come through here. The doors own the transaction."""

from services.complaints.use_cases.categories import set_subcategory
from services.complaints.use_cases.changing import Done, alliance_of, handle
from services.complaints.use_cases.comparing import alike, figure
from services.complaints.use_cases.evidence import may_bring, shown_by, sweep, sweep_once
from services.complaints.use_cases.filing import AlreadyFiled, case_of_source, file_case
from services.complaints.use_cases.grouping import (
    SecondMatter,
    file_joining,
    gather_cases,
    give_back,
    release_post,
    split_matter,
    take_out,
)
from services.complaints.use_cases.inquiring import (
    Said,
    answer_inquiry,
    enter_inquiry_answer,
    open_inquiry,
)
from services.complaints.use_cases.leaving import end_occupancy, invite_party, note_leaving
from services.complaints.use_cases.linking import (
    Conflict,
    answer_with_claim,
    cases_beside,
    conflict_of,
    enter_answer,
)
from services.complaints.use_cases.minors import consent_for_minor, keep_minor_notice
from services.complaints.use_cases.oral import enter_oral_agreement
from services.complaints.use_cases.parties import add_party, serve_added, service_of
from services.complaints.use_cases.readings import record_reading, set_zone
from services.complaints.use_cases.referring import answer_referral, refer_case
from services.complaints.use_cases.surveys import answer_survey_by_link, enter_survey
from services.complaints.use_cases.triage import (
    accept_case,
    claim_case,
    correct_category,
    end_with_lead,
    join_case,
)
from services.complaints.use_cases.visiting import recount_visits
from services.complaints.use_cases.watching import waits_for_the_morning

__all__ = [
    "AlreadyFiled",
    "Conflict",
    "Done",
    "Said",
    "SecondMatter",
    "accept_case",
    "add_party",
    "alike",
    "alliance_of",
    "answer_inquiry",
    "answer_referral",
    "answer_survey_by_link",
    "answer_with_claim",
    "case_of_source",
    "cases_beside",
    "claim_case",
    "conflict_of",
    "consent_for_minor",
    "correct_category",
    "end_occupancy",
    "end_with_lead",
    "enter_answer",
    "enter_inquiry_answer",
    "enter_oral_agreement",
    "enter_survey",
    "figure",
    "file_case",
    "file_joining",
    "gather_cases",
    "give_back",
    "handle",
    "invite_party",
    "join_case",
    "keep_minor_notice",
    "may_bring",
    "note_leaving",
    "open_inquiry",
    "record_reading",
    "recount_visits",
    "refer_case",
    "release_post",
    "serve_added",
    "service_of",
    "set_subcategory",
    "set_zone",
    "shown_by",
    "split_matter",
    "sweep",
    "sweep_once",
    "take_out",
    "waits_for_the_morning",
]
