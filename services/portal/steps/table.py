"""The table of steps: each command of a service as a form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from services.portal.steps.inputs import (
    GUESTS,
    LANGUAGES,
    METHODS,
    RELATIONS,
    RUNGS,
    SIDES,
    SLIPS,
    About,
    Input,
    Place,
    Step,
    step_name,
)
from shared.contracts.measurements import Instrument, MeasuredBy, Point, RecordField, Room, Source, Weather


def offered(possible: Iterable[str], *about: About) -> list[Step]:
    """The steps to show, in the table's order; `possible` are the services' names."""
    names = {step_name(name) for name in possible}
    return [step for step in STEPS.values() if (step.word or step.name) in names and step.about in about]


def _case(word: str, *inputs: Input, place: Place = "first") -> Step:
    return Step(step_name(word), "complaints", f"/v1/cases/{{target}}/{word}", "case", inputs, place)


def _mediation(word: str, *inputs: Input, place: Place = "first") -> Step:
    path = f"/v1/mediations/{{target}}/{word.replace('_', '-')}"
    return Step(step_name(word), "mediation", path, "mediation", inputs, place)


def _agreement(name: str, *inputs: Input, place: Place = "first") -> Step:
    path = f"/v1/agreements/{{target}}/{name.replace('_', '-')}"
    return Step(name, "mediation", path, "agreement", inputs, place)


def _wording_of(word: str, *inputs: Input) -> Step:
    path = f"/v1/agreements/{{target}}/wording/{word}"
    return Step(f"wording_{word}", "mediation", path, "agreement", inputs)


def _commitment(word: str, *inputs: Input, place: Place = "first") -> Step:
    path = f"/v1/commitments/{{target}}/{word}"
    return Step(step_name(word), "mediation", path, "commitment", inputs, place)


def _evidence(name: str, word: str, *inputs: Input, fixed: tuple[tuple[str, str], ...] = ()) -> Step:
    path = f"/v1/cases/{{case}}/evidence/{{target}}/{word}"
    return Step(name, "complaints", path, "evidence", inputs, "more", fixed)


def _service(word: str, *inputs: Input) -> Step:
    path = f"/v1/cases/{{case}}/services/{{target}}/{word}"
    return Step(f"services_{word}", "complaints", path, "service", inputs, "more")


def _pledge(word: str, *inputs: Input) -> Step:
    path = f"/v1/cases/{{case}}/pledges/{{target}}/{word}"
    return Step(f"pledges_{word}", "complaints", path, "pledge", inputs)


EXHIBITS = ("photo", "audio", "video", "document")

_NOTE = Input("note", "words", required=False, longest=500)

_READING = (
    Input("measured_at", "moment"),
    Input("source", "choice", get_args(Source)),
    Input("point", "choice", get_args(Point)),
    Input("level_db", "number"),
    Input("background_db", "number", required=False),
    Input("maximum_db", "number", required=False),
    Input("seconds", "number"),
    Input("steady", "yes_no"),
    Input("instrument", "choice", get_args(Instrument)),
    Input("through_structure", "tick", required=False),
    Input("boundary_m", "number", required=False),
    Input("boundary_measurable", "yes_no", required=False),
    Input("room", "choice", get_args(Room), required=False),
)

_RECORD_OF_READING = (
    Input("measured_by", "choice", get_args(MeasuredBy)),
    Input("bands", "bands", required=False),
    Input("calibrated_before_db", "number", required=False),
    Input("calibrated_after_db", "number", required=False),
    Input("weather", "choice", get_args(Weather), required=False),
    Input("wind_m_s", "number", required=False),
    Input("normal_operation", "yes_no", required=False),
    Input("height_m", "number", required=False),
    Input("surface_m", "number", required=False),
    Input("outer_window_m", "number", required=False),
    Input("record", "several", get_args(RecordField), required=False),
)
"""What is entered from the report of who measured, and decides how much a reading can prove."""

TABLE: tuple[Step, ...] = (
    _case(
        "accept",
        Input("shared_summary", "words", longest=1000),
        Input("respondent_id", "option", required=False),
        Input("respondent_fact", "words", required=False, longest=500),
        Input("tier", "choice", ("urgent", "ordinary", "complex"), required=False),
        Input("words_checked", "tick", required=False),
    ),
    _case("category", Input("subcategory", "option"), place="more"),
    _case("health-sharing", Input("shared", "yes_no")),
    _case(
        "health-consent",
        Input("how", "choice", ("told_in_person", "phone", "written")),
        Input("told_on", "day"),
        Input("shared", "yes_no"),
    ),
    _case(
        "answer",
        Input("kind", "choice", ("agree", "propose", "dispute", "counter_claim", "add_party")),
        Input("text", "words"),
    ),
    _case(
        "leaving",
        Input("former_id", "option", required=False),
        Input("wish", "choice", ("leave_to_flat", "close"), required=False),
        Input("text", "words", required=False),
    ),
    _case(
        "invitation",
        Input("invited_id", "option", required=False),
        Input("affected", "yes_no"),
        Input("text", "words", required=False),
    ),
    _case("route", Input("path", "choice", ("mediation", "direct", "topic"))),
    _case("extension/consent"),
    _case("extension/decline"),
    Step(
        "conclude_agree",
        "complaints",
        "/v1/cases/{target}/conclude",
        "case",
        (Input("agrees_to", "hidden"), Input("code", "code")),
        fixed=(("result", "settled"),),
        word="conclude",
    ),
    Step(
        "conclude_settle",
        "complaints",
        "/v1/cases/{target}/conclude",
        "case",
        (_NOTE, Input("promises", "promises", required=False), Input("code", "code", required=False)),
        fixed=(("result", "settled"),),
        word="conclude",
        named_at="/v1/cases/{target}/settlement/words",
    ),
    _case("conclude", Input("result", "choice", ("settled", "adopted", "no_agreement")), _NOTE),
    _pledge("answer", Input("wanted", "yes_no")),
    _pledge(
        "proof",
        Input("text", "words", longest=500),
        Input("file", "exhibit", EXHIBITS, required=False),
    ),
    _pledge("confirm"),
    _pledge("dispute", Input("reason", "words", longest=500)),
    _case("pledges", Input("what", "words", longest=500), Input("due_on", "day"), place="more"),
    _case(
        "enter-pledge",
        Input("what", "words", longest=500),
        Input("due_on", "day"),
        Input("slip", "choice", SLIPS),
        Input("received_on", "day"),
        place="more",
    ),
    _case(
        "services",
        Input("offered_to", "option"),
        Input("service", "option"),
        Input("note", "words", required=False, longest=500),
        place="more",
    ),
    _service("answer", Input("taken", "yes_no")),
    _case("return-visits", Input("lasting", "yes_no"), _NOTE),
    _case(
        "survey",
        Input("solved", "yes_no"),
        Input("score", "score"),
        Input("comment", "words", required=False, longest=1000),
        Input("share_comment", "tick", required=False),
    ),
    _case("receipt-handed", Input("on", "day")),
    _case("taken-down"),
    _case("let-child-follow", Input("allowed", "yes_no"), place="more"),
    _case("let-on-board", Input("allowed", "yes_no"), place="more"),
    _case("takedown", Input("side", "choice", SIDES), place="more"),
    _case(
        "child-heard",
        Input("words", "words"),
        Input("present", "several", ("guardian", "volunteer", "coordinator", "mediator")),
        place="more",
    ),
    _case(
        "survey-aloud",
        Input("solved", "yes_no"),
        Input("score", "score"),
        Input("comment", "words", required=False, longest=1000),
        Input("share_comment", "tick", required=False),
    ),
    _case(
        "survey-slips",
        Input("side", "choice", SIDES),
        Input("slip_of", "option", required=False),
        Input("own_reference", "line", required=False, longest=20),
        Input("slip", "choice", SLIPS, required=False),
        Input("received_on", "day"),
        Input("solved", "yes_no"),
        Input("score", "score"),
        Input("comment", "words", required=False, longest=1000),
        Input("file", "file", required=False),
        place="more",
    ),
    _case(
        "return",
        Input("result", "option"),
        Input("note", "words", longest=500),
        Input("public_note", "words", required=False, longest=500),
        Input("document_no", "line", required=False),
    ),
    _mediation(
        "consent",
        Input("separate", "tick", required=False),
        Input("languages", "several", LANGUAGES, required=False),
        Input("available", "windows"),
    ),
    _mediation("joint-session", Input("agreed", "yes_no")),
    _mediation("openness", Input("open", "yes_no"), place="more"),
    _mediation("schedule-together", Input("with_mediation_id", "option")),
    _mediation("nominate", Input("mediator_id", "option", required=False)),
    _mediation("accept_mediator"),
    _mediation("take", Input("relation", "choice", RELATIONS, required=False)),
    _mediation("slots"),
    _mediation("answers", Input("answers", "slots"), Input("available", "windows")),
    _mediation("schedule", Input("slot_id", "option")),
    _mediation("invite/agree", Input("guest_id", "option")),
    _mediation("invite/decline", Input("guest_id", "option")),
    _mediation(
        "invite/answer",
        Input("comes", "yes_no"),
        Input("relation", "choice", RELATIONS, required=False),
    ),
    _mediation("minutes", Input("text", "words")),
    _mediation("restatements/answer", Input("right", "yes_no")),
    _mediation(
        "agreement",
        Input("form", "choice", ("written", "oral")),
        Input("agreed_on", "day", required=False),
        Input("facts", "words", required=False),
        Input("terms", "words"),
        Input("commitments", "promises"),
    ),
    _agreement(
        "opt_in",
        Input("content_hash", "hidden"),
        Input("agrees", "yes_no"),
        Input("code", "code", required=False),
    ),
    _agreement("sign", Input("content_hash", "hidden"), Input("code", "code")),
    _agreement("mark"),
    _agreement("record", Input("terms", "words"), Input("commitments", "wording")),
    _wording_of("accept"),
    _wording_of("dispute", Input("reason", "words")),
    _commitment("proof", Input("text", "words"), Input("file", "exhibit", EXHIBITS, required=False)),
    _commitment("confirm"),
    _commitment("dispute", Input("reason", "words")),
    _commitment(
        "by-mouth",
        Input("said", "choice", ("confirmed", "disputed")),
        Input("told_on", "day"),
        Input("words", "words", required=False),
    ),
    _commitment("grant-day", Input("until", "day"), place="more"),
    _commitment("waive", place="more"),
    _commitment("decline-performance", place="more"),
    _commitment("impossible", Input("reason", "words", longest=500), place="more"),
    _mediation(
        "amendment",
        Input("replaces", "several_options", required=False),
        Input("terms", "words"),
        Input("commitments", "promises"),
        place="more",
    ),
    _mediation("amendment/decline", place="more"),
    _case("messages", Input("to", "choice", ("coordinator", *SIDES)), Input("text", "words"), place="more"),
    Step("release", "complaints", "/v1/cases/{case}/messages/{target}/release", "message"),
    _case(
        "occurrences",
        _NOTE,
        Input("evidence_ids", "several_options", required=False),
        Input("kind", "choice", ("photo", "audio", "video", "document"), required=False, of_file=True),
        Input("file", "file", required=False),
        Input("shows_minor", "tick", required=False, of_file=True),
        place="more",
    ),
    _case(
        "evidence",
        Input("kind", "choice", EXHIBITS),
        Input("file", "file"),
        Input("taken_at", "moment", required=False),
        _NOTE,
        Input("shows_minor", "tick", required=False),
        place="more",
    ),
    _case(
        "readings",
        *_READING,
        _NOTE,
        place="more",
    ),
    Step(
        "readings_measured",
        "complaints",
        "/v1/cases/{target}/readings",
        "case",
        (*_READING, *_RECORD_OF_READING, _NOTE),
        "more",
        word="readings",
    ),
    _evidence("release_evidence", "release"),
    _evidence("release_masked", "release", Input("file", "file"), fixed=(("kind", "photo"),)),
    _evidence("release_masked_film", "release", Input("file", "file"), fixed=(("kind", "video"),)),
    _evidence("seal_evidence", "seal"),
    _evidence("open_evidence", "open", Input("reason", "words", longest=500)),
    _case("serve", Input("how", "choice", ("visit", "paper")), place="more"),
    _case(
        "add-party",
        Input("member_id", "option"),
        Input("side", "choice", SIDES),
        Input("capacity", "choice", ("owner", "tenant", "operator", "neighbour", "other")),
        Input("basis", "choice", ("own_statement", "established_fact"), required=False),
        Input("fact", "words", required=False, longest=500),
        place="more",
    ),
    _case(
        "serve-party",
        Input("party_id", "option"),
        Input("how", "choice", ("visit", "paper")),
        place="more",
    ),
    _case(
        "inquiries",
        Input("question", "words", longest=500),
        Input("place_ids", "several_options"),
        place="more",
    ),
    _case("inquiries/answers", Input("ask_id", "option"), Input("text", "words"), place="more"),
    _case(
        "leavings",
        Input("leaver_id", "option"),
        Input("on", "day"),
        Input("why", "choice", ("moved", "died")),
        place="more",
    ),
    Step(
        "invite_successor",
        "complaints",
        "/v1/cases/{target}/invite",
        "case",
        (
            Input("member_id", "option"),
            Input("side", "choice", SIDES),
            Input("capacity", "choice", ("successor", "heir")),
            Input("facts", "words", longest=1000),
        ),
        "more",
        word="invite",
    ),
    _case(
        "refer",
        Input("authority", "option"),
        Input("note", "words", longest=500),
        Input("part", "choice", ("unlawful", "all"), required=False),
        Input("officer_id", "option", required=False),
        Input("papers", "several", ("words", "site_visits"), required=False),
        Input("evidence_ids", "several_options", required=False),
        Input("documents", "lines", required=False),
        place="more",
    ),
    _case("referral-receipt", place="more"),
    _case("extension", Input("until", "day"), Input("reason", "words", longest=500), place="more"),
    _case("join", Input("lead_case_id", "option"), place="more"),
    _case("gather", Input("references", "several_options"), place="more"),
    _case("split", Input("subcategory", "option"), Input("description", "words"), place="more"),
    _case("leads", Input("members", "several_options")),
    _case("leads/accept", Input("words", "words", longest=500)),
    _case("speakers/volunteer", Input("willing", "yes_no"), place="more"),
    _case("speakers/draw", place="more"),
    _case("thread", Input("text", "words", longest=1000), place="more"),
    Step(
        "thread_release",
        "complaints",
        "/v1/cases/{case}/thread/{target}/release",
        "post",
        (Input("text", "words", required=False, longest=1000),),
        "more",
    ),
    _case("separate", place="more"),
    _case("confirm-emergency", Input("called", "several", ("119", "110", "120"), required=False)),
    _case(
        "hotline-calls",
        Input("number", "choice", ("119", "110", "120")),
        Input("at", "moment", required=False),
    ),
    _case(
        "site-visits",
        Input("present", "line", longest=500),
        Input("found", "words", longest=500),
        Input("done", "words", longest=500),
        Input("public_note", "words", required=False, longest=500),
        place="more",
    ),
    _case("lift-emergency", Input("reason", "words", longest=500)),
    _case(
        "enter-answer",
        Input("kind", "choice", ("agree", "propose", "dispute", "refuse")),
        Input("text", "words"),
        Input("slip", "choice", SLIPS),
        Input("received_on", "day"),
        Input("file", "exhibit", EXHIBITS, required=False),
        Input("words_checked", "tick", required=False),
        place="more",
    ),
    _case(
        "attempts",
        Input("outcome", "choice", ("closed", "handed_unsigned", "signed")),
        _NOTE,
        place="more",
    ),
    _case("refuse-mediation", place="more"),
    _case(
        "work",
        Input("note", "words", longest=500),
        Input("said", "words", required=False, longest=500),
        Input("said_by", "choice", SIDES, required=False),
        Input("methods", "several", METHODS, required=False),
        Input("rungs", "several", RUNGS, required=False),
        place="more",
    ),
    _case(
        "police-report",
        Input("what", "words", longest=500),
        Input("at", "moment", required=False),
        Input("reference", "line", required=False, longest=64),
        place="more",
    ),
    _case("reveal", Input("reason", "words", longest=500), place="more"),
    _mediation("reschedule", Input("slot_id", "option"), Input("reason", "words", longest=500), place="more"),
    _mediation(
        "invite",
        Input("role", "choice", GUESTS),
        Input("member_id", "person"),
        Input("name", "line", required=False, longest=100),
        Input("required", "tick", required=False),
        place="more",
    ),
    _mediation("invite/withdraw", Input("guest_id", "option"), place="more"),
    _mediation(
        "absences",
        Input("side", "choice", SIDES),
        Input("waited_minutes", "number", required=False),
        place="more",
    ),
    _mediation("default-path", Input("choice", "choice", ("again", "refer", "fail"))),
    _mediation(
        "absences/explain",
        Input("text", "words"),
        Input("side", "choice", SIDES, required=False),
        place="more",
    ),
    _mediation("absences/excuse", Input("side", "choice", SIDES), Input("seen_on", "day"), place="more"),
    _mediation("minutes/release", place="more"),
    _mediation("exchange", Input("complainant", "number"), Input("respondent", "number"), place="more"),
    _mediation("restatements", Input("side", "choice", SIDES), Input("text", "words"), place="more"),
    _mediation("findings", Input("point", "line", longest=200), Input("established", "yes_no"), place="more"),
    _mediation("caucus_notes", Input("side", "choice", SIDES), Input("text", "words"), place="more"),
    _agreement("confirm_in_court", place="more"),
    Step(
        "confirm_in_court_by_mouth",
        "mediation",
        "/v1/agreements/{target}/confirm-in-court/by-mouth",
        "agreement",
        (Input("told_on", "day"),),
        "more",
    ),
    _agreement(
        "court_result",
        Input("confirmed", "yes_no"),
        Input("decided_on", "day"),
        Input("document_no", "line", longest=64),
        place="more",
    ),
    _mediation("handover", Input("sha256", "pack"), place="more"),
    _case(
        "decline",
        Input("reason", "option"),
        Input("next_address", "option"),
        _NOTE,
        place="more",
    ),
    _mediation("decline_mediator", place="more"),
    _mediation("stop", Input("note", "words", required=False), place="more"),
    _mediation("pass_on", place="more"),
    _mediation("refuse", place="more"),
    _mediation(
        "fail",
        Input(
            "reason",
            "choice",
            ("no_agreement", "absent", "no_common_time", "not_mediable", "conflict_discovered"),
        ),
        place="more",
    ),
    _case(
        "withdraw",
        Input("reason", "choice", ("settled_privately", "moved", "no_longer", "other"), required=False),
        Input("pressured", "tick", required=False),
        _NOTE,
        place="more",
    ),
    _case("reopen", Input("reason", "words", longest=500), place="more"),
)

STEPS = {step.name: step for step in TABLE}
"""In the order in which they are offered."""

INQUIRY_ANSWER = Step(
    "answer_inquiry",
    "complaints",
    "/v1/inquiries/{target}/answer",
    "case",
    (
        Input("text", "words"),
        Input("shared_with", "choice", ("coordinator", "mediator")),
        Input("own_statement", "tick", required=False),
    ),
)
"""Asked of whoever lives around a matter, who has no page of the case."""

GUARDIAN_CONSENT = Step(
    "guardian_consent",
    "complaints",
    "/v1/cases/{target}/guardian-consent",
    "case",
    (
        Input("guardian_id", "option"),
        Input("relation", "choice", ("parent", "guardian")),
        Input("proof", "choice", ("document", "known_in_person")),
        Input("purpose", "words", longest=500),
    ),
)
"""Asked on the list of children's notices: before it there is no case."""
