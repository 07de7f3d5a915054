"""Who has to know of a case, who else belongs to it, and who lives around it."""

from __future__ import annotations

from services.portal.steps.inputs import SIDES, Input, Step
from services.portal.steps.table.rows import case

PEOPLE = (
    case("serve", Input("how", "choice", ("visit", "paper")), place="more"),
    case(
        "add-party",
        Input("member_id", "option"),
        Input("side", "choice", SIDES),
        Input("capacity", "choice", ("owner", "tenant", "operator", "neighbour", "other")),
        Input("basis", "choice", ("own_statement", "established_fact"), required=False),
        Input("fact", "words", required=False, longest=500),
        place="more",
    ),
    case(
        "serve-party",
        Input("party_id", "option"),
        Input("how", "choice", ("visit", "paper")),
        place="more",
    ),
    case(
        "inquiries",
        Input("question", "words", longest=500),
        Input("place_ids", "several_options"),
        place="more",
    ),
    case("inquiries/answers", Input("ask_id", "option"), Input("text", "words"), place="more"),
    case(
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
)
