"""Talks held apart: who comes when, and that neither side can read the other's time anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.mediation import commands as asked
from services.mediation import publish
from services.mediation.decisions import apart
from services.mediation.state import Part, Span
from services.mediation.use_cases.changing import bookings
from services.mediation.views.mediation import mediation_view, receipt
from shared.access.actor import Actor
from shared.clock import SHANGHAI
from shared.contracts.mediation import SessionCancelled, SessionScheduled
from tests.support.tokens import an_actor
from tests.unit.mediation.stories import (
    ALLIANCE,
    GU,
    HOME,
    MEDIATION,
    NOON,
    OTHER_SLOT,
    PROOF,
    ROOM,
    RULES,
    SHOP,
    ZHOU,
    Story,
    a_mediation,
    a_slot,
)

TWO = NOON + timedelta(hours=2)
LIN, MA = (an_actor(member_id=who, alliance_id=ALLIANCE) for who in (HOME, SHOP))
MEDIATOR = an_actor("mediator", member_id=GU, alliance_id=ALLIANCE)
COORDINATOR = an_actor("coordinator", member_id=ZHOU, alliance_id=ALLIANCE)
SIDES = {"complainant": LIN, "respondent": MA}


def asked_for() -> Story:
    """Nobody is hidden, but the resident asked to be heard alone."""
    alone = asked.Consent(MEDIATION, HOME, separate=True)
    return a_mediation().do(alone, asked.Consent(MEDIATION, SHOP))


def moments(part: Part) -> Iterator[str]:
    """Every way in which an answer could write when the part begins or ends."""
    for moment in (part.starts_at, part.ends_at):
        for zone in (UTC, SHANGHAI):
            local = moment.astimezone(zone)
            yield from (f"{local:%H:%M}", f"{local:%H%M%S}")


def test_the_respondent_comes_first_and_is_gone_when_the_complainant_comes():
    lasts = apart.length(separate=True, rules=RULES)
    assert lasts == timedelta(minutes=150)
    assert apart.parts_of(Span(TWO, TWO + lasts), separate=True, rules=RULES) == (
        Part("respondent", TWO, TWO + timedelta(minutes=60)),
        Part("complainant", TWO + timedelta(minutes=90), TWO + timedelta(minutes=150)),
    )


def test_who_talks_together_has_no_parts():
    lasts = apart.length(separate=False, rules=RULES)
    assert lasts == RULES.session
    assert apart.parts_of(Span(TWO, TWO + lasts), separate=False, rules=RULES) == ()


@given(minutes=st.integers(61, 600), gap=st.integers(0, 60))
def test_parts_fill_the_time_but_for_the_gap(minutes: int, gap: int):
    end = TWO + timedelta(minutes=minutes)
    first, last = apart.parts(TWO, end, apart.IN_TURN, gap=timedelta(minutes=gap))
    assert (first.starts_at, last.ends_at) == (TWO, end)
    assert last.starts_at - first.ends_at == timedelta(minutes=gap)
    assert first.ends_at - first.starts_at == last.ends_at - last.starts_at > timedelta()


@pytest.mark.parametrize("consented", [lambda: a_mediation(hidden=True).consented(), asked_for])
def test_who_hides_and_who_asks_for_it_is_heard_apart(consented):
    story = consented().do(
        asked.NominateMediator(MEDIATION, GU, frozenset()), asked.TakeMediation(MEDIATION, GU, frozenset())
    )
    [slot, *_] = story.do(asked.ProposeSlots(MEDIATION, story.times())).state.slots
    assert [part.side for part in slot.parts] == ["respondent", "complainant"]


def test_moves_and_cancellations_carry_the_parts():
    story = a_mediation(hidden=True).scheduled()
    moved = story.do(asked.MoveToSlot(MEDIATION, OTHER_SLOT, "病了"))
    free = asked.MoveToTime(MEDIATION, a_slot(days=9, separate=True), fits=True, reason="病了")
    again = moved.do(free)
    ended = again.do(asked.RefuseMediation(MEDIATION, SHOP))
    for days, at in ((4, story), (5, moved), (9, again), (9, ended)):
        [told] = [
            contract
            for event in at.last
            for contract in publish.contracts(at.state, event)
            if isinstance(contract, SessionScheduled | SessionCancelled)
        ]
        begins = NOON + timedelta(days=days, hours=2)
        assert [(part.side, part.starts_at, part.ends_at) for part in told.parts] == [
            ("respondent", begins, begins + timedelta(minutes=60)),
            ("complainant", begins + timedelta(minutes=90), begins + timedelta(minutes=150)),
        ]
        assert (told.starts_at, told.ends_at) == (begins, begins + timedelta(minutes=150))


def test_a_joint_session_has_no_parts_anywhere():
    story = a_mediation().scheduled()
    [told] = publish.contracts(story.state, story.last[0])
    assert isinstance(told, SessionScheduled)
    assert told.parts == ()
    views = [mediation_view(who, story.state, story.now, "en").session for who in (LIN, MA, MEDIATOR)]
    assert {(view.starts_at, view.ends_at, len(view.parts)) for view in views if view} == {
        (story.state.session.starts_at, story.state.session.ends_at, 0)
    }


@pytest.mark.parametrize("story", [a_mediation(hidden=True).scheduled(), a_mediation(hidden=True).held()])
@pytest.mark.parametrize(("side", "other"), [("complainant", "respondent"), ("respondent", "complainant")])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_no_answer_to_one_side_holds_the_others_times(story: Story, side: str, other: str, language: str):
    who = SIDES[side]
    seen = mediation_view(who, story.state, story.now, language)
    text = (
        seen.model_dump_json() + receipt(who, story.state, story.now, language, proof=PROOF).model_dump_json()
    )
    own, theirs = (_parts(story)[one] for one in (side, other))
    assert not [moment for moment in moments(theirs) if moment in text]
    assert seen.session
    assert (seen.session.starts_at, seen.session.ends_at) == (own.starts_at, own.ends_at)
    assert seen.session.parts == []
    for slot in seen.slots:
        assert slot.parts == []
        assert slot.ends_at - slot.starts_at == RULES.talk


def _parts(story: Story) -> dict[str, Part]:
    session = story.state.session if hasattr(story.state, "session") else story.state.held.session
    return {part.side: part for part in session.parts}


@pytest.mark.parametrize("who", [MEDIATOR, COORDINATOR])
def test_who_leads_sees_the_whole_and_the_parts(who: Actor):
    story = a_mediation(hidden=True).scheduled()
    seen = mediation_view(who, story.state, story.now, "en")
    for view in (seen.session, *seen.slots):
        assert view
        assert view.ends_at - view.starts_at == timedelta(minutes=150)
        assert [part.side for part in view.parts] == ["respondent", "complainant"]


def test_a_session_begins_for_each_side_with_its_own_part():
    story = a_mediation(hidden=True).begun()

    def seen(now: datetime) -> list[str]:
        views = (mediation_view(who, story.state, now, "en") for who in (MA, LIN))
        return [view.session.status for view in views if view.session]

    assert seen(story.now) == ["begun", "planned"]
    assert seen(story.now + timedelta(minutes=90)) == ["begun", "begun"]


def test_the_others_absence_would_tell_its_hour():
    story = a_mediation(hidden=True).begun().do(asked.RecordAbsence(MEDIATION, "respondent"))
    absent = {
        who.member_id: view.session.absent
        for who in (LIN, MA, MEDIATOR)
        if (view := mediation_view(who, story.state, story.now, "en")).session
    }
    assert absent == {HOME: [], SHOP: ["respondent"], GU: ["respondent"]}


def test_a_party_is_booked_for_its_own_part_alone():
    story = a_mediation(hidden=True).scheduled()
    [slot, *_] = story.state.slots
    taken = {booking.resource: booking.span for booking in bookings(story.state, RULES)}
    assert taken[GU] == taken[ROOM] == Span(slot.starts_at, slot.ends_at + RULES.buffer)
    assert taken[SHOP].ends_at + RULES.talk_gap == taken[HOME].starts_at
