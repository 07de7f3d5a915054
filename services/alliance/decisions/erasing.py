"""Whether a person may be erased (PIPL art. 47), and how far it is. Pure.

Those services weigh it whose matters may oblige somebody; nothing is erased anywhere before all of them have said
that nothing stands against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from shared.clock import local_day
from shared.contracts.erasure import Erased, Kept, Obligation
from shared.errors import Refused

WEIGHING = frozenset({"complaints", "mediation"})
"""Whose matters may stand against it."""

HOLDING = frozenset({"alliance", "complaints", "mediation", "notifications"})
"""Who holds something of a person, and says when it is gone."""

PRIVATE = frozenset({"resident", "merchant"})
"""Roles one has for oneself. Whoever holds an office gives it back first: others' matters hang on it."""


@dataclass(frozen=True)
class Part:
    """What one service said on a day: what was gone there, and what stays, which counts as it said last."""

    service: str
    on: date
    erased: tuple[Erased, ...] = ()
    kept: tuple[Kept, ...] = ()


@dataclass(frozen=True)
class Unasked:
    """Nobody asked yet."""


@dataclass(frozen=True)
class Weighing:
    """Asked; `said` holds the services that have answered, and what stands against it there."""

    member_id: UUID
    said: tuple[tuple[str, tuple[Obligation, ...]], ...] = ()

    @property
    def waits_for(self) -> frozenset[str]:
        return WEIGHING - {service for service, _ in self.said}


@dataclass(frozen=True)
class RefusedSoFar:
    """Something stands against it; whoever asked may ask again when that is over."""

    member_id: UUID
    on: date
    obligations: tuple[Obligation, ...]


@dataclass(frozen=True)
class Erasing:
    """Granted: each service erases and says so."""

    member_id: UUID
    on: date
    parts: tuple[Part, ...] = ()

    @property
    def waits_for(self) -> frozenset[str]:
        return HOLDING - {part.service for part in self.parts}


@dataclass(frozen=True)
class Completed:
    """All have said so. What stayed may still go later, and its service says so then."""

    member_id: UUID
    on: date
    parts: tuple[Part, ...]


Erasure = Weighing | RefusedSoFar | Erasing | Completed
State = Unasked | Erasure


Consent = Literal["written", "told_in_person"]
"""How somebody said it at the desk who cannot confirm by a code."""


@dataclass(frozen=True)
class AskErasure:
    member_id: UUID
    roles: frozenset[str]
    consent: Consent | None = None


@dataclass(frozen=True)
class NoteWeighed:
    service: str
    obligations: tuple[Obligation, ...]


@dataclass(frozen=True)
class NoteErased:
    part: Part


Command = AskErasure | NoteWeighed | NoteErased


@dataclass(frozen=True)
class ErasureAsked:
    member_id: UUID
    consent: Consent | None = None
    """How they said it to whoever asks for them; None: they confirmed by a code."""


@dataclass(frozen=True)
class ErasureWeighed:
    service: str
    obligations: tuple[Obligation, ...]


@dataclass(frozen=True)
class ErasureRefused:
    on: date
    obligations: tuple[Obligation, ...]


@dataclass(frozen=True)
class ErasureGranted:
    on: date


@dataclass(frozen=True)
class PartErased:
    part: Part


@dataclass(frozen=True)
class ErasureCompleted:
    on: date


Event = ErasureAsked | ErasureWeighed | ErasureRefused | ErasureGranted | PartErased | ErasureCompleted


def decide(state: State, command: Command, now: datetime) -> list[Event]:
    """Events that follow; none for what came twice or after its time. Raises Refused for who holds an office."""
    match state, command:
        case Unasked(), AskErasure(member_id, roles, consent):
            if offices := roles - PRIVATE:
                raise Refused("holds_office", roles=", ".join(sorted(offices)))
            return [ErasureAsked(member_id, consent)]
        case Weighing(), NoteWeighed(service, obligations) if service in state.waits_for:
            return [ErasureWeighed(service, obligations), *_verdict(state, command, now)]
        case Erasing() | Completed(), NoteErased(part) if part in state.parts:
            return []
        case Erasing(), NoteErased(part):
            is_last = state.waits_for == {part.service}
            return [PartErased(part), *([ErasureCompleted(local_day(now))] if is_last else [])]
        case Completed(), NoteErased(part):
            return [PartErased(part)]
        case _:
            return []


def _verdict(state: Weighing, command: NoteWeighed, now: datetime) -> list[Event]:
    """When the last one has answered: nothing stands against it, or all that does."""
    if state.waits_for != {command.service}:
        return []
    against = (*(one for _, said in state.said for one in said), *command.obligations)
    return [ErasureRefused(local_day(now), against)] if against else [ErasureGranted(local_day(now))]


def _said_before(parts: tuple[Part, ...], service: str) -> Iterator[Part]:
    """What went earlier stays on the receipt; what that service keeps is what it says last."""
    for one in parts:
        if one.service != service:
            yield one
        elif one.erased:
            yield replace(one, kept=())


def evolve(state: State, event: Event) -> State:  # noqa: PLR0911 - one for each event
    """The erasure after `event`."""
    match state, event:
        case Unasked(), ErasureAsked(member_id):
            return Weighing(member_id)
        case Weighing(), ErasureWeighed(service, obligations):
            return replace(state, said=(*state.said, (service, obligations)))
        case Weighing(member_id), ErasureRefused(on, obligations):
            return RefusedSoFar(member_id, on, obligations)
        case Weighing(member_id), ErasureGranted(on):
            return Erasing(member_id, on)
        case Erasing() | Completed(), PartErased(part):
            return replace(state, parts=(*_said_before(state.parts, part.service), part))
        case Erasing(member_id, _, parts), ErasureCompleted(on):
            return Completed(member_id, on, parts)
        case _:
            return state
