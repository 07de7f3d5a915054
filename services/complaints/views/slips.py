"""The survey on paper: the slip to print, and whether somebody's answer may still come on one."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel

from services.complaints.decisions.slips import is_awaited
from services.complaints.decisions.state import Case, Surveyed
from services.complaints.sentences import TEXTS, day
from shared.access.actor import Actor
from shared.texts import Language


class PaperSurvey(BaseModel):
    """`lines` in the order in which they are printed; the same for both sides, and nobody's name."""

    reference: str
    title: str
    lines: list[str]


def is_answered_on_paper(case: Case, actor: Actor, now: datetime) -> bool:
    """Whether a slip of it may still come, and be entered by this one."""
    entered_it = case.file.spoken is not None and case.file.spoken.captain_id == actor.member_id
    return isinstance(case, Surveyed) and is_awaited(case, now) and not entered_it


def paper_survey(case: Case, language: Language, *, together: bool) -> PaperSurvey:
    """What the link asks, word for word answerable with a pen; who complains `together` adds their own number."""
    survey = case.file.clock("survey")
    assert survey is not None  # noqa: S101
    own = ("slip_own_reference",) if together else ()
    asked = ("slip_voluntary", *own, "slip_solved", "slip_score", "slip_comment")
    lines = [TEXTS(code, language) for code in asked]
    until = TEXTS("slip_until", language, until=day(survey.until, language))
    return PaperSurvey(
        reference=case.file.reference,
        title=TEXTS("slip_title", language),
        lines=[*lines, until, TEXTS("paper_free", language)],
    )
