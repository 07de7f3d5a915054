"""What the committee's side does beside mediating; `HANDING_ON` is what others must have before a day."""

from __future__ import annotations

from services.portal.steps.inputs import METHODS, RUNGS, SIDES, SLIPS, Input
from services.portal.steps.table.rows import EXHIBITS, NOTE, case

HANDING_ON = (
    case(
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
    case("referral-receipt", place="more"),
    case("extension", Input("until", "day"), Input("reason", "words", longest=500), place="more"),
)

WORKING = (
    case("confirm-emergency", Input("called", "several", ("119", "110", "120"), required=False)),
    case(
        "hotline-calls",
        Input("number", "choice", ("119", "110", "120")),
        Input("at", "moment", required=False),
    ),
    case(
        "site-visits",
        Input("present", "line", longest=500),
        Input("found", "words", longest=500),
        Input("done", "words", longest=500),
        Input("public_note", "words", required=False, longest=500),
        place="more",
    ),
    case("lift-emergency", Input("reason", "words", longest=500)),
    case(
        "enter-answer",
        Input("kind", "choice", ("agree", "propose", "dispute", "refuse")),
        Input("text", "words"),
        Input("slip", "choice", SLIPS),
        Input("received_on", "day"),
        Input("file", "exhibit", EXHIBITS, required=False),
        Input("words_checked", "tick", required=False),
        place="more",
    ),
    case(
        "attempts",
        Input("outcome", "choice", ("closed", "handed_unsigned", "signed")),
        NOTE,
        place="more",
    ),
    case("refuse-mediation", place="more"),
    case(
        "work",
        Input("note", "words", longest=500),
        Input("said", "words", required=False, longest=500),
        Input("said_by", "choice", SIDES, required=False),
        Input("methods", "several", METHODS, required=False),
        Input("rungs", "several", RUNGS, required=False),
        place="more",
    ),
    case(
        "police-report",
        Input("what", "words", longest=500),
        Input("at", "moment", required=False),
        Input("reference", "line", required=False, longest=64),
        place="more",
    ),
    case("reveal", Input("reason", "words", longest=500), place="more"),
)
