"""What waits for somebody, of cases and of mediations together: which matter, and what is asked of them in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.portal.answers import CaseLine, MediationLine

ASKED: Mapping[tuple[str, str], str] = {
    ("accepted", "respondent"): "answer",
    ("served", "respondent"): "answer",
    ("settling_directly", "complainant"): "settlement",
    ("settling_directly", "respondent"): "settlement",
    ("keeping_settlement", "complainant"): "promise",
    ("keeping_settlement", "respondent"): "promise",
    ("pledged", "complainant"): "promise",
    ("pledged", "respondent"): "promise",
    ("surveyed", "complainant"): "survey",
    ("surveyed", "respondent"): "survey",
    ("surveyed", "former"): "survey",
}
"""What a case that waits for somebody asks of them, by where it stands and their part in it, where that says it."""


@dataclass(frozen=True)
class Waiting:
    """A matter that waits, and what for; `case` where it is one of their own."""

    address: str
    reference: str
    asks: tuple[str, ...]
    case: CaseLine | None = None


def waiting(
    in_cases: Sequence[CaseLine], own: Iterable[CaseLine], in_mediation: Sequence[MediationLine]
) -> list[Waiting]:
    """Each matter once, whichever service asks."""
    known = {line.id: line for line in (*own, *in_cases)}
    asked: dict[UUID, tuple[str, ...]] = {line.id: _asks(line) for line in in_cases}
    of_mediation = {line.case_id: line for line in in_mediation}
    for case_id, line in of_mediation.items():
        asked[case_id] = (*asked.get(case_id, ()), *line.waits)
    return [_one(case_id, asks, known.get(case_id), of_mediation) for case_id, asks in asked.items()]


def _asks(line: CaseLine) -> tuple[str, ...]:
    known = ASKED.get((line.status, line.role_in_case))
    return (known,) if known else ()


def _one(
    case_id: UUID,
    asks: tuple[str, ...],
    case: CaseLine | None,
    of_mediation: Mapping[UUID, MediationLine],
) -> Waiting:
    """Whoever is only a guest in it has no case to open, and answers at the desk."""
    if case is not None:
        return Waiting(f"/cases/{case_id}", case.reference, asks, case)
    line = of_mediation[case_id]
    address = "/mediations" if line.roles == ("guest",) else f"/cases/{case_id}"
    return Waiting(address, line.reference, asks)
