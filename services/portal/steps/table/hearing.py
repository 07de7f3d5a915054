"""Taking a matter on, answering it, and the way it goes on."""

from __future__ import annotations

from services.portal.steps.inputs import Input
from services.portal.steps.table.rows import case

HEARING = (
    case(
        "accept",
        Input("shared_summary", "words", longest=1000),
        Input("respondent_id", "option", required=False),
        Input("respondent_fact", "words", required=False, longest=500),
        Input("tier", "choice", ("urgent", "ordinary", "complex"), required=False),
        Input("words_checked", "tick", required=False),
    ),
    case("category", Input("subcategory", "option"), place="more"),
    case("health-sharing", Input("shared", "yes_no")),
    case(
        "health-consent",
        Input("how", "choice", ("told_in_person", "phone", "written")),
        Input("told_on", "day"),
        Input("shared", "yes_no"),
    ),
    case(
        "answer",
        Input("kind", "choice", ("agree", "propose", "dispute", "counter_claim", "add_party")),
        Input("text", "words"),
    ),
    case(
        "leaving",
        Input("former_id", "option", required=False),
        Input("wish", "choice", ("leave_to_flat", "close"), required=False),
        Input("text", "words", required=False),
    ),
    case(
        "invitation",
        Input("invited_id", "option", required=False),
        Input("affected", "yes_no"),
        Input("text", "words", required=False),
    ),
    case("route", Input("path", "choice", ("mediation", "direct", "topic"))),
    case("extension/consent"),
    case("extension/decline"),
)
