"""Asking the homes around a matter, and what each of them answers in private."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from services.complaints import policy, publish, storage
from services.complaints.betraying import accusing_words
from services.complaints.commands import JoinByStatement, OpenInquiry
from services.complaints.decisions import Circumstances, Standing, inquiring
from services.complaints.decisions.inquiring import Inquiry
from services.complaints.events.inquiring import InquiryEvent, QuestionAnswered, QuestionAsked
from services.complaints.storage import Ask, Asking, Stored
from services.complaints.terms import SharedWith
from services.complaints.use_cases.changing import Begun, Done, apply, begin, new_party
from shared.access.actor import SYSTEM, Actor
from shared.clock import local_day
from shared.errors import Invalid, NotNow
from shared.ids import new_id, new_reference
from shared.persistence import saving
from shared.persistence.database import Connection
from shared.persistence.saving import Aggregate, Change

new_inquiry = uuid4
"""Random, like a case's: who is asked sees it."""


@dataclass(frozen=True)
class Said:
    """What somebody answered, and who may read it beside the coordinator."""

    text: str
    shared_with: SharedWith
    own_statement: bool = False


async def open_inquiry(
    tx: Connection,
    case_id: UUID,
    *,
    question: str,
    place_ids: Sequence[UUID],
    actor: Actor,
    now: datetime,
) -> Done:
    """Puts the same question to everybody in these homes. Raises Invalid for one that accuses somebody."""
    homes = list(dict.fromkeys(place_ids))
    command = OpenInquiry(case_id, new_inquiry(), len(homes))
    begun = await begin(tx, command, actor, now)
    if words := accusing_words(question):
        raise Invalid("/question", "accusing_words", words=words, said="、".join(words))
    done = await apply(tx, command, begun)
    asks = await _asks(tx, homes, begun, local_day(now))
    asked = QuestionAsked(local_day(now), new_reference(), question, tuple(one.ask_id for one in asks))
    before = Aggregate(command.inquiry_id, begun.before.alliance_id, Inquiry(asked))
    members = [one.member_id for one in asks if one.member_id]
    telling = publish.Telling(done.case, begun.before.alliance_id, begun.people)
    change = _change(before, asked, telling, actor, now, asked_members=members)
    await storage.save_inquiry(tx, change, case_id, now, asks=asks)
    return done


async def _asks(tx: Connection, homes: Sequence[UUID], begun: Begun, today: date) -> list[Ask]:
    """Everybody who lives there and is no party; a home where nobody is known is asked at the door."""
    living = await storage.people_living_at(tx, homes, begun.before.alliance_id, today)
    concerned = {*begun.people.members.values()}
    asks: list[Ask] = []
    for index, place_id in enumerate(homes):
        if place_id not in living:
            raise Invalid(f"/place_ids/{index}", "unknown_place")
        people: list[UUID | None] = [one for one in living[place_id] if one not in concerned]
        asks += [Ask(uuid4(), place_id, member_id) for member_id in people or [None]]
    return asks


async def answer_inquiry(tx: Connection, ask_id: UUID, said: Said, actor: Actor, now: datetime) -> None:
    """Their own word, in private; where they say that it was they, they are a party by it. Raises NotFound, Refused.

    Once the sides are in mediation it is the coordinator's to tell, and makes nobody a party.
    """
    case_id = await storage.case_asked_about(tx, ask_id, actor.member_id)
    stored = await storage.lock_case(tx, case_id, by=SYSTEM)
    asking = await storage.lock_inquiry(tx, ask_id, case_id)
    answered = QuestionAnswered(local_day(now), ask_id, said.text, said.shared_with, said.own_statement)
    await _save_answer(tx, asking, answered, stored, by=Actor(ask_id, stored.aggregate.alliance_id), now=now)
    if said.own_statement:
        with suppress(NotNow):
            await _join(tx, stored, actor, now)


async def enter_inquiry_answer(
    tx: Connection, case_id: UUID, *, ask_id: UUID, text: str, actor: Actor, now: datetime
) -> None:
    """What was said at the door, written down by the coordinator who asked. Raises NotFound, NotAllowed."""
    stored = await storage.lock_case(tx, case_id, by=actor)
    by = policy.standing(actor, stored.aggregate.alliance_id, stored.case, stored.people)
    policy.require_may(by, OpenInquiry)
    asking = await storage.lock_inquiry(tx, ask_id, case_id)
    answered = QuestionAnswered(local_day(now), ask_id, text, "coordinator", entered=True)
    await _save_answer(tx, asking, answered, stored, by=actor, now=now)


async def _save_answer(
    tx: Connection, asking: Asking, answered: QuestionAnswered, stored: Stored, *, by: Actor, now: datetime
) -> None:
    telling = publish.Telling(stored.case, stored.aggregate.alliance_id, stored.people)
    [event] = inquiring.answer(asking.aggregate.state, answered, stored.case)
    await storage.save_inquiry(tx, _change(asking.aggregate, event, telling, by, now), asking.case_id, now)


async def _join(tx: Connection, stored: Stored, actor: Actor, now: datetime) -> None:
    assert actor.member_id is not None  # noqa: S101
    if stored.people.parties_of(actor.member_id):
        return
    party = new_party()
    people = stored.people.with_members({party: actor.member_id})
    at = Circumstances(Standing("respondent", party), now, stored.timetable)
    await apply(tx, JoinByStatement(stored.aggregate.id, party), Begun(stored.aggregate, people, actor, at))


def _change(
    before: Aggregate[Inquiry],
    event: InquiryEvent,
    telling: publish.Telling,
    by: Actor,
    now: datetime,
    *,
    asked_members: Sequence[UUID] = (),
) -> Change[Inquiry]:
    return saving.change(
        before,
        before.state,
        [event],
        actor=by,
        now=now,
        service="complaints",
        codec=storage.INQUIRY_EVENTS,
        new_id=new_id,
        contracts=lambda one: publish.of_inquiry(one, telling, before.id, asked_members),
    )
