"""What was agreed on the spot: in force by the mediator's record alone, and each word its speaker's own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from services.mediation import commands as asked
from services.mediation import policy
from services.mediation.decisions.court import is_asked_by_all
from services.mediation.decisions.mediator import ConflictOfInterest
from services.mediation.documents.papers import application_paper
from services.mediation.events import (
    AgreementEffective,
    CommitmentConfirmed,
    CommitmentDisputed,
    CommitmentProven,
    CommitmentsPerformed,
    CourtAsked,
    MediatorProposed,
    MediatorRemoved,
    OralAgreementRecorded,
)
from services.mediation.state import (
    ByMouth,
    OralUnrecorded,
    Performed,
    Performing,
    commitments_of,
    mediator_of,
    proposed_of,
    status,
)
from services.mediation.views.mediation import mediation_view, receipt
from shared.errors import Invalid, NotAllowed, NotNow, Refused
from tests.support.tokens import an_actor
from tests.unit.mediation.stories import (
    AGREEMENT,
    ALLIANCE,
    GU,
    HAN,
    HOME,
    MEDIATION,
    NO_POSTS,
    NOON,
    PROOF,
    SHEN,
    SHOP,
    SHUT_DOOR,
    TODAY,
    XU,
    ZHOU,
    a_mediation,
    a_record,
    an_oral_agreement,
    by_mouth,
)

CAPTAIN = an_actor("building_captain", member_id=XU, alliance_id=ALLIANCE)
MA = an_actor("merchant", member_id=SHOP, alliance_id=ALLIANCE)
COMMITTEE = an_actor("coordinator", member_id=ZHOU, alliance_id=ALLIANCE)
OTHER = an_actor("mediator", member_id=HAN, alliance_id=ALLIANCE)
MEDIATOR = an_actor("mediator", member_id=GU, alliance_id=ALLIANCE)


def asks_by_mouth(told_on: date = TODAY) -> asked.PassOnCourtRequest:
    return asked.PassOnCourtRequest(MEDIATION, AGREEMENT, XU, told_on)


DISPUTE = asked.DisputeWording(MEDIATION, AGREEMENT, SHOP, "没说每天")


class TestRecording:
    def test_before_it_nothing_binds(self):
        stated = an_oral_agreement()
        assert status(stated.state) == "oral_unrecorded"
        assert commitments_of(stated.state) == ()
        with pytest.raises(NotNow):
            stated.do(by_mouth())

    def test_by_it_the_agreement_is_in_force_from_the_day_it_was_reached(self):
        recorded = an_oral_agreement().later(days=1).recorded()
        assert isinstance(recorded.state, Performing)
        [words, effect] = recorded.last
        assert isinstance(words, OralAgreementRecorded)
        assert effect == AgreementEffective(TODAY, date(2026, 4, 20))  # 19 April is a Sunday

    def test_a_mediator_with_ties_records_nothing(self):
        with pytest.raises(ConflictOfInterest):
            an_oral_agreement().do(a_record(conflicts=frozenset({"lives_there"})))

    def test_every_promise_gets_its_words_and_no_other(self):
        record = a_record()
        short = asked.RecordOral(MEDIATION, AGREEMENT, "让出来", record.wording[:1], frozenset())
        twice = asked.RecordOral(
            MEDIATION, AGREEMENT, "让出来", (*record.wording, record.wording[0]), frozenset()
        )
        for wrong in (short, twice):
            with pytest.raises(Invalid, match="commitments_not_those"):
                an_oral_agreement().do(wrong)

    def test_it_is_recorded_once_unless_its_words_are_disputed(self):
        with pytest.raises(Refused, match="recorded_already"):
            an_oral_agreement().recorded().do(a_record())

    def test_the_days_to_ask_the_court_are_shown_before_it_too(self):
        view = mediation_view(MA, an_oral_agreement().state, NOON, "zh-CN")
        assert view.oral is not None
        assert (view.oral.recorded, view.oral.judicial_until) == (False, date(2026, 4, 20))
        assert view.oral.judicial_note == "口头协议申请确认需有记录"
        assert view.agreement is None


class TestAnotherMediator:
    """Where the one who was there turns out to have ties, somebody without records what was agreed."""

    def test_whoever_has_ties_is_taken_off_and_the_next_one_asked(self):
        story = an_oral_agreement().stood_aside()
        assert [type(one) for one in story.last] == [MediatorRemoved, MediatorProposed]
        assert (mediator_of(story.state), proposed_of(story.state)) == (None, HAN)
        assert policy.roles_in(MEDIATOR, story.state) == frozenset()
        assert status(story.state) == "oral_unrecorded"

    def test_nothing_settled_at_the_door_is_void_by_it(self):
        assert an_oral_agreement().stood_aside().state.matter.void == ()

    def test_the_one_who_takes_it_records_it_from_the_day_it_was_reached(self):
        story = an_oral_agreement().stood_aside().later(days=2)
        with pytest.raises(Refused, match="mediator_to_be_named"):
            story.do(a_record())
        taken = story.do(asked.TakeMediation(MEDIATION, HAN, frozenset()))
        assert policy.possible_for(OTHER, taken.state, taken.now) == ["fail", "pass-on", "record", "stop"]
        recorded = taken.recorded()
        assert mediator_of(recorded.state) == HAN
        assert recorded.last[-1] == AgreementEffective(TODAY, date(2026, 4, 20))

    def test_a_tie_declared_by_the_next_one_passes_it_on_once_more(self):
        story = an_oral_agreement().stood_aside()
        story = story.do(asked.TakeMediation(MEDIATION, HAN, frozenset(), "kin", SHEN))
        assert proposed_of(story.state) == SHEN
        with pytest.raises(ConflictOfInterest):
            story.do(asked.TakeMediation(MEDIATION, SHEN, frozenset({"lives_there"})))

    def test_nobody_who_left_is_named_again(self):
        story = an_oral_agreement().do(asked.PassOn(MEDIATION, GU))
        with pytest.raises(Refused, match="mediator_passed"):
            story.do(asked.NominateMediator(MEDIATION, GU, frozenset()))
        assert proposed_of(story.do(asked.NominateMediator(MEDIATION, HAN, frozenset())).state) == HAN

    def test_while_somebody_leads_it_nobody_else_is_named(self):
        with pytest.raises(Refused, match="mediator_there"):
            an_oral_agreement().do(asked.NominateMediator(MEDIATION, HAN, frozenset()))
        with pytest.raises(Refused, match="nobody_proposed"):
            an_oral_agreement().do(asked.PassOn(MEDIATION, GU), asked.StopForConflict(MEDIATION, SHOP))

    def test_a_party_who_does_not_want_the_next_one_is_asked_about_another(self):
        story = an_oral_agreement().stood_aside().do(asked.DeclineMediator(MEDIATION, SHOP, SHEN))
        assert proposed_of(story.state) == SHEN

    def test_everybody_is_offered_what_they_can_do_and_told_what_comes_next(self):
        led, open_ = an_oral_agreement(), an_oral_agreement().do(asked.PassOn(MEDIATION, GU))
        offered = {
            "party": (MA, ["decline-mediator", "refuse", "stop", "wording/accept", "wording/dispute"]),
            "coordinator": (COMMITTEE, ["fail", "stop"]),
            "mediator": (MEDIATOR, ["fail", "pass-on", "record", "stop"]),
        }
        for who, expected in offered.values():
            assert policy.possible_for(who, led.state, NOON) == expected
        assert policy.possible_for(COMMITTEE, open_.state, NOON) == ["fail", "nominate"]
        assert policy.possible_for(OTHER, led.stood_aside().state, NOON) == ["pass-on", "take"]
        assert "accept-mediator" in policy.possible_for(MA, led.stood_aside().state, NOON)
        says = {
            receipt(who, story.state, NOON, "en", proof=PROOF).next
            for story in (led, open_, led.stood_aside())
            for who in (MA, COMMITTEE, MEDIATOR, OTHER)
            if policy.roles_in(who, story.state)
        }
        assert len(says) == 6


class TestWording:
    def test_it_may_be_disputed_within_three_working_days(self):
        stated = an_oral_agreement()  # Friday noon
        assert stated.state.matter.oral.dispute_until == date(2026, 3, 25)
        last_minute = stated.later(days=5, hours=11, minutes=59).do(DISPUTE)
        assert last_minute.state.matter.oral.dispute.reason == "没说每天"
        with pytest.raises(Refused, match="wording_stands"):
            stated.later(days=5, hours=12).do(DISPUTE)

    def test_who_accepted_it_disputes_it_no_more(self):
        accepted = an_oral_agreement().do(asked.AcceptWording(MEDIATION, AGREEMENT, SHOP))
        with pytest.raises(Refused, match="wording_stands"):
            accepted.do(DISPUTE)
        assert {"wording/accept", "wording/dispute"}.isdisjoint(policy.possible_for(MA, accepted.state, NOON))

    def test_recorded_anew_the_promises_keep_what_became_of_them(self):
        disputed = an_oral_agreement().recorded().do(by_mouth(), DISPUTE)
        again = disputed.do(a_record(what="周一到周五铁管放店里"))
        kept = {one.promise.commitment_id: one for one in commitments_of(again.state)}
        assert (kept[SHUT_DOOR].status, kept[SHUT_DOOR].promise.what) == ("confirmed", "周一到周五铁管放店里")
        assert again.state.matter.oral.dispute is None
        assert len(again.last) == 1

    def test_why_it_is_disputed_the_captain_does_not_read(self):
        disputed = an_oral_agreement().do(DISPUTE)
        seen = {
            who.role: mediation_view(who, disputed.state, NOON, "zh-CN").oral.dispute.reason
            for who in (CAPTAIN, MA, MEDIATOR)
        }
        assert seen == {"building_captain": None, "merchant": "没说每天", "mediator": "没说每天"}


class TestCourtByMouth:
    """Who cannot write asks the court by word of mouth; it is entered with the day on which they said it."""

    def test_it_is_their_own_request_with_its_day_and_the_one_who_heard_it(self):
        told = an_oral_agreement().recorded().later(days=2).do(asks_by_mouth())
        assert told.last == (CourtAsked(HOME, AGREEMENT, ByMouth(XU, TODAY)),)
        view = mediation_view(MA, told.state, told.now, "zh-CN").agreement.court
        assert (view.asked, view.told_on, view.complete) == (["complainant"], TODAY, False)

    def test_with_the_other_sides_it_is_the_joint_request_and_the_paper_says_how(self):
        both = an_oral_agreement().recorded().do(asks_by_mouth(), asked.AskCourt(MEDIATION, AGREEMENT, SHOP))
        assert is_asked_by_all(both.state.matter, both.state.agreement)
        lines = [
            line
            for part in application_paper(both.state.matter, both.state.agreement, "zh-CN").sections
            for line in part.lines
        ]
        assert [line for line in lines if "住户甲" in line and "口头提出" in line]

    def test_by_captain_mediator_and_committee_and_once(self):
        recorded = an_oral_agreement().recorded()
        for who in (CAPTAIN, MEDIATOR, COMMITTEE):
            assert "confirm-in-court/by-mouth" in policy.possible_for(who, recorded.state, NOON)
        assert "confirm-in-court/by-mouth" not in policy.possible_for(MA, recorded.state, NOON)
        told = recorded.do(asks_by_mouth())
        assert told.do(asks_by_mouth()).last == ()
        assert "confirm-in-court/by-mouth" not in policy.possible_for(CAPTAIN, told.state, NOON)

    @pytest.mark.parametrize("days", [-1, 1])
    def test_it_was_said_after_the_agreement_and_not_in_the_future(self, days: int):
        with pytest.raises(Invalid):
            an_oral_agreement().recorded().do(asks_by_mouth(TODAY + timedelta(days=days)))

    def test_the_days_of_the_court_hold_for_it_too(self):
        recorded = an_oral_agreement().recorded()
        late = recorded.later(days=31, hours=12)
        with pytest.raises(Refused, match="court_time_over"):
            late.do(asks_by_mouth())
        assert "confirm-in-court/by-mouth" not in policy.possible_for(CAPTAIN, late.state, late.now)

    def test_where_everybody_speaks_for_themselves_nobody_asks_for_them(self):
        with pytest.raises(Refused, match="not_spoken"):
            a_mediation().in_effect().do(asks_by_mouth())


class TestByMouth:
    def test_it_stays_the_word_of_who_said_it(self):
        told = an_oral_agreement().recorded().do(by_mouth())
        assert told.last == (CommitmentConfirmed(SHUT_DOOR, ByMouth(XU, TODAY)),)

    def test_the_last_word_ends_the_performance(self):
        kept = an_oral_agreement().recorded().do(asked.ConfirmCommitment(MEDIATION, NO_POSTS, SHOP))
        done = kept.do(by_mouth())
        assert isinstance(done.state, Performed)
        assert done.last[-1] == CommitmentsPerformed()

    def test_a_complaint_by_mouth_is_a_dispute(self):
        proven = (
            an_oral_agreement().recorded().do(asked.ProveCommitment(MEDIATION, SHUT_DOOR, SHOP, "收好了"))
        )
        told = proven.do(by_mouth("disputed", words="又横在门口"))
        assert told.last == (CommitmentDisputed(SHUT_DOOR, "又横在门口", ByMouth(XU, TODAY)),)

    def test_what_they_promised_themselves_they_do_not_confirm_by_another_mouth(self):
        with pytest.raises(NotAllowed):
            an_oral_agreement().recorded().do(by_mouth(commitment=NO_POSTS))

    @pytest.mark.parametrize("days", [-1, 1])
    def test_it_was_said_after_the_agreement_and_not_in_the_future(self, days: int):
        with pytest.raises(Invalid):
            an_oral_agreement().recorded().do(by_mouth(told_on=TODAY + timedelta(days=days)))

    def test_the_captain_confirms_nothing_in_her_own_name(self):
        recorded = an_oral_agreement().recorded()
        assert policy.possible_for(CAPTAIN, recorded.state, NOON) == ["by-mouth", "confirm-in-court/by-mouth"]
        for step in (asked.ConfirmCommitment, asked.DisputeCommitment, asked.AcceptWording, asked.RecordOral):
            with pytest.raises(NotAllowed):
                policy.require(CAPTAIN, step, recorded.state)

    def test_in_any_other_mediation_nobody_speaks_for_anybody(self):
        with pytest.raises(Refused, match="not_spoken"):
            a_mediation().in_effect().do(by_mouth())
        coordinator = an_actor("coordinator", member_id=ZHOU, alliance_id=ALLIANCE)
        assert "by-mouth" not in policy.possible_for(coordinator, a_mediation().in_effect().state, NOON)


def test_what_the_mediator_saw_is_proof_here_and_nowhere_else():
    seen = asked.ProveCommitment(MEDIATION, SHUT_DOOR, GU, "当场搬进店里")
    [proven] = an_oral_agreement().recorded().do(seen).last
    assert isinstance(proven, CommitmentProven)
    assert proven.by_mediator
    assert "proof" in policy.possible_for(MEDIATOR, an_oral_agreement().recorded().state, NOON)
    assert "proof" not in policy.possible_for(MEDIATOR, a_mediation().in_effect().state, NOON)


def test_refused_before_the_record_it_ends_without_blame():
    ended = an_oral_agreement().do(asked.RefuseMediation(MEDIATION, SHOP))
    assert status(ended.state) == "ended"
    assert isinstance(an_oral_agreement().state, OralUnrecorded)
    assert HOME in {party.member_id for party in ended.state.matter.parties}
