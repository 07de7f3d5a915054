"""How a matter stands, in words for a child: no name, no side, no law."""

from __future__ import annotations

from pydantic import BaseModel

from services.complaints.decisions.state import Case, stage_of
from services.complaints.sentences import TEXTS
from services.complaints.terms import Stage
from shared.texts import Language


class ChildView(BaseModel):
    """A few short sentences."""

    reference: str
    stage: Stage
    ended_in: Stage | None
    lines: list[str]
    help: str


def child_view(case: Case, ended_in: Stage | None, language: Language) -> ChildView:
    """What happens now, and whom to call."""
    stage = stage_of(case)
    lines = [TEXTS(f"child_{stage}", language), TEXTS("child_not_your_fault", language)]
    return ChildView(
        reference=case.file.reference,
        stage=stage,
        ended_in=ended_in,
        lines=lines,
        help=TEXTS("child_help", language),
    )
