"""Who may not mediate, and whose turn it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.mediation.decisions.conflict import Occupancy, Person, conflicts
from services.mediation.decisions.profile import Profile
from services.mediation.decisions.rota import Turn, in_order, next_in_turn
from tests.unit.mediation.stories import GU, HAN, HOME, SHEN, SHOP, an_id

BUILDING_6, BUILDING_3, ELSEWHERE = an_id(61), an_id(62), an_id(63)
FLAT, BAR, OUTSIDE = an_id(71), an_id(72), an_id(73)

RESIDENT = Person(HOME, (Occupancy(FLAT, BUILDING_6, "lives"),))
OWNER = Person(SHOP, (Occupancy(BAR, BUILDING_3, "trades", "bar"),))
PARTIES = (RESIDENT, OWNER)


def against(mediator: Person, *, building_id: UUID | None = None) -> frozenset[str]:
    return conflicts(mediator, PARTIES, building_id=building_id)


def at(building: UUID, kind: str = "lives", trade: str | None = None) -> Person:
    return Person(GU, (Occupancy(OUTSIDE, building, kind, trade),))


@pytest.mark.parametrize(
    ("mediator", "expected"),
    [
        (Person(GU), set()),
        (at(ELSEWHERE), set()),
        (at(BUILDING_6), {"lives_there"}),
        (at(BUILDING_3), {"lives_there"}),
        (at(BUILDING_3, "works"), {"works_there"}),
        (at(BUILDING_6, "trades", "bakery"), {"trades_there"}),
        (at(ELSEWHERE, "trades", "bar"), {"same_trade"}),
        (at(ELSEWHERE, "works", "bar"), {"same_trade"}),
        (at(ELSEWHERE, "trades", "bakery"), set()),
        (at(BUILDING_3, "trades", "bar"), {"trades_there", "same_trade"}),
        (Person(GU, kin=frozenset({HOME})), {"family"}),
        (Person(GU, kin=frozenset({HAN})), set()),
        (Person(SHOP), {"party"}),
        (Person(GU, stood_with=frozenset({HOME})), {"earlier_party"}),
        (Person(GU, stood_with=frozenset({HAN})), set()),
    ],
)
def test_each_tie_is_found_by_its_name(mediator: Person, expected: set[str]):
    assert against(mediator) == expected


def test_living_in_the_building_of_the_place_in_question_is_a_tie():
    assert against(at(ELSEWHERE), building_id=ELSEWHERE) == {"lives_there"}


def test_family_counts_whoever_declared_it():
    son = Person(HOME, kin=frozenset({GU}))
    assert conflicts(Person(GU), (son, OWNER), building_id=None) == {"family"}


def test_sharing_a_flat_is_family():
    flatmate = Person(GU, (Occupancy(FLAT, BUILDING_6, "lives"),))
    assert against(flatmate) == {"family", "lives_there"}


def test_a_house_without_a_building_id_is_its_own_building():
    cottage = Person(HOME, (Occupancy(FLAT, None, "lives"),))
    neighbour = Person(GU, (Occupancy(FLAT, None, "works"),))
    assert conflicts(neighbour, (cottage,), building_id=None) == {"works_there"}


@pytest.mark.parametrize("named", [HOME, SHOP, FLAT, BAR, BUILDING_6, BUILDING_3])
def test_whatever_a_mediator_declared_is_a_tie(named: UUID):
    assert against(Person(GU, declared=frozenset({named}))) == {"declared"}


def test_declaring_the_place_in_question_is_a_tie_and_declaring_others_is_none():
    declared = Person(GU, declared=frozenset({OUTSIDE}))
    assert against(declared) == set()
    assert conflicts(declared, PARTIES, building_id=None, place_id=OUTSIDE) == {"declared"}


places = st.sampled_from([an_id(n) for n in range(100, 106)])
occupancies = st.builds(
    Occupancy,
    places,
    st.none() | places,
    st.sampled_from(["lives", "trades", "works"]),
    st.sampled_from([None, "bar", "bakery"]),
)


@given(
    mine=st.lists(occupancies, max_size=3),
    theirs=st.lists(occupancies, max_size=3),
    kin=st.sets(st.sampled_from([HOME, HAN])),
    building=st.none() | places,
)
def test_no_mediator_without_conflict_shares_building_home_trade_or_blood(
    mine: list[Occupancy], theirs: list[Occupancy], kin: set[UUID], building: UUID | None
):
    mediator, party = Person(GU, tuple(mine), frozenset(kin)), Person(HOME, tuple(theirs))
    if conflicts(mediator, (party,), building_id=building):
        return
    exposed = {one.building_id or one.place_id for one in theirs} | {building}
    assert not {one.building_id or one.place_id for one in mine} & exposed
    assert not {one.trade for one in mine if one.trade} & {one.trade for one in theirs if one.trade}
    assert HOME not in kin


DAY = datetime(2026, 3, 1, tzinfo=UTC)


def test_who_was_asked_least_of_late_is_next():
    turns = [Turn(GU, 2, DAY), Turn(HAN, 1, DAY + timedelta(days=3))]
    assert next_in_turn(turns, passed=()) == HAN


def test_of_two_asked_alike_the_longer_wait_is_next_and_never_asked_waits_longest():
    turns = [Turn(GU, 0, DAY), Turn(HAN, 0, DAY - timedelta(days=200)), Turn(SHEN, 0, None)]
    assert next_in_turn(turns, passed=()) == SHEN
    assert next_in_turn(turns[:2], passed=()) == HAN


def test_who_passed_is_skipped_and_nobody_may_be_left():
    turns = [Turn(GU, 0, None), Turn(HAN, 3, DAY)]
    assert next_in_turn(turns, passed=[GU]) == HAN
    assert next_in_turn(turns, passed=[GU, HAN]) is None


def test_the_rota_goes_round():
    asked: dict[UUID, list[datetime]] = {GU: [], HAN: [], SHEN: []}
    for day in range(9):
        turns = [Turn(one, len(times), max(times, default=None)) for one, times in asked.items()]
        chosen = next_in_turn(turns, passed=())
        asked[chosen].append(DAY + timedelta(days=day))
    assert [len(times) for times in asked.values()] == [3, 3, 3]


def test_the_languages_asked_for_come_before_the_topic_and_both_before_the_turn():
    said = {
        GU: Profile(topics=("noise",)),
        HAN: Profile(languages=("wuu", "cmn"), topics=("sanitation",)),
        SHEN: Profile(),
    }
    turns = [Turn(one, 0, None, fit=said[one].fit(["wuu"], "noise")) for one in (SHEN, GU, HAN)]
    assert [turn.mediator_id for turn in in_order(turns)] == [HAN, GU, SHEN]


def test_who_leads_enough_is_last_and_not_asked_however_well_they_suit():
    turns = [Turn(GU, 0, None, fit=(2, 1), full=True), Turn(HAN, 9, DAY)]
    assert [turn.mediator_id for turn in in_order(turns)] == [HAN, GU]
    assert next_in_turn(turns, passed=[HAN]) is None


@pytest.mark.parametrize(
    ("limit", "led", "full"), [(None, 9, False), (None, 10, True), (2, 1, False), (2, 2, True), (0, 0, True)]
)
def test_the_mediators_own_limit_goes_before_the_alliances(limit: int | None, led: int, full: bool):
    assert Profile(limit=limit).is_full(led, usual_limit=10) is full
