"""What of a mediation stands against somebody's erasure, how long its file is kept, and what goes then. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta

from services.mediation.rules import Rules
from services.mediation.state import STATUS, Ended, Opened, Performed
from shared.contracts.erasure import Obligation

WORDS = frozenset(
    {
        *("facts", "terms", "what", "measure", "minutes", "proof", "dispute", "impossible"),
        *("explanation", "text", "point", "name", "note", "document_no", "contents", "witness"),
    }
)
"""The fields of a mediation's state in which somebody's words or name stand."""


def obligation(state: Opened) -> Obligation | None:
    """A mediation that runs, or an agreement on which something is still owed."""
    if isinstance(state, Ended | Performed) or STATUS[type(state)] == "deserted":
        return None
    ground = "running_agreement" if STATUS[type(state)] == "performing" else "open_mediation"
    return Obligation(ground=ground, reference=state.matter.reference)


def kept_until(ended_on: date, rules: Rules) -> date:
    """The committee must keep a file of each mediation (People's Mediation Law art. 27); the law names no time."""
    until: date = ended_on + relativedelta(months=rules.archive_months)
    return until


def without_words(json: Mapping[str, Any], under: str = "") -> dict[str, Any]:
    """A state as its row holds it, with nobody's words left; days, sides, outcomes and hashes stay."""
    return {key: _silent(value, key, under) for key, value in json.items()}


def _silent(value: Any, key: str, under: str) -> Any:
    match value:
        case str() if key in WORDS or (key, under) == ("reason", "dispute"):
            return ""
        case Mapping():
            return without_words(value, key)
        case list() if key in WORDS:
            return []
        case list():
            return [without_words(one, key) if isinstance(one, Mapping) else one for one in value]
        case _:
            return value
