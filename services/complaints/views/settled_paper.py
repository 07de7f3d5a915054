"""和解书: what the sides settled themselves on paper, as sections for the PDF and as lines for the printed page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from services.complaints import events as e
from services.complaints.decisions import Case
from services.complaints.decisions.settlement import lacks
from services.complaints.sentences import TEXTS, day, moment, word
from services.complaints.terms import Side
from services.complaints.views.paper import PaperNotice
from services.complaints.views.words import Words
from shared.papers import Paper, Section
from shared.texts import Language

_SIDES: tuple[Side, ...] = ("complainant", "respondent")


def settlement_paper(case: Case, words: Words, address: str, language: Language, today: date) -> Paper:
    """What each side said and signed, from which day it holds or what it still lacks.

    Until the case is concluded it is a form to settle it on; it says that it is no agreement of the committee.
    """
    reference = TEXTS("settlement_reference", language, reference=case.file.reference)
    matter = TEXTS("paper_matter", language, summary=words.summary or "")
    sections = (
        Section(reference, (matter,)),
        *_said(words.settlement, language),
        Section(TEXTS("settlement_signed", language), tuple(_signed(words.settlement, language))),
        Section(TEXTS("settlement_effect", language), tuple(_effect(words, language, today))),
    )
    return Paper(TEXTS("settlement_title", language), sections, address)


def settlement_sheet(case: Case, words: Words, address: str, language: Language, today: date) -> PaperNotice:
    """The same, line by line."""
    paper = settlement_paper(case, words, address, language, today)
    lines = [line for section in paper.sections for line in (section.heading, *section.lines)]
    return PaperNotice(reference=case.file.reference, title=paper.title, lines=lines, code=None)


def _said(settlement: Sequence[e.SettlementSaid], language: Language) -> Iterator[Section]:
    """The words of each; of whoever agreed to the other's, that they did."""
    for said in settlement:
        side, on = word(said.side, language), day(said.on, language) if said.on else ""
        heading = TEXTS("settlement_said", language, side=side, day=on)
        if said is not settlement[0] and said.words_hash == settlement[0].words_hash:
            yield Section(heading, (TEXTS("settlement_agreed", language),))
        else:
            yield Section(heading, tuple(_words(said, language)))


def _words(said: e.SettlementSaid, language: Language) -> Iterator[str]:
    if said.note:
        yield said.note
    for one in said.promises:
        yield TEXTS(
            "settlement_promise",
            language,
            side=word(one.owner_side, language),
            what=one.what,
            measure=one.measure,
            until=day(one.due_on, language),
        )


def _signed(settlement: Sequence[e.SettlementSaid], language: Language) -> Iterator[str]:
    """Each side by its code, with the hash of the words it stands under; whoever has not may sign by hand."""
    by_code = {said.side: said for said in settlement if said.proven_at is not None}
    for side in _SIDES:
        said = by_code.get(side)
        if said is None or said.proven_at is None:
            yield TEXTS("settlement_sign", language, side=word(side, language))
        else:
            at = moment(said.proven_at, language)
            yield TEXTS(
                "settlement_signed_by_code", language, side=word(side, language), at=at, hash=said.words_hash
            )


def _effect(words: Words, language: Language, today: date) -> Iterator[str]:
    ended, reached = words.concluded, words.reached
    for lack in lacks(words.settlement, today):
        yield TEXTS(f"settlement_{lack}", language)
    if ended is not None and ended.result == "settled" and ended.note:
        yield ended.note
    if reached is not None:
        yield TEXTS("settlement_holds", language, day=day(reached.on, language))
    elif ended is not None and ended.result == "settled":
        yield TEXTS("settlement_holds", language, day=day(ended.on, language))
    else:
        yield TEXTS("settlement_not_yet", language)
    yield TEXTS("settlement_own", language)
    yield TEXTS("paper_routes", language)
