"""How a row is written, by what it is about: the address follows from the word."""

from __future__ import annotations

from services.portal.steps.inputs import About, Input, Place, Step, step_name

EXHIBITS = ("photo", "audio", "video", "document")

SHEET = (
    Input("party", "option"),
    Input("hand", "choice", ("pen", "fingerprint")),
    Input("signed_on", "day"),
    Input("witness", "line", longest=100),
    Input("witness_apart", "tick"),
    Input("file", "exhibit", EXHIBITS),
)
"""What a party without an account signed by hand: who, how, when, before whom, and its picture."""

NOTE = Input("note", "words", required=False, longest=500)


def case(word: str, *inputs: Input, place: Place = "first") -> Step:
    return Step(step_name(word), "complaints", f"/v1/cases/{{target}}/{word}", "case", inputs, place)


def mediation(word: str, *inputs: Input, place: Place = "first") -> Step:
    path = f"/v1/mediations/{{target}}/{word.replace('_', '-')}"
    return Step(step_name(word), "mediation", path, "mediation", inputs, place)


def agreement(name: str, *inputs: Input, place: Place = "first") -> Step:
    path = f"/v1/agreements/{{target}}/{name.replace('_', '-')}"
    return Step(name, "mediation", path, "agreement", inputs, place)


def entered(word: str, about: About, *inputs: Input) -> Step:
    """What a party without an account signed by hand, entered for them by those who were there."""
    path = f"/v1/{about}s/{{target}}/{word}/on-paper"
    return Step(f"{word}_on_paper", "mediation", path, about, (*inputs, *SHEET), "more")


def wording_of(word: str, *inputs: Input) -> Step:
    path = f"/v1/agreements/{{target}}/wording/{word}"
    return Step(f"wording_{word}", "mediation", path, "agreement", inputs)


def commitment(word: str, *inputs: Input, place: Place = "first") -> Step:
    path = f"/v1/commitments/{{target}}/{word}"
    return Step(step_name(word), "mediation", path, "commitment", inputs, place)


def evidence(name: str, word: str, *inputs: Input, fixed: tuple[tuple[str, str], ...] = ()) -> Step:
    path = f"/v1/cases/{{case}}/evidence/{{target}}/{word}"
    return Step(name, "complaints", path, "evidence", inputs, "more", fixed)


def service(word: str, *inputs: Input) -> Step:
    path = f"/v1/cases/{{case}}/services/{{target}}/{word}"
    return Step(f"services_{word}", "complaints", path, "service", inputs, "more")


def pledge(word: str, *inputs: Input) -> Step:
    path = f"/v1/cases/{{case}}/pledges/{{target}}/{word}"
    return Step(f"pledges_{word}", "complaints", path, "pledge", inputs)
