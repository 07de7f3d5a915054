"""The notice on paper: what the matter is, what its reader's rights are, and how to answer."""

from __future__ import annotations

from pydantic import BaseModel

from services.complaints.decisions import Case
from services.complaints.sentences import TEXTS, day
from services.complaints.views.cases import Words
from shared.texts import Language


class PaperNotice(BaseModel):
    """`lines` in the order in which they are printed; `code` where the reader is not on the platform yet."""

    reference: str
    title: str
    lines: list[str]
    code: str | None


def paper_notice(case: Case, words: Words, code: str | None, language: Language) -> PaperNotice:
    """It says what the shared summary says, and of a concealed complainant nothing else."""
    month = case.file.clock("mediation")
    assert month is not None  # noqa: S101
    lines = [
        TEXTS("paper_matter", language, summary=words.summary or ""),
        TEXTS("paper_rights", language),
        TEXTS("paper_free", language),
        TEXTS("paper_until", language, until=day(month.until, language)),
        TEXTS("paper_answer", language),
        *([TEXTS("paper_code", language, reference=case.file.reference, claim_code=code)] if code else []),
        TEXTS("paper_routes", language),
    ]
    return PaperNotice(
        reference=case.file.reference, title=TEXTS("paper_title", language), lines=lines, code=code
    )
