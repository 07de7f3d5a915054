"""What the two sides settle themselves: the words one of them wrote, and the other's yes to just these words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Literal
from uuid import UUID, uuid5

from services.complaints.clocks import Clock
from services.complaints.commands import ConcludeCase, SettledPromise
from services.complaints.decisions.state import Circumstances, Deliberating, SettledTerm
from services.complaints.events import Event, OwedPromise, SettlementReached, SettlementSaid
from services.complaints.terms import Side
from shared.access.intents import proven
from shared.errors import Invalid, NotAllowed, Refused

Lack = Literal["other_side_silent", "words_differ", "nothing_promised", "one_side_promises", "words_lapsed"]
"""What a settlement still lacks, as the People's Mediation Law (art. 29) lists the parts of an agreement."""


def said(case: Deliberating, side: Side, command: ConcludeCase, at: Circumstances) -> SettlementSaid:
    """Who agrees to the other's words adds none; a promise's day is not over, or it were broken once signed.

    Either is signed by the one-time code. Raises Invalid, Refused.
    """
    if command.agrees_to is not None:
        if command.agrees_to != case.settlement:
            raise Refused("other_settlement_words")
        if command.note or command.promises:
            raise Invalid("/agrees_to", "settlement_words_of_both")
        if have_lapsed(case.terms, at.today):
            raise Refused("settlement_day_over")
        proven_at = proven(command.intent, command.agrees_to)
        return SettlementSaid(side, None, (), command.agrees_to, at.by.party_id, at.today, proven_at)
    named = named_by(case.file.reference, command.note, command.promises, at.today)
    proven_at = proven(command.intent, named)
    return SettlementSaid(side, command.note, command.promises, named, at.by.party_id, at.today, proven_at)


def named_by(reference: str, note: str | None, promises: Sequence[SettledPromise], today: date) -> str:
    """What a code is asked for, to settle it in these words. Raises Invalid where a promise's day is over."""
    for place, promise in enumerate(promises):
        if promise.due_on < today:
            raise Invalid(f"/promises/{place}/due_on", "in_the_past")
    return words_hash(reference, note, promises)


def have_lapsed(promises: Sequence[SettledTerm | SettledPromise], today: date) -> bool:
    """Whether the day of one of them passed before both signed: nobody holds to these words, and either writes anew."""
    return any(one.due_on < today for one in promises)


def standing(case: Deliberating, today: date) -> Deliberating:
    """The case without words that nobody may sign any more."""
    if not have_lapsed(case.terms, today):
        return case
    return replace(case, settled_by=(), settlement=None, terms=())


def terms_of(said: SettlementSaid) -> tuple[SettledTerm, ...]:
    """What is promised in the words of one side."""
    return tuple(
        SettledTerm(said.side, place, one.owner_side, one.due_on) for place, one in enumerate(said.promises)
    )


def reached(case: Deliberating, answer: SettlementSaid, of: UUID, at: Circumstances) -> list[Event]:
    """What both hold to, followed one by one: all of the words both signed, or else what each promised itself.

    Nothing where nothing was promised.
    """
    if answer.words_hash == case.settlement:
        terms = case.terms
    else:
        both = (*case.terms, *terms_of(answer))
        terms = tuple(one for one in both if one.owed_by == one.written_by)
    promises = tuple(_owed(one, uuid5(of, f"{one.written_by}/{one.place}"), at) for one in terms)
    return [SettlementReached(at.today, promises)] if promises else []


def _owed(term: SettledTerm, pledge_id: UUID, at: Circumstances) -> OwedPromise:
    """Until the day that was named: it is never moved."""
    clock = Clock("pledge", at.today, term.due_on, term.due_on, of=pledge_id)
    return OwedPromise(pledge_id, term.owed_by, term.written_by, term.place, clock)


def require_none(command: ConcludeCase) -> None:
    """Whoever else says how it ended promises nothing for the sides. Raises NotAllowed."""
    if command.promises or command.agrees_to is not None:
        raise NotAllowed


def words_hash(reference: str, note: str | None, promises: Sequence[SettledPromise]) -> str:
    """SHA-256 of the matter, its words and promises in one form: whoever agrees names the very words they read, and
    signs them in no other matter.
    """
    rows = [[one.owner_side, one.what, one.measure, one.due_on.isoformat()] for one in promises]
    written = json.dumps([reference, note or "", rows], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def lacks(words: Sequence[SettlementSaid], today: date) -> list[Lack]:
    """What is missing for both sides to hold the same complete words in their hands."""
    promises = [promise for one in words for promise in one.promises]
    is_open = len({one.side for one in words}) == 1
    lapsed = is_open and have_lapsed(promises, today)
    found: dict[Lack, bool] = {
        "words_lapsed": lapsed,
        "other_side_silent": is_open and not lapsed,
        "words_differ": len({one.words_hash for one in words}) > 1,
        "nothing_promised": not promises,
        "one_side_promises": len({one.owner_side for one in promises}) == 1,
    }
    return [lack for lack, holds in found.items() if holds]
