"""Voluntariness, and a mediator without conflict (People's Mediation Law art. 17, 19, 23)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from services.mediation import commands as asked
from services.mediation import events as happened
from services.mediation.decisions.mediator import ConflictOfInterest
from services.mediation.state import ChoosingMediator, Ended, Party, Scheduled
from shared.errors import NotFound, Refused
from tests.unit.mediation.stories import (
    GU,
    HAN,
    HOME,
    MEDIATION,
    SHOP,
    Story,
    a_mediation,
    an_id,
    an_opening,
)


def test_consent_is_asked_of_every_party_by_a_named_day():
    opened = a_mediation()
    assert opened.state.matter.consent_until == date(2026, 3, 27)  # five working days after a Friday


def test_one_side_alone_cannot_be_mediated():
    with pytest.raises(Refused, match="one_sided"):
        Story().do(an_opening(parties=(Party(HOME, "complainant", "home"),)))


def test_last_consent_opens_the_choice_of_a_mediator():
    half = a_mediation().do(asked.Consent(MEDIATION, HOME))
    assert half.last == (happened.PartyConsented(HOME, False, ()),)
    whole = half.do(asked.Consent(MEDIATION, SHOP))
    assert whole.last == (happened.PartyConsented(SHOP, False, ()), happened.ConsentCompleted())
    assert isinstance(whole.state, ChoosingMediator)


def test_two_of_one_side_do_not_consent_for_the_other():
    neighbours = (Party(HOME, "complainant", "home"), Party(an_id(3), "complainant", "home"))
    story = Story().do(an_opening(parties=(*neighbours, Party(SHOP, "respondent", "shop"))))
    story = story.do(asked.Consent(MEDIATION, HOME), asked.Consent(MEDIATION, an_id(3)))
    assert happened.ConsentCompleted() not in story.events


def test_nobody_consents_twice():
    with pytest.raises(Refused, match="already_consented"):
        a_mediation().do(asked.Consent(MEDIATION, HOME), asked.Consent(MEDIATION, HOME))


def test_only_parties_consent():
    with pytest.raises(NotFound):
        a_mediation().do(asked.Consent(MEDIATION, GU))


@pytest.mark.parametrize("party", [HOME, SHOP])
@pytest.mark.parametrize(
    "reached", ["consented", "led", "offered", "scheduled", "begun", "held", "drafted", "signed"]
)
def test_each_party_may_stop_until_the_agreement_binds(reached: str, party: object):
    story = getattr(a_mediation(), reached)().do(asked.RefuseMediation(MEDIATION, party))
    assert isinstance(story.state, Ended)
    assert story.state.refused_by == party


def test_stopping_calls_off_a_session_that_has_not_begun():
    story = a_mediation().scheduled()
    ended = story.do(asked.RefuseMediation(MEDIATION, HOME))
    refused, cancelled = ended.last
    assert refused == happened.MediationRefused(HOME)
    assert cancelled == happened.SessionCancelled(replace(story.state.session, sequence=1), GU)


def test_stopping_in_the_session_cancels_nothing():
    ended = a_mediation().begun().do(asked.RefuseMediation(MEDIATION, HOME))
    assert ended.last == (happened.MediationRefused(HOME),)


def test_a_withdrawn_case_ends_its_mediation_and_calls_off_the_session():
    ended = a_mediation().scheduled().do(asked.EndWithdrawn(MEDIATION))
    assert [type(event) for event in ended.last] == [happened.MediationWithdrawn, happened.SessionCancelled]


def test_an_agreement_in_effect_outlives_the_withdrawal_of_the_case():
    assert a_mediation().in_effect().do(asked.EndWithdrawn(MEDIATION)).last == ()


@pytest.mark.parametrize("command", [asked.NominateMediator, asked.TakeMediation])
def test_a_conflict_of_interest_refuses_nomination_and_taking(command: type):
    story = a_mediation().consented().do(asked.NominateMediator(MEDIATION, GU, frozenset()))
    with pytest.raises(ConflictOfInterest) as refused:
        story.do(command(MEDIATION, GU, frozenset({"same_trade", "family"})))
    assert refused.value.data == {"kinds": ["family", "same_trade"]}
    assert refused.value.without_kinds().data == {}


def test_only_who_was_asked_takes_it():
    story = a_mediation().consented().do(asked.NominateMediator(MEDIATION, GU, frozenset()))
    with pytest.raises(NotFound):
        story.do(asked.TakeMediation(MEDIATION, HAN, frozenset()))


def test_nobody_takes_a_mediation_nobody_asked_them_for():
    with pytest.raises(NotFound):
        a_mediation().consented().do(asked.TakeMediation(MEDIATION, GU, frozenset()))


def test_who_passed_is_not_asked_again():
    story = (
        a_mediation()
        .consented()
        .do(asked.NominateMediator(MEDIATION, GU, frozenset()), asked.PassOn(MEDIATION, GU))
    )
    with pytest.raises(Refused, match="mediator_passed"):
        story.do(asked.NominateMediator(MEDIATION, GU, frozenset()))


def test_asking_the_same_mediator_again_changes_nothing():
    story = a_mediation().consented().do(asked.NominateMediator(MEDIATION, GU, frozenset()))
    assert story.do(asked.NominateMediator(MEDIATION, GU, frozenset())).last == ()


def test_a_mediator_who_steps_back_leaves_the_session_too():
    story = a_mediation().scheduled()
    assert isinstance(story.state, Scheduled)
    left = story.do(asked.PassOn(MEDIATION, GU))
    assert [type(event) for event in left.last] == [happened.SessionCancelled, happened.MediatorPassed]
    [gone] = left.state.matter.asked
    assert (gone.mediator, gone.left) == (GU, "passed")
    assert isinstance(left.state, ChoosingMediator)
    assert (left.state.proposed, left.state.passed) == (None, (GU,))


def test_nobody_steps_back_for_another():
    with pytest.raises(NotFound):
        a_mediation().led().do(asked.PassOn(MEDIATION, HAN))
