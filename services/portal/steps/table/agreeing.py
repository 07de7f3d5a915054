"""Signing an agreement and keeping it; `IN_COURT` is what few ask for, so it comes late."""

from __future__ import annotations

from services.portal.steps.inputs import Input, Step
from services.portal.steps.table.rows import EXHIBITS, agreement, commitment, entered, mediation, wording_of

AGREEING = (
    agreement(
        "opt_in",
        Input("content_hash", "hidden"),
        Input("agrees", "yes_no"),
        Input("code", "code", required=False),
    ),
    agreement("sign", Input("content_hash", "hidden"), Input("code", "code")),
    entered("sign", "agreement", Input("content_hash", "hidden")),
    agreement("mark"),
    agreement("record", Input("terms", "words"), Input("commitments", "wording")),
    wording_of("accept"),
    wording_of("dispute", Input("reason", "words")),
    commitment("proof", Input("text", "words"), Input("file", "exhibit", EXHIBITS, required=False)),
    commitment("confirm"),
    commitment("dispute", Input("reason", "words")),
    commitment(
        "by-mouth",
        Input("said", "choice", ("confirmed", "disputed")),
        Input("told_on", "day"),
        Input("words", "words", required=False),
    ),
    commitment("grant-day", Input("until", "day"), place="more"),
    commitment("waive", place="more"),
    commitment("decline-performance", place="more"),
    commitment("impossible", Input("reason", "words", longest=500), place="more"),
    mediation(
        "amendment",
        Input("replaces", "several_options", required=False),
        Input("terms", "words"),
        Input("commitments", "promises"),
        place="more",
    ),
    mediation("amendment/decline", place="more"),
)

IN_COURT = (
    agreement("confirm_in_court", place="more"),
    Step(
        "confirm_in_court_by_mouth",
        "mediation",
        "/v1/agreements/{target}/confirm-in-court/by-mouth",
        "agreement",
        (Input("told_on", "day"),),
        "more",
    ),
    agreement(
        "court_result",
        Input("confirmed", "yes_no"),
        Input("decided_on", "day"),
        Input("document_no", "line", longest=64),
        place="more",
    ),
    mediation("handover", Input("sha256", "pack"), place="more"),
)
