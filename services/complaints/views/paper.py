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
    """It says what the shared summary says, and of a concealed complainant nothing else.

    To whom refused mediation it says that this ends it, and that they may still think otherwise.
    """
    refused = case.file.answer == "refuse"
    lines = [
        TEXTS("paper_matter", language, summary=words.summary or ""),
        *(_refused(case, language) if refused else _asked(case, language)),
        *([TEXTS("paper_code", language, reference=case.file.reference, claim_code=code)] if code else []),
        TEXTS("paper_routes", language),
    ]
    title = TEXTS("paper_refused_title" if refused else "paper_title", language)
    return PaperNotice(reference=case.file.reference, title=title, lines=lines, code=code)


def _asked(case: Case, language: Language) -> list[str]:
    month = case.file.clock("mediation")
    assert month is not None  # noqa: S101
    return [
        TEXTS("paper_rights", language),
        TEXTS("paper_free", language),
        TEXTS("paper_until", language, until=day(month.until, language)),
        TEXTS("paper_answer", language),
    ]


def _refused(case: Case, language: Language) -> list[str]:
    goes_on = [TEXTS("paper_goes_on", language)] if case.file.open_referrals else []
    return [TEXTS("paper_refused", language), TEXTS("paper_free", language), *goes_on]
