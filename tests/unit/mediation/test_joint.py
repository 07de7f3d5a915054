"""Two mediations of the same people in one session: agreed by every party in each, and nothing else is shared."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.mediation import commands as asked
from services.mediation import events as happened
from services.mediation import policy
from services.mediation.state import Part, Scheduled, Session
from services.mediation.use_cases.changing import bookings
from shared.errors import Invalid, NotFound, Refused
from tests.unit.mediation.stories import (
    BESIDE,
    GU,
    HAN,
    HOME,
    MEDIATION,
    NOON,
    OTHER_SESSION,
    OTHER_SLOT,
    RULES,
    SESSION,
    SHOP,
    Story,
    a_mediation,
    an_id,
    together,
)
from tests.unit.mediation.test_policy_and_publish import LIN, MEDIATOR


def joint() -> Story:
    return a_mediation().led().joint()


def session(story: Story) -> Session:
    assert isinstance(story.state, Scheduled)
    return story.state.session


def test_it_is_held_at_the_others_time_under_a_name_of_its_own():
    own = session(joint().do(together()))
    assert (own.starts_at, own.room, own.with_mediation) == (
        OTHER_SESSION.starts_at,
        "R1",
        BESIDE.mediation_id,
    )
    assert (own.session_id, own.sequence, own.uid) == (SESSION, 0, SESSION.hex.upper())


def test_it_takes_up_nothing_beside_the_others_bookings():
    assert bookings(joint().do(together()).state, RULES) == []
    parted = joint().do(together(), asked.FollowSession(MEDIATION, None))
    assert {one.resource for one in bookings(parted.state, RULES)} >= {HOME, SHOP, GU}


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"agreed": False}, "joint_not_agreed"),
        ({"session": None}, "no_session_to_share"),
        ({"mediator": HAN}, "no_session_to_share"),
        (
            {"session": replace(OTHER_SESSION, parts=(Part("complainant", NOON, NOON),))},
            "talks_apart",
        ),
        ({"session": replace(OTHER_SESSION, starts_at=NOON)}, "too_short_notice"),
    ],
)
def test_what_cannot_be_shared(change: dict[str, Any], wrong: str):
    with pytest.raises(Refused, match=wrong):
        joint().do(together(**change))


@pytest.mark.parametrize("said", [None, False])
def test_one_partys_silence_or_no_leaves_each_its_own_session(said: bool | None):
    story = (
        a_mediation()
        .led()
        .do(asked.NoteBeside(MEDIATION, BESIDE), asked.AnswerJoint(MEDIATION, HOME, agreed=True))
    )
    if said is not None:
        story = story.do(asked.AnswerJoint(MEDIATION, SHOP, agreed=said))
    with pytest.raises(Refused, match="joint_not_agreed"):
        story.do(together())


def test_it_is_said_with_the_consent_too():
    noted = a_mediation().do(asked.NoteBeside(MEDIATION, BESIDE))
    story = noted.do(asked.Consent(MEDIATION, HOME, joint_session=True))
    assert [type(one) for one in story.last] == [happened.PartyConsented, happened.JointAnswered]


def test_only_what_is_beside_is_shared_and_only_parties_are_asked():
    with pytest.raises(Invalid, match="unknown_mediation"):
        joint().do(replace(together(), other=an_id(99)))
    with pytest.raises(NotFound):
        joint().do(asked.AnswerJoint(MEDIATION, an_id(99), agreed=True))


def test_it_moves_with_the_other_and_stays_where_it_is_when_the_other_ends():
    later = replace(OTHER_SESSION, starts_at=NOON + timedelta(days=7), ends_at=NOON + timedelta(days=8))
    moved = joint().do(together(), asked.FollowSession(MEDIATION, later))
    assert (session(moved).starts_at, session(moved).sequence) == (later.starts_at, 1)
    assert session(moved).with_mediation == BESIDE.mediation_id
    parted = moved.do(asked.FollowSession(MEDIATION, None))
    assert (session(parted).starts_at, session(parted).with_mediation) == (later.starts_at, None)


def test_moved_on_its_own_it_is_held_on_its_own():
    story = a_mediation().answered().joint().do(together(), asked.MoveToSlot(MEDIATION, OTHER_SLOT, "病了"))
    assert session(story).with_mediation is None


def test_noted_twice_it_is_once():
    assert a_mediation().do(*[asked.NoteBeside(MEDIATION, BESIDE)] * 2).last == ()


def test_it_is_asked_about_where_there_are_two():
    alone, two = a_mediation().led().state, joint().state
    assert "joint-session" not in policy.possible_for(LIN, alone, NOON)  # type: ignore[arg-type]
    assert "joint-session" in policy.possible_for(LIN, two, NOON)  # type: ignore[arg-type]
    assert "schedule-together" in policy.possible_for(MEDIATOR, two, NOON)  # type: ignore[arg-type]
