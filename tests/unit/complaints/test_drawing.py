"""Speakers of a group by lot: from those who wish to, once, in an order anybody can check, and nobody hidden."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.complaints import commands as c
from services.complaints import events as e
from services.complaints import policy
from services.complaints.decisions import Standing, State, decide
from services.complaints.decisions.drawing import in_order
from services.complaints.decisions.state import Deliberating
from shared.errors import NotNow, Refused
from tests.unit.complaints.cases import CASE, HOME
from tests.unit.complaints.test_grouping import FANG, FELLOWS, OLD, TANG, YE, by, does, gathered

LOT = "7f" * 16
MANY = {**FELLOWS, OLD: "named", UUID(int=105): "named", UUID(int=106): "named"}


def volunteers(case: State, party: UUID, *, willing: bool = True) -> State:
    return does(case, c.VolunteerToSpeak(CASE, willing), by("joined", party, fellows=MANY))


def drawn(case: State, lot: str = LOT, fellows: object = MANY) -> State:
    return does(case, c.DrawSpeakers(CASE, lot), by("coordinator", fellows=fellows))


def four_willing() -> State:
    case = gathered(Deliberating)
    for party in (FANG, TANG, OLD, UUID(int=105)):
        case = volunteers(case, party)
    return case


def test_three_are_drawn_and_the_others_step_in_by_their_place():
    group = drawn(four_willing()).file.group
    assert group is not None
    assert group.drawn.seats == 3
    assert sorted(group.drawn.order) == [FANG, TANG, OLD, UUID(int=105)]
    speakers = group.drawn.speakers({HOME, *MANY})
    assert speakers == group.drawn.order[:3]
    left = {HOME, *MANY} - {speakers[0]}
    assert group.drawn.speakers(left) == group.drawn.order[1:4]


def test_the_same_lot_draws_the_same_and_when_somebody_said_so_is_no_matter():
    assert in_order(LOT, [FANG, TANG, OLD]) == in_order(LOT, [OLD, TANG, FANG])
    orders = {in_order(f"{number}", [FANG, TANG, OLD]) for number in range(60)}
    assert len(orders) == 6


@given(lot=st.text(max_size=40), willing=st.sets(st.uuids(), max_size=12))
def test_everybody_willing_has_one_place(lot: str, willing: set[UUID]):
    assert sorted(in_order(lot, willing)) == sorted(willing)


def test_it_is_drawn_once():
    case = drawn(four_willing())
    with pytest.raises(NotNow):
        drawn(case, "00" * 16)
    with pytest.raises(NotNow):
        volunteers(case, FANG, willing=False)


def test_until_then_anybody_may_think_better_of_it():
    case = volunteers(four_willing(), FANG, willing=False)
    assert FANG not in drawn(case).file.group.drawn.order
    assert decide(case, c.VolunteerToSpeak(CASE, False), by("joined", FANG, fellows=MANY)) == []


def test_who_has_left_is_not_drawn_and_where_nobody_is_willing_nothing_is():
    there = {one: how for one, how in MANY.items() if one != TANG}
    assert TANG not in drawn(four_willing(), fellows=there).file.group.drawn.order
    with pytest.raises(NotNow):
        drawn(gathered(Deliberating))


def test_a_hidden_name_is_seen_by_nobody_at_a_session():
    with pytest.raises(Refused, match="speaker_is_known"):
        volunteers(gathered(Deliberating), YE)


def test_whoever_is_a_party_speaks_anyhow():
    with pytest.raises(NotNow):
        does(gathered(Deliberating), c.VolunteerToSpeak(CASE, True), by("complainant", HOME, fellows=MANY))


def test_the_draw_stands_in_the_history_of_the_group_and_no_step_of_the_other_side():
    [event] = decide(four_willing(), c.DrawSpeakers(CASE, LOT), by("coordinator", fellows=MANY))[:1]
    assert isinstance(event, e.SpeakersDrawn)
    assert event.lot == LOT
    readers = {
        role
        for role in ("complainant", "respondent", "joined", "coordinator", "mediator")
        if policy.sees_step(Standing(role), event)
    }
    assert readers == {"complainant", "joined", "coordinator", "mediator"}
