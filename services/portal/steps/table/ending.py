"""How a case or a mediation ends before its time, or begins anew: rare, so it comes last."""

from __future__ import annotations

from services.portal.steps.inputs import Input
from services.portal.steps.table.rows import NOTE, case, mediation

ENDING = (
    case(
        "decline",
        Input("reason", "option"),
        Input("next_address", "option"),
        NOTE,
        place="more",
    ),
    mediation("decline_mediator", place="more"),
    mediation("stop", Input("note", "words", required=False), place="more"),
    mediation("pass_on", place="more"),
    mediation("refuse", place="more"),
    mediation(
        "fail",
        Input(
            "reason",
            "choice",
            ("no_agreement", "absent", "no_common_time", "not_mediable", "conflict_discovered"),
        ),
        place="more",
    ),
    case(
        "withdraw",
        Input("reason", "choice", ("settled_privately", "moved", "no_longer", "other"), required=False),
        Input("pressured", "tick", required=False),
        NOTE,
        place="more",
    ),
    case("reopen", Input("reason", "words", longest=500), place="more"),
)
