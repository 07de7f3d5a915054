"""What is said and laid before a case to show how it is."""

from __future__ import annotations

from typing import get_args

from services.portal.steps.inputs import SIDES, Input, Step
from services.portal.steps.table.rows import EXHIBITS, NOTE, case, evidence
from shared.contracts.measurements import Instrument, MeasuredBy, Point, RecordField, Room, Source, Weather

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

SHOWING = (
    case("messages", Input("to", "choice", ("coordinator", *SIDES)), Input("text", "words"), place="more"),
    Step("release", "complaints", "/v1/cases/{case}/messages/{target}/release", "message"),
    case(
        "occurrences",
        NOTE,
        Input("evidence_ids", "several_options", required=False),
        Input("kind", "choice", ("photo", "audio", "video", "document"), required=False, of_file=True),
        Input("file", "file", required=False),
        Input("shows_minor", "tick", required=False, of_file=True),
        place="more",
    ),
    case(
        "evidence",
        Input("kind", "choice", EXHIBITS),
        Input("file", "file"),
        Input("taken_at", "moment", required=False),
        NOTE,
        Input("shows_minor", "tick", required=False),
        place="more",
    ),
    case(
        "readings",
        *_READING,
        NOTE,
        place="more",
    ),
    Step(
        "readings_measured",
        "complaints",
        "/v1/cases/{target}/readings",
        "case",
        (*_READING, *_RECORD_OF_READING, NOTE),
        "more",
        word="readings",
    ),
    evidence("release_evidence", "release"),
    evidence("release_masked", "release", Input("file", "file"), fixed=(("kind", "photo"),)),
    evidence("release_masked_film", "release", Input("file", "file"), fixed=(("kind", "video"),)),
    evidence("seal_evidence", "seal"),
    evidence("open_evidence", "open", Input("reason", "words", longest=500)),
)
