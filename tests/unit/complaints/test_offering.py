"""服务项目: offered once to whoever is a party, taken or left, and nobody else learns of it."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from services.complaints import commands as c
from services.complaints import events as e
from services.complaints import policy
from services.complaints.decisions import Standing, evolve
from services.complaints.decisions.state import AwaitingRoute, AwaitingTriage, Closed
from services.complaints.service_list import service_list
from services.complaints.views.offers import services
from shared.errors import Invalid, NotFound, NotNow, Refused
from tests.unit.complaints.cases import CASE, EXAMPLES, HOME, OFFER, SHOP, a, after, asked_by, events_of

OFFERED, _ = EXAMPLES[c.OfferService]
assert isinstance(OFFERED, c.OfferService)
LEFT = c.AnswerService(CASE, OFFER, False)
DAY = asked_by("coordinator").today


def test_it_is_offered_to_a_party_once_so_that_nobody_is_pressed():
    offered = after(a(AwaitingRoute), OFFERED, "coordinator")
    with pytest.raises(Refused, match="service_offered_already"):
        events_of(offered, replace(OFFERED, offer_id=UUID(int=99)), "coordinator")
    assert events_of(offered, replace(OFFERED, offer_id=UUID(int=99), party_id=HOME), "coordinator")


def test_whoever_is_no_party_is_offered_nothing():
    with pytest.raises(Invalid, match="unknown_party"):
        events_of(a(AwaitingRoute), replace(OFFERED, party_id=UUID(int=99)), "coordinator")


def test_nothing_is_offered_before_the_other_side_knows_of_the_case():
    with pytest.raises(NotNow):
        events_of(a(AwaitingTriage), OFFERED, "coordinator")
    declined = after(a(AwaitingTriage), *EXAMPLES[c.DeclineCase])
    with pytest.raises(NotNow):
        events_of(declined, OFFERED, "coordinator")


def test_what_was_left_may_still_be_taken_and_what_was_taken_is_not_asked_again():
    left = after(after(a(Closed), OFFERED, "coordinator"), LEFT, "respondent")
    assert events_of(left, LEFT, "respondent") == []
    taken = after(left, *EXAMPLES[c.AnswerService])
    assert taken.file.service(OFFER).taken is True
    with pytest.raises(NotNow):
        events_of(taken, LEFT, "respondent")


def test_the_other_side_answers_for_nobody():
    both = after(
        after(a(AwaitingRoute), OFFERED, "coordinator"),
        replace(OFFERED, offer_id=UUID(int=99), party_id=HOME),
        "coordinator",
    )
    with pytest.raises(NotFound):
        events_of(both, LEFT, "complainant")


def test_neither_moves_the_case_nor_leaves_a_mark():
    before = a(AwaitingRoute)
    left = after(after(before, OFFERED, "coordinator"), LEFT, "respondent")
    assert replace(left, file=replace(left.file, services=())) == before
    assert policy.waits_for(left) == policy.waits_for(before)


@pytest.mark.parametrize(
    ("role", "party", "seen"),
    [
        ("respondent", SHOP, 1),
        ("coordinator", None, 1),
        ("complainant", HOME, 0),
        ("mediator", None, 0),
        ("building_captain", None, 0),
        ("joined", UUID(int=77), 0),
    ],
)
def test_whom_it_was_offered_and_the_coordinator_alone_read_of_it(role, party, seen):
    case = after(a(AwaitingRoute), OFFERED, "coordinator")
    said = events_of(a(AwaitingRoute), OFFERED, "coordinator")
    answered = e.ServiceAnswered(asked_by("respondent").today, OFFER, SHOP, True)
    by = Standing(role, party)
    shown = services(said, by, case.file, "en")
    assert [(one.what, one.yours, one.taken) for one in shown] == [
        ("Outdoor charging point for e-bikes", party == SHOP, None)
    ] * seen
    assert policy.sees_step(by, answered) is bool(seen)


def test_with_whoever_speaks_for_the_group_no_more_goes_what_they_were_offered():
    fang = UUID(int=98)
    leading = evolve(a(AwaitingRoute), e.LeadsNamed(DAY, (HOME, fang)))
    [offered] = events_of(leading, replace(OFFERED, party_id=fang), "coordinator")
    alone = evolve(evolve(leading, offered), e.LeadStoodDown(DAY, fang))
    assert services([offered], Standing("coordinator"), alone.file, "en") == []


def test_every_service_of_the_list_has_a_code_of_its_own():
    codes = [one.code for one in service_list().services]
    assert len(codes) == len(set(codes))
    assert service_list().find("outdoor_charging_point") in service_list().offered
