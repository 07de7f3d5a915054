"""From consenting to a mediation to what is said in it; `AT_THE_TABLE` is for who leads it, so it comes late."""

from __future__ import annotations

from services.portal.steps.inputs import GUESTS, LANGUAGES, RELATIONS, SIDES, Input
from services.portal.steps.table.rows import entered, mediation

MEDIATING = (
    mediation(
        "consent",
        Input("separate", "tick", required=False),
        Input("languages", "several", LANGUAGES, required=False),
        Input("available", "windows"),
    ),
    entered(
        "consent",
        "mediation",
        Input("separate", "tick", required=False),
        Input("languages", "several", LANGUAGES, required=False),
        Input("available", "windows"),
    ),
    entered("refuse", "mediation"),
    mediation("joint-session", Input("agreed", "yes_no")),
    mediation("openness", Input("open", "yes_no"), place="more"),
    mediation("schedule-together", Input("with_mediation_id", "option")),
    mediation("nominate", Input("mediator_id", "option", required=False)),
    mediation("accept_mediator"),
    mediation("take", Input("relation", "choice", RELATIONS, required=False)),
    mediation("slots"),
    mediation("answers", Input("answers", "slots"), Input("available", "windows")),
    mediation(
        "answers/by-mouth",
        Input("party", "option"),
        Input("answers", "slots"),
        Input("available", "windows"),
        place="more",
    ),
    mediation("schedule", Input("slot_id", "option")),
    mediation("invite/agree", Input("guest_id", "option")),
    mediation("invite/decline", Input("guest_id", "option")),
    mediation(
        "invite/answer",
        Input("comes", "yes_no"),
        Input("relation", "choice", RELATIONS, required=False),
    ),
    mediation("minutes", Input("text", "words")),
    mediation("restatements/answer", Input("right", "yes_no")),
    mediation(
        "agreement",
        Input("form", "choice", ("written", "oral")),
        Input("agreed_on", "day", required=False),
        Input("facts", "words", required=False),
        Input("terms", "words"),
        Input("commitments", "promises"),
    ),
)

AT_THE_TABLE = (
    mediation("reschedule", Input("slot_id", "option"), Input("reason", "words", longest=500), place="more"),
    mediation(
        "invite",
        Input("role", "choice", GUESTS),
        Input("member_id", "person"),
        Input("name", "line", required=False, longest=100),
        Input("required", "tick", required=False),
        place="more",
    ),
    mediation("invite/withdraw", Input("guest_id", "option"), place="more"),
    mediation(
        "absences",
        Input("side", "choice", SIDES),
        Input("waited_minutes", "number", required=False),
        place="more",
    ),
    mediation("default-path", Input("choice", "choice", ("again", "refer", "fail"))),
    mediation(
        "absences/explain",
        Input("text", "words"),
        Input("side", "choice", SIDES, required=False),
        place="more",
    ),
    mediation("absences/excuse", Input("side", "choice", SIDES), Input("seen_on", "day"), place="more"),
    mediation("minutes/release", place="more"),
    mediation("exchange", Input("complainant", "number"), Input("respondent", "number"), place="more"),
    mediation("restatements", Input("side", "choice", SIDES), Input("text", "words"), place="more"),
    mediation("findings", Input("point", "line", longest=200), Input("established", "yes_no"), place="more"),
    mediation("caucus_notes", Input("side", "choice", SIDES), Input("text", "words"), place="more"),
)
