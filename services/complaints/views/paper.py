"""On paper: the notice with its reader's rights and how to answer, and the receipt of a pledge."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel

from services.complaints import events as e
from services.complaints.decisions import Case
from services.complaints.decisions.state import CaseFile
from services.complaints.sentences import TEXTS, day, word
from services.complaints.views.pledges import Said as Pledging
from services.complaints.views.pledges import written_down
from services.complaints.views.words import Words
from shared.texts import Language


class PaperNotice(BaseModel):
    """`lines` in the order in which they are printed; `code` where the reader is not on the platform yet."""

    reference: str
    title: str
    lines: list[str]
    code: str | None


def paper_notice(
    case: Case, words: Words, code: str | None, landline: str, language: Language
) -> PaperNotice:
    """It says what the shared summary says, and of a concealed complainant nothing else.

    To whom refused mediation it says that this ends it, and that they may still think otherwise.
    """
    refused = case.file.answer == "refuse"
    lines = [
        TEXTS("paper_matter", language, summary=words.summary or ""),
        *(_refused(case, language) if refused else _asked(case, language)),
        *([TEXTS("oral_call", language, landline=landline)] if landline else []),
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


def pledge_receipt(case: Case, said: Sequence[Pledging], language: Language) -> PaperNotice:
    """What they said, how it stands, and that it is no agreement: all they hold in their hand of it."""
    file = case.file
    lines = [
        TEXTS("pledge_paper_voluntary", language),
        *(line for one in written_down(said) for line in _on_paper(one, file, language)),
        TEXTS("pledge_paper_done", language),
        TEXTS("paper_free", language),
        TEXTS("paper_routes", language),
    ]
    title = TEXTS("pledge_paper_title", language)
    return PaperNotice(reference=file.reference, title=title, lines=lines, code=None)


def _on_paper(offered: e.PledgeOffered, file: CaseFile, language: Language) -> Sequence[str]:
    pledge = file.pledge(offered.pledge_id)
    assert pledge is not None and offered.entered is not None  # noqa: S101, PT018
    until, on = day(offered.due_on, language), day(offered.on, language)
    by = word(offered.entered.by, language)
    line = TEXTS("pledge_paper_line", language, what=offered.what, until=until, on=on, by=by)
    return line, TEXTS(f"pledge_paper_{pledge.status}", language)
