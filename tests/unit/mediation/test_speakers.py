"""Whoever was drawn to speak for a group is invited without anybody's doing, and the next of the lot for who cannot."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid5

import pytest

from services.mediation import commands as asked
from services.mediation import publish
from services.mediation.decisions import reminding
from services.mediation.events import GuestReleased, InvitationEnded, SpeakersInvited
from services.mediation.state import Scheduling, SlotAnswer
from services.mediation.views.mediation import mediation_view
from shared.access.actor import Actor
from shared.contracts import mediation as told
from shared.errors import NotNow, Refused
from tests.unit.mediation.stories import (
    ALLIANCE,
    HOME,
    MEDIATION,
    SHOP,
    SLOT,
    Story,
    a_mediation,
    an_id,
    an_invitation,
    together,
)

FANG, TANG, YE, OLD = LOT = tuple(an_id(number) for number in (71, 72, 73, 74))
DRAWN = asked.InviteSpeakers(MEDIATION, LOT, 3)


def invited(story: Story) -> tuple[UUID, ...]:
    """Whom the last command had asked."""
    return tuple(one for event in story.last if isinstance(event, SpeakersInvited) for one in event.guests)


def at_the_table() -> Story:
    """Three are asked, and every party agreed to them."""
    story = a_mediation().led().do(DRAWN)
    yes = (asked.AgreeToGuest(MEDIATION, mark(one), party) for one in LOT[:3] for party in (HOME, SHOP))
    return story.do(*yes)


def mark(one: UUID) -> UUID:
    """What the sides know them by."""
    return uuid5(MEDIATION, one.hex)


def says(one: UUID, *, comes: bool) -> asked.AnswerInvitation:
    return asked.AnswerInvitation(MEDIATION, one, comes=comes)


@pytest.mark.parametrize("reached", ["led", "answered", "scheduled"])
def test_as_many_as_there_are_seats_in_the_order_of_the_lot(reached: str):
    story = getattr(a_mediation(), reached)().do(DRAWN)
    assert invited(story) == LOT[:3]
    assert story.do(DRAWN).last == ()


def test_before_there_is_a_session_to_come_to_nobody_is():
    with pytest.raises(NotNow):
        a_mediation().consented().do(DRAWN)


def test_where_guests_are_not_invited_at_all_nobody_is():
    assert a_mediation(hidden=True).led().do(DRAWN).last == ()
    assert a_mediation().led().do(replace(DRAWN, shared=True)).last == ()
    assert a_mediation().led().joint().do(together()).do(DRAWN).last == ()
    assert a_mediation().begun().do(DRAWN).last == ()


def test_the_parties_are_asked_once_for_all_of_them_and_reminded_like_of_any_guest():
    story = a_mediation().led().do(DRAWN)
    [asked_for] = [one for event in story.last for one in publish.contracts(story.state, event)]  # type: ignore[arg-type]
    assert isinstance(asked_for, told.GuestProposed)
    assert asked_for.to == (HOME, SHOP)
    [owed] = reminding.words_owed(story.state)
    assert (owed.word, owed.of, owed.by) == ("guest", LOT[2], (HOME, SHOP))


def test_who_is_a_party_or_invited_by_hand_is_not_asked_again():
    by_hand = a_mediation().led().do(an_invitation(FANG), replace(DRAWN, order=(HOME, *LOT)))
    assert invited(by_hand) == (TANG, YE, OLD)


@pytest.mark.parametrize(
    "gone",
    [says(TANG, comes=False), asked.DeclineGuest(MEDIATION, mark(TANG), SHOP)],
    ids=["cannot_come", "is_not_wanted"],
)
def test_the_next_of_the_lot_is_asked_for_whoever_is_not_there(gone: asked.Command):
    story = at_the_table().do(gone, DRAWN)
    assert invited(story) == (OLD,)
    assert story.do(gone if isinstance(gone, asked.AnswerInvitation) else DRAWN).last == ()


def test_whoever_complains_with_the_others_no_more_is_sent_away_and_the_next_asked():
    left = at_the_table().do(says(TANG, comes=True), replace(DRAWN, order=(FANG, YE, OLD)))
    assert left.last == (
        InvitationEnded(TANG, "neighbour", withdrawn=True),
        GuestReleased(TANG),
        SpeakersInvited((OLD,), 3),
    )
    assert left.do(replace(DRAWN, order=(FANG, YE, OLD))).last == ()
    begun = a_mediation().scheduled().do(DRAWN)
    begun = replace(begun, now=begun.state.session.starts_at)  # type: ignore[union-attr]
    assert begun.do(replace(DRAWN, order=())).last == ()


def test_whoever_thinks_better_of_it_may_come_unless_the_place_was_given_on():
    declined = at_the_table().do(says(TANG, comes=False))
    assert declined.do(says(TANG, comes=True)).last
    with pytest.raises(Refused, match="seat_given_on"):
        declined.do(DRAWN, says(TANG, comes=True))


def test_to_the_sides_they_are_a_number_of_the_lot_and_nobody_else():
    story = a_mediation().led().do(DRAWN)
    assert isinstance(story.state, Scheduling)
    shown = mediation_view(Actor(SHOP, ALLIANCE), story.state, story.now, "zh-CN")
    assert [one.name for one in shown.guests] == ["抽签发言人1", "抽签发言人2", "抽签发言人3"]
    assert [one.guest_id for one in shown.guests] == [mark(one) for one in LOT[:3]]
    comes = at_the_table().do(says(TANG, comes=True))
    offered = comes.do(asked.ProposeSlots(MEDIATION, comes.times()))
    answered = offered.do(asked.AnswerSlots(MEDIATION, TANG, None, (SlotAnswer(TANG, SLOT, "yes"),)))
    for seen in (shown, mediation_view(Actor(SHOP, ALLIANCE), answered.state, answered.now, "zh-CN")):
        assert not any(str(one) in seen.model_dump_json() for one in LOT)
