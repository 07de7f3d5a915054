"""A group case: how many complain together, and whose filings these are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.complaints import answers
from services.complaints.decisions.state import Case, Standing, stage_of, status_of
from services.complaints.similar import about, other_matters


@dataclass(frozen=True)
class Group:
    """The cases handled with a lead, each with its words, and from how many households on a number is told."""

    joined: tuple[tuple[Case, str], ...]
    floor: int


def of_lead(by: Standing, group: Group) -> dict[str, Any]:
    """Nothing of the single filings but to the coordinator: no list, no order, no exact number."""
    if not group.joined:
        return {"households": None, "joined": []}
    together = len(group.joined) + 1
    if by.role != "coordinator":
        return {"households": about(together, group.floor), "joined": []}
    return {"households": together, "joined": [_joined(case, words) for case, words in group.joined]}


def _joined(case: Case, words: str) -> answers.JoinedCase:
    file = case.file
    return answers.JoinedCase(
        id=file.case_id,
        reference=file.reference,
        stage=stage_of(case),
        status=status_of(case),
        other_matters=others(words, file.category),
    )


def others(words: str, category: str) -> list[answers.OtherMatter]:
    """What else a filing seems to speak of: a hint, so that no hazard is lost among many like words."""
    return [
        answers.OtherMatter(category=matter.category, subcategory=matter.subcategory)
        for matter in other_matters(words, category)
    ]
