"""What the sides settle, promise and are offered without a mediator."""

from __future__ import annotations

from services.portal.steps.inputs import SLIPS, Input, Step
from services.portal.steps.table.rows import EXHIBITS, NOTE, case, pledge, service

SETTLING = (
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
        (NOTE, Input("promises", "promises", required=False), Input("code", "code", required=False)),
        fixed=(("result", "settled"),),
        word="conclude",
        named_at="/v1/cases/{target}/settlement/words",
    ),
    case("conclude", Input("result", "choice", ("settled", "adopted", "no_agreement")), NOTE),
    pledge("answer", Input("wanted", "yes_no")),
    pledge(
        "proof",
        Input("text", "words", longest=500),
        Input("file", "exhibit", EXHIBITS, required=False),
    ),
    pledge("confirm"),
    pledge("dispute", Input("reason", "words", longest=500)),
    case("pledges", Input("what", "words", longest=500), Input("due_on", "day"), place="more"),
    case(
        "enter-pledge",
        Input("what", "words", longest=500),
        Input("due_on", "day"),
        Input("slip", "choice", SLIPS),
        Input("received_on", "day"),
        place="more",
    ),
    case(
        "services",
        Input("offered_to", "option"),
        Input("service", "option"),
        Input("note", "words", required=False, longest=500),
        place="more",
    ),
    service("answer", Input("taken", "yes_no")),
)
