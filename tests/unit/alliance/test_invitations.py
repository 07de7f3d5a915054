"""Who may ask whom to a home or shop, and which link still opens it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import get_args
from uuid import UUID

import pytest

from services.alliance import policy
from services.alliance.decisions.invitations import MAY_INVITE, ROLE_OF, Invitation, require_open
from services.alliance.events import OccupancyKind
from shared.errors import NotAllowed, NotFound, Refused
from tests.support.tokens import ALLIANCE, an_actor

NOON = datetime(2026, 3, 12, 4, tzinfo=UTC)
LIN, PLACE = UUID(int=1), UUID(int=2)
OPEN = Invitation(UUID(int=3), ALLIANCE, PLACE, "lives", LIN, NOON + timedelta(days=14))
KINDS = get_args(OccupancyKind)


@pytest.mark.parametrize(
    "over",
    [
        replace(OPEN, accepted_at=NOON),
        replace(OPEN, withdrawn_at=NOON),
        replace(OPEN, expires_at=NOON),
    ],
)
def test_a_link_opens_once_until_it_is_taken_back_or_its_days_are_over(over: Invitation) -> None:
    require_open(OPEN, NOON)
    with pytest.raises(Refused) as refused:
        require_open(over, NOON)
    assert refused.value.code == "invitation_over"


@pytest.mark.parametrize("own", KINDS)
@pytest.mark.parametrize("kind", KINDS)
def test_family_asks_family_and_a_shopkeeper_partners_and_staff(
    own: OccupancyKind, kind: OccupancyKind
) -> None:
    expected = (own, kind) in {("lives", "lives"), ("trades", "trades"), ("trades", "works")}
    assert policy.may_invite(an_actor("resident"), kind, {own}) is expected
    assert policy.may_invite(an_actor("coordinator"), kind, set())


def test_whoever_is_not_there_asks_nobody() -> None:
    with pytest.raises(NotAllowed):
        policy.require_inviting(an_actor("resident"), "lives", set())


def test_only_who_gave_it_out_and_staff_take_it_back() -> None:
    policy.require_withdrawing(an_actor("resident", member_id=LIN), OPEN)
    policy.require_withdrawing(an_actor("operator"), OPEN)
    for other in (an_actor("resident"), an_actor("operator", alliance_id=UUID(int=9))):
        with pytest.raises(NotFound):
            policy.require_withdrawing(other, OPEN)


def test_every_kind_of_occupancy_has_its_role_and_row() -> None:
    assert set(ROLE_OF) == set(MAY_INVITE) == set(KINDS)
