"""Open or closed: closed unless every party wishes it open, changed until it begins, and nobody learns by whom."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from services.mediation import commands as asked
from services.mediation import events as happened
from services.mediation import policy
from services.mediation.decisions.openness import is_announced
from services.mediation.publish import contracts
from services.mediation.state import Party
from services.mediation.views.invitation import invitation_view
from services.mediation.views.mediation import mediation_view
from shared.contracts import mediation as told
from shared.errors import NotFound, NotNow, Refused
from tests.support.tokens import an_actor
from tests.unit.mediation.stories import (
    ALLIANCE,
    FENG,
    GU,
    HOME,
    MEDIATION,
    NOON,
    PARTIES,
    SHOP,
    ZHOU,
    Story,
    a_mediation,
    an_id,
    an_opening,
    an_oral_agreement,
    together,
)


def wishes(party: UUID, *, open: bool = True, shared: bool = False) -> asked.ChooseOpenness:
    return asked.ChooseOpenness(MEDIATION, party, open, shared)


def seen(story: Story, member_id: UUID, *roles: str):
    actor = an_actor(*roles, member_id=member_id, alliance_id=ALLIANCE)
    return mediation_view(actor, story.state, story.now, "zh-CN")


def is_open(story: Story) -> bool:
    return story.state.matter.is_open


def test_nothing_said_is_closed():
    assert not is_open(a_mediation().led())


def test_one_yes_opens_nothing_and_tells_nobody():
    story = a_mediation().led().do(wishes(HOME))
    assert not is_open(story)
    assert [contracts(story.state, one) for one in story.last] == [[]]


def test_the_last_yes_opens_it_and_all_are_told():
    story = a_mediation().led().guest_comes().opened()
    assert is_open(story)
    [changed] = [one for event in story.last for one in contracts(story.state, event)]
    assert isinstance(changed, told.OpennessChanged)
    assert (changed.open, changed.guests) == (True, (FENG,))


def test_of_three_parties_two_are_not_enough():
    beside = Party(an_id(3), "complainant", "home")
    story = Story().do(an_opening(parties=(*PARTIES, beside)), asked.Consent(MEDIATION, beside.member_id))
    assert not is_open(story.led().opened())
    assert is_open(story.led().opened().do(wishes(beside.member_id)))


def test_everybody_may_know_of_it_until_it_begins():
    story = a_mediation().scheduled().opened()
    starts_at = story.state.session.starts_at
    assert is_announced(story.state, story.now)
    assert not is_announced(story.state, starts_at)


def test_nobody_is_told_of_a_session_that_is_closed_or_for_which_there_is_no_time_yet():
    assert not is_announced(a_mediation().scheduled().state, NOON)
    assert not is_announced(a_mediation().led().opened().state, NOON)


@pytest.mark.parametrize("change", [{"minor": True}, {"hidden": True}])
def test_nobody_is_told_of_a_child_or_of_somebody_hidden_whatever_was_wished(change):
    story = a_mediation().scheduled().opened()
    state = replace(story.state, matter=replace(story.state.matter, **change))
    assert state.matter.is_open
    assert not is_announced(state, story.now)


def test_any_party_may_close_it_again_until_it_begins():
    story = a_mediation().led().opened().do(wishes(SHOP, open=False))
    assert not is_open(story)
    assert story.last == (happened.OpennessChosen(SHOP, False), happened.OpennessChanged(False))
    before = a_mediation().scheduled().opened()
    assert not is_open(before.later(days=4, hours=1, minutes=59).do(wishes(HOME, open=False)))
    with pytest.raises(Refused, match="openness_too_late"):
        before.later(days=4, hours=2).do(wishes(HOME, open=False))


def test_what_was_said_stands_when_the_session_is_moved_and_another_mediator_comes():
    moved = a_mediation().scheduled().opened().do(asked.MoveToSlot(MEDIATION, an_id(42), "病了"))
    assert is_open(moved)
    assert is_open(a_mediation().scheduled().opened().do(asked.PassOn(MEDIATION, GU)))


def test_the_same_said_twice_is_nothing_and_a_stranger_says_nothing():
    assert a_mediation().led().do(wishes(HOME), wishes(HOME)).last == ()
    with pytest.raises(NotFound):
        a_mediation().led().do(wishes(ZHOU))


def test_before_all_consented_and_once_it_was_held_there_is_nothing_to_choose():
    for story in (a_mediation(), a_mediation().held()):
        with pytest.raises(NotNow):
            story.do(wishes(HOME))


def a_childs_matter() -> Story:
    return Story().do(replace(an_opening(), minor=True))


@pytest.mark.parametrize(
    "story",
    [
        a_childs_matter(),
        a_mediation(hidden=True),
        a_mediation().do(asked.Consent(MEDIATION, HOME, separate=True), asked.Consent(MEDIATION, SHOP)),
    ],
    ids=["a child", "somebody hidden", "heard apart"],
)
def test_where_it_must_be_closed_nobody_is_offered_anything_else(story: Story):
    story = story if story.state.matter.separate and not story.state.matter.hidden else story.consented()
    with pytest.raises(Refused, match="closed_sessions_alone"):
        story.do(wishes(HOME))
    view = seen(story, HOME)
    assert "openness" not in view.possible
    assert (view.openness.open, view.openness.may_be_open) == (False, False)


def test_together_with_another_matter_it_is_closed():
    story = a_mediation().led().joint()
    with pytest.raises(Refused, match="closed_sessions_alone"):
        story.do(together(), wishes(HOME))
    with pytest.raises(Refused, match="closed_sessions_alone"):
        a_mediation().scheduled().do(wishes(HOME, shared=True))
    for apart in (lambda: story.opened().do(together()), lambda: story.do(together(open=True))):
        with pytest.raises(Refused, match="closed_together"):
            apart()


def test_who_wished_what_is_for_mediator_and_committee():
    story = a_mediation().led().do(wishes(HOME), wishes(SHOP, open=False))
    for who, yours in ((HOME, True), (SHOP, False)):
        view = seen(story, who)
        assert view.openness.yours is yours
        assert [one.open for one in view.parties] == [
            yours if one.member_id == who else None for one in view.parties
        ]
    for view in (seen(story, GU, "mediator"), seen(story, ZHOU, "coordinator")):
        assert [one.open for one in view.parties] == [True, False]
        assert view.openness.yours is None


def test_a_guest_is_shown_whether_others_listen():
    story = a_mediation().scheduled().guest_comes()
    guest = an_actor(member_id=FENG, alliance_id=ALLIANCE)
    assert not invitation_view(guest, story.state, story.now, "zh-CN").open
    story = story.opened()
    assert invitation_view(guest, story.state, story.now, "zh-CN").open
    assert "openness" not in policy.possible_for(guest, story.state, story.now)


def test_of_what_was_agreed_at_the_door_nothing_is_said_of_it():
    assert seen(an_oral_agreement(), HOME).openness is None
