"""What may become of a covenant (公约): entered as a meeting adopted it, in versions, until it ends.

A covenant is voluntary self-discipline: nobody in a neighbourhood may fine anybody, so no clause speaks of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from services.alliance.commands import (
    CovenantCommand,
    EndCovenant,
    FileCovenant,
    RegisterCovenant,
    ReplaceCovenant,
)
from services.alliance.events import CovenantAdopted, CovenantEnded, CovenantEvent, CovenantFiled
from shared.errors import Invalid, NotFound, Refused

PENALTY = re.compile(r"[罚罰]|[没沒]收|扣.{0,3}[款钱錢押]|滞纳金|违约金")
PENALTY_IN_ENGLISH = re.compile(
    r"\bfine[sd]\b|\bfine of\b|\b(?:a|yuan|rmb) fine\b|\bpenalt(?:y|ies)\b", re.IGNORECASE | re.ASCII
)
"""Words of punishing: a covenant cannot, whatever a meeting decides. A reminder to whoever types: no list is whole."""

CONTACT = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{9,11})(?!\d)|(?<!\d)\d{17}[\dXx]|\w@\w")
"""A telephone number, an identity number or a mail address: everybody would read it."""

Standing = Literal["coming", "in_force", "ended"]


@dataclass(frozen=True)
class Unregistered:
    """Not in the register yet."""


@dataclass(frozen=True)
class Adopted:
    """All its versions, the newest last."""

    versions: tuple[CovenantAdopted, ...]


@dataclass(frozen=True)
class Ended:
    """From the day `on` it is not in force any more, for this reason."""

    versions: tuple[CovenantAdopted, ...]
    on: date
    reason: str


Covenant = Adopted | Ended
CovenantState = Unregistered | Covenant


def decide(state: CovenantState, command: CovenantCommand, today: date) -> list[CovenantEvent]:
    """Events that follow from `command`, or a refusal that names the field. Raises Invalid, Refused, NotFound."""
    match state, command:
        case Unregistered(), RegisterCovenant(adopted=adopted):
            return [_adopted(adopted, (), today)]
        case Adopted(versions), ReplaceCovenant(follows=follows, adopted=adopted):
            if adopted == versions[-1]:
                return []
            _require_newest(versions, follows)
            return [_adopted(adopted, versions, today)]
        case Adopted(versions), FileCovenant(follows=follows, on=on):
            _require_newest(versions, follows)
            _require_filed_between("/on", versions[-1].adopted_on, on, today)
            return [] if versions[-1].filed_on == on else [CovenantFiled(on)]
        case Adopted(versions), EndCovenant(follows=follows, on=on, reason=reason):
            _require_newest(versions, follows)
            if on < versions[-1].adopted_on:
                raise Invalid("/on", "ended_before_adopted")
            _require_words("/reason", reason)
            return [CovenantEnded(on, reason)]
        case Ended(), _:
            raise Refused("covenant_is_over")
        case Adopted(), _:
            raise Refused("already_registered")
        case _:
            raise NotFound


def _require_newest(versions: tuple[CovenantAdopted, ...], follows: int) -> None:
    if follows != len(versions):
        raise Refused("changed_meanwhile")


def _adopted(adopted: CovenantAdopted, before: tuple[CovenantAdopted, ...], today: date) -> CovenantAdopted:
    _require_words("/title", adopted.title)
    _require_words("/title_en", adopted.title_en or "")
    _require_words("/meeting/place", adopted.meeting.place)
    for index, clause in enumerate(adopted.clauses):
        _require_words(f"/clauses/{index}/text", clause.text)
    _require_numbers(adopted, before)
    _require_days(adopted, before, today)
    _require_counts(adopted)
    return adopted


def _require_words(field: str, text: str) -> None:
    read = unicodedata.normalize("NFKC", text)
    closed_up = re.sub(r"[\s-]", "", read)
    punishing = PENALTY.search(closed_up) or PENALTY_IN_ENGLISH.search(read)
    if punishing:
        raise Invalid(field, "covenant_without_fines", word=punishing[0])
    if CONTACT.search(closed_up):
        raise Invalid(field, "covenant_without_contacts")


def _require_numbers(adopted: CovenantAdopted, before: tuple[CovenantAdopted, ...]) -> None:
    """A clause keeps its number, and the number of one that was dropped is never another's."""
    last = set(_numbers(before[-1])) if before else set()
    used = {number for version in before for number in _numbers(version)}
    seen = 0
    for index, number in enumerate(_numbers(adopted)):
        if number <= seen:
            raise Invalid(f"/clauses/{index}/number", "clauses_out_of_order")
        if number not in last and number <= max(used, default=0):
            raise Invalid(f"/clauses/{index}/number", "clause_number_used")
        seen = number


def _numbers(adopted: CovenantAdopted) -> Iterator[int]:
    return (clause.number for clause in adopted.clauses)


def _require_days(adopted: CovenantAdopted, before: tuple[CovenantAdopted, ...], today: date) -> None:
    if adopted.adopted_on > today:
        raise Invalid("/adopted_on", "not_adopted_yet")
    if before and adopted.adopted_on < before[-1].adopted_on:
        raise Invalid("/adopted_on", "adopted_before_former")
    if adopted.in_force_from < adopted.adopted_on or (
        before and adopted.in_force_from < before[-1].in_force_from
    ):
        raise Invalid("/in_force_from", "in_force_too_early")
    if adopted.filed_on is not None:
        _require_filed_between("/filed_on", adopted.adopted_on, adopted.filed_on, today)


def _require_filed_between(field: str, adopted_on: date, filed_on: date, today: date) -> None:
    if not adopted_on <= filed_on <= today:
        raise Invalid(field, "filed_on_does_not_fit")


def _require_counts(adopted: CovenantAdopted) -> None:
    counted = [count.side for count in adopted.meeting.counts]
    for index, count in enumerate(adopted.meeting.counts):
        if count.side not in adopted.sides or counted.count(count.side) > 1:
            raise Invalid(f"/meeting/counts/{index}/side", "counted_side_does_not_fit")
        if count.in_favour > count.present:
            raise Invalid(f"/meeting/counts/{index}/in_favour", "more_in_favour_than_present")


def evolve(state: CovenantState, event: CovenantEvent) -> CovenantState:
    """The covenant after `event`."""
    match state, event:
        case Unregistered(), CovenantAdopted():
            return Adopted((event,))
        case Adopted(versions), CovenantAdopted():
            return Adopted((*versions, event))
        case Adopted(versions), CovenantFiled(on):
            return Adopted((*versions[:-1], replace(versions[-1], filed_on=on)))
        case Adopted(versions), CovenantEnded(on, reason):
            return Ended(versions, on, reason)
        case _:
            return state


def standing(state: Covenant, today: date) -> Standing:
    """Whether people live by it on a day."""
    if isinstance(state, Ended) and state.on <= today:
        return "ended"
    return "in_force" if state.versions[0].in_force_from <= today else "coming"


def current(state: Covenant, today: date) -> int:
    """The number of the version that holds on a day: the newest one in force, or the first while none is yet."""
    begun = [number for number, one in enumerate(state.versions, 1) if one.in_force_from <= today]
    return begun[-1] if begun else 1
