"""What is asked once the last word is said: whether it lasts, how it went, what a child is shown."""

from __future__ import annotations

from services.portal.steps.inputs import SIDES, SLIPS, Input
from services.portal.steps.table.rows import NOTE, case

REVIEWING = (
    case("return-visits", Input("lasting", "yes_no"), NOTE),
    case(
        "survey",
        Input("solved", "yes_no"),
        Input("score", "score"),
        Input("comment", "words", required=False, longest=1000),
        Input("share_comment", "tick", required=False),
    ),
    case("receipt-handed", Input("on", "day")),
    case("taken-down"),
    case("let-child-follow", Input("allowed", "yes_no"), place="more"),
    case("let-on-board", Input("allowed", "yes_no"), place="more"),
    case("takedown", Input("side", "choice", SIDES), place="more"),
    case(
        "child-heard",
        Input("words", "words"),
        Input("present", "several", ("guardian", "volunteer", "coordinator", "mediator")),
        place="more",
    ),
    case(
        "survey-aloud",
        Input("solved", "yes_no"),
        Input("score", "score"),
        Input("comment", "words", required=False, longest=1000),
        Input("share_comment", "tick", required=False),
    ),
    case(
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
    case(
        "return",
        Input("result", "option"),
        Input("note", "words", longest=500),
        Input("public_note", "words", required=False, longest=500),
        Input("document_no", "line", required=False),
    ),
)
