"""Having oneself erased: confirmed by a code, weighed by the services, granted here, done everywhere."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from functools import partial, reduce
from uuid import UUID

from services.alliance import policy, publish
from services.alliance.contact import Contact
from services.alliance.decisions import erasing, members
from services.alliance.settings import Settings
from services.alliance.storage import erasures, register
from services.alliance.use_cases import one_time_codes
from services.alliance.use_cases.register import SERVICE
from shared.access.actor import SYSTEM, Actor
from shared.access.links import spoken_secret
from shared.clock import local_day
from shared.contracts import erasure
from shared.contracts.envelope import Contract
from shared.erasure.storage import forget_answers
from shared.errors import NotFound
from shared.ids import new_id
from shared.persistence import saving
from shared.persistence.database import Connection
from shared.persistence.saving import Aggregate

PURPOSE = "erasure"


async def ask_for_code(
    tx: Connection, actor: Actor, *, settings: Settings, now: datetime
) -> tuple[Contact, str]:
    """A code to confirm by, and where it goes. Raises TooManyRequests, Refused without an address for mails."""
    contact = await one_time_codes.own_contact(tx, actor)
    code = await one_time_codes.new_code(tx, contact, settings=settings, now=now, purpose=PURPOSE)
    return contact, code


async def is_confirmed(tx: Connection, actor: Actor, code: str, *, settings: Settings, now: datetime) -> bool:
    """Whether it is the code that was sent. The try counts: commit it."""
    contact = await one_time_codes.own_contact(tx, actor)
    return await one_time_codes.is_right(tx, contact, code, settings=settings, now=now, purpose=PURPOSE)


async def ask(
    tx: Connection,
    member_id: UUID,
    actor: Actor,
    *,
    settings: Settings,
    now: datetime,
    consent: erasing.Consent | None = None,
) -> UUID:
    """Begins it, or finds the one under way. Raises NotFound for who is erased, Refused for who holds an office.

    Staff ask for whoever told them in person or in writing; that they did stands in the journal under their id.
    """
    member = await register.lock_member(tx, member_id)
    policy.require_erasing(actor, member_id, member.alliance_id, at_desk=consent is not None)
    under_way = await erasures.under_way_for(tx, member_id)
    if under_way is not None:
        return under_way.id
    if not isinstance(member.state, members.Member):
        raise NotFound
    roles = frozenset(grant.role for grant in member.state.grants)
    command = erasing.AskErasure(member_id, roles, consent)
    before: Aggregate[erasing.State] = Aggregate(new_id(), member.alliance_id, erasing.Unasked())
    number = hashed_number(number_of(settings, before.id))
    await _change(tx, before, command, actor, now, number=number)
    return before.id


def number_of(settings: Settings, erasure_id: UUID) -> str:
    """By which the receipt is found without an account; made from the id and kept nowhere."""
    return spoken_secret(settings.link_secret.get_secret_value(), PURPOSE, erasure_id)


def hashed_number(number: str) -> bytes:
    """Under which it is found: small letters, spaces and dashes make no difference."""
    bare = "".join(character for character in number.upper() if character.isalnum())
    return hashlib.sha256(bare.encode()).digest()


async def note_weighed(tx: Connection, service: str, told: erasure.Weighed, now: datetime) -> None:
    """What stands against it there. With the last one it is refused, or granted and begun here.

    The entry goes first: that it has gone is the last the others hear of the member before they are to erase too.
    """
    before = await erasures.lock_erasure(tx, told.erasure_id)
    command = erasing.NoteWeighed(service, told.obligations)
    granted = erasing.ErasureGranted(local_day(now)) in erasing.decide(before.state, command, now)
    part = await _erase_entry(tx, before.state.member_id, now) if granted else None
    after = await _change(tx, before, command, SYSTEM, now)
    if part is not None:
        await _change(tx, after, erasing.NoteErased(part), SYSTEM, now)


async def note_erased(tx: Connection, service: str, told: erasure.Done, now: datetime) -> None:
    """What is gone there and what stays."""
    part = erasing.Part(service, told.on, told.erased, told.kept)
    before = await erasures.lock_erasure(tx, told.erasure_id)
    await _change(tx, before, erasing.NoteErased(part), SYSTEM, now)


async def _erase_entry(tx: Connection, member_id: UUID, now: datetime) -> erasing.Part:
    """Account, contact, roles and occupancies, with a tombstone for whoever was told of the contact."""
    before, today = await register.lock_member(tx, member_id), local_day(now)
    assert isinstance(before.state, members.Member)  # noqa: S101 - whoever is erased cannot ask again
    events = members.erased(before.state, today)
    left: members.MemberState = before.state
    for event in events[:-1]:
        left = members.evolve(left, event)
    assert isinstance(left, members.Member)  # noqa: S101
    change = saving.change(
        before,
        members.evolve(left, events[-1]),
        events,
        actor=SYSTEM,
        now=now,
        service=SERVICE,
        codec=register.MEMBER_EVENTS,
        new_id=new_id,
        contracts=partial(publish.of_member, before.id, before.alliance_id, left),
    )
    await register.save_member(tx, change)
    gone = await erasures.empty_entry(tx, member_id, now, today)
    await forget_answers(tx, member_id)
    return _part(before.state, gone, today)


def _part(member: members.Member, gone: dict[str, int], today: date) -> erasing.Part:
    counted = {
        "account": 1,
        "contact": sum(one is not None for one in (member.email, member.phone)),
        "occupancies": len(member.occupancies),
        **gone,
    }
    return erasing.Part(SERVICE, today, erasure.erased(counted), (erasure.HISTORY_KEPT,))


async def _change(
    tx: Connection,
    before: Aggregate[erasing.State] | Aggregate[erasing.Erasure],
    command: erasing.Command,
    actor: Actor,
    now: datetime,
    *,
    number: bytes = b"",
) -> Aggregate[erasing.State]:
    """Decides and saves. A number is given to a new one alone."""
    events = erasing.decide(before.state, command, now)
    after = reduce(erasing.evolve, events, before.state)
    change = saving.change(
        Aggregate[erasing.State](before.id, before.alliance_id, before.state, before.version, before.head),
        after,
        events,
        actor=actor,
        now=now,
        service=SERVICE,
        codec=erasures.EVENTS,
        new_id=new_id,
        contracts=partial(_told, before.id, before.alliance_id, after),
    )
    if events:
        await erasures.save_erasure(tx, change, number, now)
    return change.after


def _told(
    erasure_id: UUID, alliance_id: UUID, after: erasing.State, event: erasing.Event
) -> Sequence[Contract]:
    if isinstance(after, erasing.Unasked):
        return []
    return publish.of_erasure(erasure_id, alliance_id, after.member_id, event)
