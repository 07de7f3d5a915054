"""Cases handled as one, and those who complain together."""

from __future__ import annotations

from services.portal.steps.inputs import Input, Step
from services.portal.steps.table.rows import case

TOGETHER = (
    case("join", Input("lead_case_id", "option"), place="more"),
    case("gather", Input("references", "several_options"), place="more"),
    case("split", Input("subcategory", "option"), Input("description", "words"), place="more"),
    case("leads", Input("members", "several_options")),
    case("leads/accept", Input("words", "words", longest=500)),
    case("speakers/volunteer", Input("willing", "yes_no"), place="more"),
    case("speakers/draw", place="more"),
    case("thread", Input("text", "words", longest=1000), place="more"),
    Step(
        "thread_release",
        "complaints",
        "/v1/cases/{case}/thread/{target}/release",
        "post",
        (Input("text", "words", required=False, longest=1000),),
        "more",
    ),
    case("separate", place="more"),
)
