"""自愿承诺: offered where there is no mediation, wanted or not, and never more than a fact where it is not kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from services.complaints import commands as c
from services.complaints import events as e
from services.complaints import publish
from services.complaints.decisions import Case, State, decide, possible_commands
from services.complaints.decisions.state import (
    AwaitingAnswer,
    AwaitingRoute,
    Closed,
    Deliberating,
    Pledged,
    Standing,
    Surveyed,
    running_clock,
    stage_of,
    status_of,
)
from services.complaints.figures import CaseFacts, figures_of
from services.complaints.figures import Survey as Said
from services.complaints.people import People
from services.complaints.policy import waits_for
from services.complaints.views.pledges import pledges
from shared.clock import SHANGHAI
from shared.errors import Invalid, NotAllowed, NotFound, NotNow
from tests.unit.complaints.cases import (
    ALLIANCE,
    ANOTHER_REFERRAL,
    CASE,
    CONCLUSION,
    EXAMPLES,
    HOME,
    LIN,
    MA,
    NIGHT,
    PLEDGE,
    REFERRAL,
    SHOP,
    a,
    after,
    asked_by,
    events_of,
)

DUE = date(2026, 3, 31)
SECOND = UUID(int=98)
OFFER = c.OfferPledge(CASE, PLEDGE, "夜里不响", DUE)
DAY_AFTER = NIGHT.replace(day=31) + timedelta(days=1)


def refused_while_referred() -> Case:
    """Two authorities have it when the respondent refuses: nothing ends by that."""
    case: State = a(AwaitingAnswer)
    for referral, authority in ((REFERRAL, "urban_management"), (ANOTHER_REFERRAL, "fire_rescue")):
        case = after(case, c.ReferCase(CASE, referral, authority, "请查", "unlawful"), "coordinator")
    return after(case, c.RefuseMediation(CASE), "respondent")  # type: ignore[return-value]


def returned(case: State, *referrals: UUID) -> State:
    for one in referrals:
        case = after(case, c.ReturnCase(CASE, "remedied", "已清空", one), "coordinator")
    return case


def asked(case: State, *names: type[c.Command], role: str = "respondent") -> list[bool]:
    possible = possible_commands(case, asked_by(role))  # type: ignore[arg-type]
    return [one in possible for one in names]


class TestOffering:
    def test_it_is_offered_where_mediation_was_refused_and_an_authority_still_has_the_matter(self):
        refused = refused_while_referred()
        assert isinstance(refused, AwaitingRoute)
        assert [type(one) for one in events_of(refused, OFFER, "respondent")] == [e.PledgeOffered]

    def test_it_is_offered_where_mediation_ended_without_agreement(self):
        assert asked(a(Closed), c.OfferPledge) == [True]

    @pytest.mark.parametrize("state", [AwaitingAnswer, AwaitingRoute, Deliberating])
    def test_nobody_offers_it_while_there_may_be_mediation(self, state):
        with pytest.raises(NotNow):
            events_of(a(state), OFFER, "respondent")

    def test_not_for_a_day_that_has_passed(self):
        with pytest.raises(Invalid, match="in_the_past"):
            events_of(a(Closed), replace(OFFER, due_on=date(2026, 3, 11)), "respondent")

    def test_one_at_a_time_so_that_nobody_is_pressed(self):
        assert asked(after(a(Closed), OFFER, "respondent"), c.OfferPledge) == [False]

    def test_nor_again_and_again(self):
        case: State = a(Closed)
        for number in range(5):
            offered = after(case, replace(OFFER, pledge_id=UUID(int=100 + number)), "respondent")
            case = after(offered, c.AnswerPledge(CASE, UUID(int=100 + number), False), "complainant")
        assert asked(case, c.OfferPledge) == [False]

    def test_where_nobody_is_known_who_could_want_it_there_is_none(self):
        refused = after(a(AwaitingAnswer, identity="anonymous"), c.RefuseMediation(CASE), "respondent")
        assert asked(refused, c.OfferPledge) == [False]

    def test_after_the_days_of_a_reopening_it_is_too_late(self):
        closed = a(Closed)
        late = closed.file.clock("reopen").ends_at
        with pytest.raises(NotNow):
            events_of(closed, replace(OFFER, due_on=late.date()), "respondent", late)


def refused_on_paper() -> State:
    """By somebody without an account: nobody is behind the other side."""
    case = a(AwaitingAnswer, respondents=())
    return after(case, c.EnterAnswer(CASE, None, "没空", "paper", NIGHT.date()), "coordinator")


ENTERED = EXAMPLES[c.EnterPledge][0]
assert isinstance(ENTERED, c.EnterPledge)


class TestEntering:
    @pytest.mark.parametrize("role", ["coordinator", "building_captain", "mediator"])
    def test_what_was_pledged_without_an_account_is_as_old_as_the_day_it_came(self, role):
        later = NIGHT + timedelta(days=2)
        [offered] = events_of(refused_on_paper(), ENTERED, role, later)
        assert offered == e.PledgeOffered(
            date(2026, 3, 12),
            PLEDGE,
            None,
            ENTERED.what,
            ENTERED.due_on,
            c.Entered("counter", date(2026, 3, 12), role),
        )

    def test_whoever_has_an_account_speaks_for_themselves(self):
        with pytest.raises(NotNow):
            events_of(a(Closed), ENTERED, "coordinator")

    @pytest.mark.parametrize(
        ("wrong", "code"),
        [
            ({"received_on": date(2026, 3, 13)}, "in_the_future"),
            ({"received_on": date(2026, 3, 11)}, "before_acceptance"),
            ({"due_on": date(2026, 3, 11)}, "in_the_past"),
        ],
    )
    def test_it_came_while_the_matter_was_on_and_its_day_has_not_passed(self, wrong, code):
        with pytest.raises(Invalid, match=code):
            events_of(refused_on_paper(), replace(ENTERED, **wrong), "coordinator")

    def test_one_at_a_time_as_of_everybody(self):
        entered = after(refused_on_paper(), ENTERED, "building_captain")
        assert asked(entered, c.EnterPledge, role="building_captain") == [False]

    def test_it_runs_as_any_other_and_whoever_wrote_it_down_says_that_it_is_done(self):
        entered = after(refused_on_paper(), ENTERED, "building_captain")
        wanted = after(entered, *EXAMPLES[c.AnswerPledge])
        assert (type(wanted), running_clock(wanted).until) == (Pledged, DUE)
        assert "coordinator" in waits_for(wanted)
        assert "respondent" not in waits_for(wanted)
        proven = after(wanted, EXAMPLES[c.ProvePledge][0], "coordinator")
        confirmed = after(proven, *EXAMPLES[c.ConfirmPledge])
        assert [one.party_id for one in confirmed.surveys] == [HOME]

    def test_whoever_comes_later_by_the_code_has_it_as_their_own(self):
        entered = after(refused_on_paper(), ENTERED, "building_captain")
        wanted = after(entered, *EXAMPLES[c.AnswerPledge])
        theirs = after(wanted, *EXAMPLES[c.ClaimCase])
        assert [one.party_id for one in theirs.file.pledges] == [SHOP]
        with pytest.raises(NotNow):
            events_of(theirs, EXAMPLES[c.ProvePledge][0], "coordinator")
        assert events_of(theirs, *EXAMPLES[c.ProvePledge])

    def test_the_captain_reads_what_was_written_down_and_nothing_the_complainant_said_of_it(self):
        entered = after(refused_on_paper(), ENTERED, "building_captain")
        said = (
            *events_of(refused_on_paper(), ENTERED, "building_captain"),
            e.PledgeDisputed(DUE, PLEDGE, "还在响", None),
        )
        [shown] = pledges(said, {}, entered.file, asked_by("building_captain"))
        assert (shown.what, shown.dispute, shown.yours) == (ENTERED.what, None, False)
        assert shown.entered.slip == "counter"
        assert pledges((), {}, a(Pledged).file, asked_by("building_captain")) == []


class TestAnswering:
    def test_a_yes_ends_the_wait_for_an_agreement_and_begins_its_own_days(self):
        pledged = after(after(a(Closed), OFFER, "respondent"), *EXAMPLES[c.AnswerPledge])
        assert isinstance(pledged, Pledged)
        assert (stage_of(pledged), status_of(pledged)) == ("act", "pledged")
        assert (running_clock(pledged).name, running_clock(pledged).until) == ("pledge", DUE)
        assert {clock.name for clock in pledged.file.clocks if clock.state == "running"} == {"pledge"}

    def test_a_no_leaves_everything_as_it_was(self):
        offered = after(a(Closed), OFFER, "respondent")
        declined = after(offered, c.AnswerPledge(CASE, PLEDGE, False), "complainant")
        assert isinstance(declined, Closed)
        assert [one.status for one in declined.file.pledges] == ["declined"]

    def test_what_was_answered_is_not_answered_again(self):
        declined = after(
            after(a(Closed), OFFER, "respondent"), c.AnswerPledge(CASE, PLEDGE, False), "complainant"
        )
        with pytest.raises(NotNow):
            events_of(declined, *EXAMPLES[c.AnswerPledge])


class TestKeeping:
    def test_the_other_side_has_three_working_days_to_confirm(self):
        [proven] = events_of(a(Pledged), *EXAMPLES[c.ProvePledge])
        assert (proven.confirm.until, proven.confirm.of) == (date(2026, 3, 17), PLEDGE)
        assert stage_of(after(a(Pledged), *EXAMPLES[c.ProvePledge])) == "supervise"

    def test_only_who_pledged_it_says_that_it_is_done(self):
        case = a(Pledged)
        stranger = replace(asked_by("respondent"), by=Standing("respondent", UUID(int=77)))
        file = replace(case.file, respondents=(*case.file.respondents, UUID(int=77)))
        with pytest.raises(NotNow):
            decide(replace(case, file=file), EXAMPLES[c.ProvePledge][0], stranger)
        own = c.OfferPledge(CASE, SECOND, "不放鞭炮", DUE)
        both = after(after(case, own, "respondent"), c.AnswerPledge(CASE, SECOND, True), "complainant")
        mine = tuple(
            replace(one, party_id=UUID(int=77)) if one.pledge_id == SECOND else one
            for one in both.file.pledges
        )
        with pytest.raises(NotAllowed):
            decide(
                replace(both, file=replace(both.file, pledges=mine)),
                EXAMPLES[c.ProvePledge][0],
                stranger,
            )

    def test_the_last_confirmation_brings_visits_and_asks_both_how_it_went(self):
        events = events_of(after(a(Pledged), *EXAMPLES[c.ProvePledge]), *EXAMPLES[c.ConfirmPledge])
        [concluded] = [one for one in events if isinstance(one, e.CaseConcluded)]
        assert [one.due for one in concluded.visits] == [date(2026, 3, 19), date(2026, 4, 13)]
        assert sum(isinstance(one, e.SurveyRequested) for one in events) == 2

    def test_whoever_has_to_say_so_is_reminded_the_working_day_before_and_not_once_they_have(self):
        warn, due = c.WarnOfClock(CASE, "confirm_done", PLEDGE), datetime(2026, 3, 16, 8, tzinfo=SHANGHAI)
        proven = after(a(Pledged), *EXAMPLES[c.ProvePledge])
        [warned] = events_of(proven, warn, "system", due)
        telling = publish.Telling(proven, ALLIANCE, People({HOME: LIN, SHOP: MA}))
        [told] = publish.contracts_of(telling, warned)
        assert (told.to, told.until) == ((LIN,), date(2026, 3, 17))
        for said in (c.ConfirmPledge, c.DisputePledge):
            assert events_of(after(proven, *EXAMPLES[said]), warn, "system", due) == []

    def test_with_another_one_owed_the_case_goes_on(self):
        second = c.OfferPledge(CASE, SECOND, "不放鞭炮", DUE)
        both = after(
            after(a(Pledged), second, "respondent"), c.AnswerPledge(CASE, SECOND, True), "complainant"
        )
        assert [type(one) for one in events_of(both, *EXAMPLES[c.ConfirmPledge])] == [e.PledgeConfirmed]

    def test_a_dispute_lets_the_days_go_on_and_another_proof_follow(self):
        proven = after(a(Pledged), *EXAMPLES[c.ProvePledge])
        disputed = after(proven, *EXAMPLES[c.DisputePledge])
        assert (stage_of(disputed), running_clock(disputed).name) == ("supervise", "pledge")
        assert isinstance(after(disputed, *EXAMPLES[c.ProvePledge]), Pledged)

    def test_only_what_is_said_to_be_done_is_disputed(self):
        with pytest.raises(NotNow):
            events_of(a(Pledged), *EXAMPLES[c.DisputePledge])

    def test_of_a_pledge_that_is_not_there_nothing_is_told(self):
        with pytest.raises(NotFound):
            events_of(a(Pledged), c.ConfirmPledge(CASE, SECOND), "complainant")


class TestMissing:
    END = c.EndClock(CASE, "pledge", PLEDGE)

    def test_it_is_a_fact_told_once_and_not_before_its_day_is_over(self):
        case = a(Pledged)
        assert events_of(case, self.END, "system", DAY_AFTER - timedelta(hours=24)) == []
        assert events_of(case, self.END, "system", DAY_AFTER) == [e.PledgeMissed(PLEDGE)]
        missed = after(case, self.END, "system", DAY_AFTER)
        assert events_of(missed, self.END, "system", DAY_AFTER) == []
        assert status_of(missed) == "pledged"

    def test_nobody_is_called_in_over_it(self):
        missed = after(a(Pledged), self.END, "system", DAY_AFTER)
        months = DAY_AFTER + timedelta(days=90)
        assert events_of(missed, c.EscalateClock(CASE, "pledge", PLEDGE), "system", months) == []

    def test_late_is_still_done(self):
        missed = after(a(Pledged), self.END, "system", DAY_AFTER)
        proven = after(missed, *EXAMPLES[c.ProvePledge], now=DAY_AFTER)
        assert isinstance(after(proven, *EXAMPLES[c.ConfirmPledge], now=DAY_AFTER), Surveyed)

    def test_before_any_timer_the_page_shows_the_day_as_passed(self):
        case = a(Pledged)
        [shown] = pledges((), {}, case.file, asked_by("complainant", DAY_AFTER))
        assert shown.missed

    def test_whoever_complained_may_stop_waiting(self):
        ended = after(a(Pledged), c.ConcludeCase(CASE, CONCLUSION, "no_agreement"), "complainant")
        assert (ended.outcome, ended.file.pledges[0].status) == ("ended_without_agreement", "lapsed")

    def test_whoever_pledged_does_not_end_it_for_them(self):
        with pytest.raises(NotNow):
            events_of(a(Pledged), c.ConcludeCase(CASE, CONCLUSION, "no_agreement"), "respondent")


class TestWords:
    SAID = (e.PledgeDisputed(DUE, PLEDGE, "五号楼还听得到", None),)

    @pytest.mark.parametrize(("identity", "read"), [("named", "五号楼还听得到"), ("hidden", None)])
    def test_what_a_concealed_complainant_sees_is_not_read_by_the_other_side(self, identity, read):
        file = a(Pledged, identity=identity).file
        [shown] = pledges(self.SAID, {}, file, asked_by("respondent"))
        assert shown.dispute == read
        [own] = pledges(self.SAID, {}, file, asked_by("complainant"))
        assert own.dispute == "五号楼还听得到"


class TestHazardRemoved:
    def test_the_case_waits_for_both_authorities(self):
        refused = refused_while_referred()
        assert asked(returned(refused, REFERRAL), c.ConcludeCase, role="coordinator") == [False]
        both = returned(refused, REFERRAL, ANOTHER_REFERRAL)
        ended = after(both, c.ConcludeCase(CASE, CONCLUSION, "no_agreement"), "coordinator")
        assert (ended.outcome, ended.file.answer) == ("hazard_removed", "refuse")

    def test_what_people_say_of_it_makes_no_failure_of_who_refused(self):
        both = returned(refused_while_referred(), REFERRAL, ANOTHER_REFERRAL)
        settled = after(both, c.ConcludeCase(CASE, CONCLUSION, "settled"), "coordinator")
        for role in ("complainant", "respondent"):
            settled = after(settled, c.AnswerSurvey(CASE, False, 1), role)
        assert (type(settled), settled.outcome) == (Closed, "hazard_removed")

    def test_without_a_refusal_it_is_what_people_say(self):
        case: State = after(a(AwaitingRoute), *EXAMPLES[c.ReferCase])
        case = after(returned(case, REFERRAL), c.RouteCase(CASE, "direct"), "coordinator")
        case = after(case, *EXAMPLES[c.ConcludeCase])
        for role in ("complainant", "respondent"):
            case = after(case, c.AnswerSurvey(CASE, False, 1), role)
        assert case.outcome == "unsolved"

    def test_it_is_left_out_of_the_rate_of_what_was_solved_and_named_there(self):
        facts = CaseFacts(
            filed_on=DUE,
            category="noise",
            subcategory="ebike_alarm",
            channel="web",
            triage="met",
            ended_as="hazard_removed",
            asked=1,
            answers=(Said(solved=False, score=2),),
        )
        figures = figures_of([facts])
        assert (figures.solved.counted, figures.solved.excluded) == (0, {"hazard_removed": 1})
        assert figures.performed.excluded == {"without_agreement": 1}
