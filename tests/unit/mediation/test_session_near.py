"""Whoever comes to a session is reminded of it a day and two hours before, at their own time, and of no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.mediation import commands as asked
from services.mediation import publish
from services.mediation.state import Scheduled, Session, Side
from services.mediation.use_cases.changing import session_near
from shared.contracts.mediation import SessionNear, SessionRoomClosed
from shared.errors import NotNow
from tests.unit.mediation.stories import (
    FENG,
    GU,
    HOME,
    MEDIATION,
    OTHER_SLOT,
    RULES,
    SESSION,
    SHOP,
    Story,
    a_mediation,
)


def session_of(story: Story) -> Session:
    assert isinstance(story.state, Scheduled)
    return story.state.session


def near(side: Side | None = None, *, sequence: int = 0) -> asked.RemindOfSession:
    return asked.RemindOfSession(MEDIATION, SESSION, sequence, side)


def told(story: Story) -> list[SessionNear]:
    found = [one for event in story.last for one in publish.contracts(story.state, event)]  # type: ignore[arg-type]
    assert all(isinstance(one, SessionNear) for one in found)
    return found  # type: ignore[return-value]


def due(story: Story, rules: Any = RULES) -> dict[Any, list[datetime]]:
    found: dict[Any, list[datetime]] = {}
    for timer in session_near(MEDIATION, session_of(story), rules):
        found.setdefault(timer.payload["side"], []).append(timer.due_at)
    return found


def test_a_day_and_two_hours_before_and_once_where_both_are_the_same():
    story = a_mediation().scheduled()
    begins = session_of(story).starts_at
    assert sorted(due(story)[None]) == [begins - timedelta(hours=24), begins - timedelta(hours=2)]
    once = replace(RULES, session_last_reminder_hours=24)
    assert due(story, once) == {None: [begins - timedelta(hours=24)]}


def test_everybody_who_comes_is_told_its_time_and_its_room():
    story = a_mediation().scheduled().guest_comes().do(near())
    [contract] = told(story)
    assert (contract.to, contract.guests, contract.mediator_id) == ((HOME, SHOP), (FENG,), GU)
    session = session_of(story)
    assert (contract.starts_at, contract.room) == (session.starts_at, session.room)


def test_whoever_leads_is_told_that_the_room_was_closed_and_the_session_stands():
    story = a_mediation().scheduled()
    session = session_of(story)
    closed = story.do(asked.NoteRoomClosed(MEDIATION))
    [contract] = [one for event in closed.last for one in publish.contracts(closed.state, event)]  # type: ignore[arg-type]
    assert isinstance(contract, SessionRoomClosed)
    assert (contract.mediator_id, contract.starts_at, contract.room) == (GU, session.starts_at, session.room)
    assert closed.state == story.state
    begun = replace(story, now=session.starts_at).do(asked.NoteRoomClosed(MEDIATION))
    assert begun.last == ()


@pytest.mark.parametrize(
    ("name", "told_as"),
    [
        ("山北居委会“老娘舅”调解室(1楼)", "山北居委会“老娘舅”调解室(1楼)"),
        ("调解室　３号楼２０１", "调解室　３号楼２０１"),
        ("调解室 13800138000", None),
        ("王秀英家 ３号楼２０１ １３８００１３８０００", None),
        ("调解室 ١٣٨٠٠١٣٨٠٠٠", None),
        ("调解室 一三八〇〇一三八〇〇〇", None),
        ("周＠山北.中国", None),
        ("调解室\r\n一楼", None),
        ("ask zhou@shanbei.example", None),
        ("长" * 41, None),
    ],
)
def test_the_name_on_a_rooms_door_is_told_unless_somebody_could_be_reached_by_it(name, told_as):
    story = a_mediation().scheduled().do(near())
    mark = session_of(story).room
    [named] = publish.named(told(story), {mark: name, "R9": "别处"})
    assert isinstance(named, SessionNear)
    assert (named.room, named.room_name) == (mark, told_as)
    assert publish.named(told(story), {"R9": "别处"}) == told(story)


def test_of_talks_held_apart_each_side_is_told_of_its_own_part_alone():
    story = a_mediation(hidden=True).scheduled()
    parts = {part.side: part for part in session_of(story).parts}
    assert due(story).keys() == {None, *parts}
    for side, member in (("complainant", HOME), ("respondent", SHOP)):
        [contract] = told(story.do(near(side)))  # type: ignore[arg-type]
        assert (contract.to, contract.guests, contract.mediator_id) == ((member,), (), None)
        assert (contract.starts_at, contract.ends_at) == (parts[side].starts_at, parts[side].ends_at)  # type: ignore[index]
        assert min(due(story)[side]) == parts[side].starts_at - timedelta(hours=24)  # type: ignore[index]
    [whole] = told(story.do(near()))
    assert (whole.to, whole.mediator_id) == ((), GU)


def test_nobody_of_a_time_that_was_moved_has_begun_or_is_off():
    story = a_mediation().scheduled()
    moved = story.do(asked.MoveToSlot(MEDIATION, OTHER_SLOT, "病了"))
    assert told(moved.do(near())) == []
    assert len(told(moved.do(near(sequence=1)))) == 1
    begun = replace(story, now=session_of(story).starts_at)
    assert told(begun.do(near())) == []
    assert len(told(begun.later(microseconds=-1).do(near()))) == 1
    with pytest.raises(NotNow):
        story.do(asked.RefuseMediation(MEDIATION, SHOP), near())
