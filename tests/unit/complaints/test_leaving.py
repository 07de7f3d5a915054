"""Parties by occupancy on the day: who left stays who they were, who comes after joins by their own word."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.complaints import commands as c
from services.complaints import events as e
from services.complaints import policy
from services.complaints.decisions import Case, Circumstances, Standing, State, decide, evolve
from services.complaints.decisions.state import (
    Acting,
    AwaitingAnswer,
    AwaitingMarks,
    AwaitingRoute,
    Closed,
    Deliberating,
    Supervised,
    Surveyed,
)
from services.complaints.events import CaseRouted
from services.complaints.figures import performed
from services.complaints.people import People
from services.complaints.showing import sees_exhibit
from services.complaints.storage.figures import _facts
from shared.errors import Invalid, NotNow, Refused
from tests.unit.complaints.cases import (
    ALLIANCE,
    CASE,
    EXAMPLES,
    HOME,
    LIN,
    MA,
    MEDIATION,
    NEXT,
    NIGHT,
    SHOP,
    TIMETABLE,
    a,
    after,
    asked_by,
    events_of,
    way_to,
)
from tests.unit.complaints.test_policy import an

TODAY = date(2026, 3, 12)
HOME_LEAVES = c.RecordLeaving(CASE, HOME, TODAY)
SHOP_LEAVES = c.RecordLeaving(CASE, SHOP, TODAY)
CLOSE = c.SpeakOnLeaving(CASE, HOME, "close")
LEAVE_IT = c.SpeakOnLeaving(CASE, HOME, "leave_to_flat")


def by(role: Any, party_id: UUID | None) -> Circumstances:
    return Circumstances(Standing(role, party_id), NIGHT, TIMETABLE)


def without_the_shop(state: type[State]) -> Any:
    return after(a(state), SHOP_LEAVES, "system")


def without_the_home(state: type[State]) -> Any:
    return after(a(state), HOME_LEAVES, "system")


def succeeded(case: Any, side: Any = "respondent", party: UUID = NEXT) -> Any:
    invited = after(case, c.InviteParty(CASE, party, side, "successor", "油烟;净化器待装"), "coordinator")
    return after(invited, c.AnswerInvitation(CASE, party, True, "我本来就要装"), "coordinator")


class TestLeaving:
    @pytest.mark.parametrize("state", [AwaitingAnswer, Deliberating, Acting, Supervised])
    def test_who_left_is_no_party_and_nobody_took_their_place(self, state: type[State]):
        case = without_the_shop(state)
        assert isinstance(case, state)
        assert case.file.respondents == ()
        assert case.file.is_deserted("respondent")
        assert case.file.side_ever(SHOP) == "respondent"

    def test_told_twice_it_happened_once(self):
        assert events_of(without_the_home(Acting), HOME_LEAVES, "system") == []

    def test_it_cannot_be_entered_before_it_is_so(self):
        with pytest.raises(Invalid, match="in_the_future"):
            events_of(a(Acting), c.RecordLeaving(CASE, HOME, TODAY + timedelta(days=1)), "coordinator")
        with pytest.raises(Invalid, match="unknown_party"):
            events_of(a(Acting), c.RecordLeaving(CASE, NEXT, TODAY), "coordinator")

    def test_nobody_waits_for_the_answer_of_one_who_has_gone(self):
        clock = without_the_shop(AwaitingAnswer).file.clock("answer")
        assert clock.state == "stopped"
        end = c.EndClock(CASE, "answer")
        assert events_of(without_the_shop(AwaitingAnswer), end, "system", NIGHT + timedelta(days=30)) == []

    def test_what_they_promised_is_not_missed_and_counts_for_nobody(self):
        case = without_the_shop(Supervised)
        far = NIGHT + timedelta(days=300)
        assert case.file.clock("commitments").state_at(far) == "stopped"
        assert performed(_facts(case, way_to(Supervised), far)) == "debtor_left"

    def test_a_neighbour_who_complains_too_keeps_the_matter_as_it_is(self):
        two = after(a(AwaitingRoute), c.AddParty(CASE, NEXT, "complainant", "neighbour"), "coordinator")
        case: Any = after(two, HOME_LEAVES, "system")
        assert case.file.complainants == (NEXT,)
        assert not case.file.is_deserted("complainant")
        assert [type(one) for one in decide(case, CLOSE, by("former", HOME))] == [e.LeavingSpoken]


class TestTheWish:
    def test_she_may_close_it_and_it_is_no_success(self):
        case = after(without_the_home(Supervised), CLOSE, "coordinator")
        assert isinstance(case, Closed)
        assert case.outcome == "withdrawn"

    def test_or_leave_it_to_the_flat(self):
        events = decide(without_the_home(Supervised), LEAVE_IT, by("former", HOME))
        assert events == [e.LeavingSpoken(TODAY, HOME, "leave_to_flat", None)]

    def test_a_shop_that_left_says_its_word_and_decides_nothing(self):
        case = without_the_shop(Supervised)
        said = c.SpeakOnLeaving(CASE, None, None, "店我盘出去了")
        assert decide(case, said, by("former", SHOP)) == [e.LeavingSpoken(TODAY, SHOP, None, "店我盘出去了")]
        with pytest.raises(Invalid, match="complainants_wish"):
            decide(case, c.SpeakOnLeaving(CASE, None, "close"), by("former", SHOP))

    def test_who_has_not_left_is_not_asked(self):
        with pytest.raises(NotNow):
            decide(a(Supervised), CLOSE, by("former", HOME))
        with pytest.raises(Invalid, match="nothing_said"):
            decide(without_the_home(Supervised), c.SpeakOnLeaving(CASE, HOME), asked_by("coordinator"))

    def test_of_one_who_died_the_family_is_asked_and_no_notice_goes_to_them(self):
        died: Any = after(a(Acting), c.RecordLeaving(CASE, HOME, TODAY, "died"), "coordinator")
        assert not died.file.former[0].is_asked
        assert HOME not in died.file.asked_how_it_went
        assert "former" not in policy.waits_for(died)
        heir = after(died, c.InviteParty(CASE, NEXT, "complainant", "heir", "油烟"), "coordinator")
        assert isinstance(after(heir, c.AnswerInvitation(CASE, NEXT, True), "coordinator"), Acting)


class TestComingAfter:
    def test_the_place_alone_makes_nobody_a_party(self):
        invited: Any = after(without_the_shop(Supervised), *EXAMPLES[c.InviteParty])
        assert invited.file.side_of(NEXT) is None
        joined = succeeded(without_the_shop(Supervised))
        assert joined.file.respondents == (NEXT,)
        assert joined.file.added[0].came_after

    def test_no_is_an_answer_without_consequences(self):
        invited = after(without_the_shop(Supervised), *EXAMPLES[c.InviteParty])
        case: Any = after(invited, c.AnswerInvitation(CASE, NEXT, False), "coordinator")
        assert case.file.invited == ()
        assert case.file.side_ever(NEXT) is None

    def test_nobody_is_asked_onto_a_side_that_nobody_left(self):
        with pytest.raises(NotNow):
            events_of(a(Supervised), *EXAMPLES[c.InviteParty])
        with pytest.raises(Refused, match="nobody_left"):
            events_of(without_the_home(Supervised), *EXAMPLES[c.InviteParty])

    def test_what_others_agreed_binds_them_not_they_deliberate_in_a_month_of_their_own(self):
        case = succeeded(without_the_shop(Supervised))
        [routed] = events_of(case, *EXAMPLES[c.RouteCase])
        assert isinstance(routed, CaseRouted)
        assert routed.mediation is not None
        assert isinstance(after(case, *EXAMPLES[c.RouteCase]), Deliberating)

    def test_the_old_mediation_moves_nothing_any_more(self):
        anew = after(succeeded(without_the_shop(Supervised)), *EXAMPLES[c.RouteCase])
        new = c.NoteMediation(CASE, uuid4(), "mediation_opened")
        led = after(anew, new, "system")
        assert events_of(led, c.NoteMediation(CASE, MEDIATION, "commitment_waived"), "system") == []
        assert events_of(led, c.NotePerformance(CASE, MEDIATION), "system") == []

    def test_once_they_agreed_there_is_nothing_to_begin_anew(self):
        anew = after(succeeded(without_the_shop(Supervised)), *EXAMPLES[c.RouteCase])
        agreed = after(anew, c.NoteEffect(CASE, MEDIATION, TODAY, date(2026, 8, 10)), "system")
        assert isinstance(agreed, Acting)
        assert agreed.file.clock("commitments").state == "running"  # type: ignore[union-attr]
        with pytest.raises(NotNow):
            events_of(agreed, *EXAMPLES[c.RouteCase])

    def test_before_the_answer_they_answer_in_the_place_of_who_left(self):
        case = succeeded(without_the_shop(AwaitingAnswer))
        answered = decide(case, c.AnswerCase(CASE, "agree", "可以"), by("respondent", NEXT))
        assert [type(one) for one in answered] == [e.CaseAnswered]
        assert "respondent" not in policy.waits_for(succeeded(without_the_shop(AwaitingRoute)))

    def test_nobody_joins_a_mediation_others_consented_to(self):
        with pytest.raises(NotNow):
            events_of(without_the_shop(Deliberating), *EXAMPLES[c.InviteParty])

    @pytest.mark.parametrize("state", [Deliberating, AwaitingMarks])
    def test_with_nobody_of_a_side_left_the_mediation_stops_and_the_matter_remains(self, state: type[State]):
        gone = c.NoteMediationEnd(CASE, MEDIATION, "parties_gone")
        case = after(without_the_shop(state), gone, "system")
        assert isinstance(case, AwaitingRoute)
        assert case.file.clock("mediation").state == "running"  # type: ignore[union-attr]


class TestSurveys:
    def test_each_is_asked_on_their_own_part(self):
        case = succeeded(without_the_home(Supervised), "complainant")
        surveyed: Any = after(case, *EXAMPLES[c.NotePerformance])
        assert isinstance(surveyed, Surveyed)
        assert {one.party_id for one in surveyed.surveys} == {HOME, SHOP, NEXT}
        assert policy.waits_for(surveyed) == {"complainant", "respondent", "former"}

    def test_whether_it_is_solved_is_for_those_who_are_there(self):
        case: State = after(
            succeeded(without_the_home(Supervised), "complainant"), *EXAMPLES[c.NotePerformance]
        )
        for role, party, solved in (
            ("complainant", NEXT, True),
            ("former", HOME, False),
            ("respondent", SHOP, True),
        ):
            for event in decide(case, c.AnswerSurvey(CASE, solved, 3), by(role, party)):
                case = evolve(case, event)
        assert isinstance(case, Closed)
        assert case.outcome == "solved"


class TestWhoSeesWhat:
    def test_the_new_roles_may_just_these(self):
        may = {
            role: {kind for kind, roles in policy.MAY.items() if role in roles}
            for role in ("former", "invited")
        }
        assert may == {"former": {c.SpeakOnLeaving, c.AnswerSurvey}, "invited": {c.AnswerInvitation}}

    def test_her_words_stay_hers_and_no_successor_reads_them(self):
        file = succeeded(without_the_home(Supervised), "complainant").file
        former, successor = Standing("former", HOME), Standing("complainant", NEXT, came_after=True)
        assert policy.sees(former, "words", file)
        assert not policy.sees(successor, "words", file)
        assert policy.sees(successor, "summary", file)
        assert not policy.sees(Standing("former", HOME), "answer", file)

    def test_nothing_of_the_others_answer_reaches_who_comes_after(self):
        file = succeeded(without_the_shop(Supervised)).file
        assert not policy.sees(Standing("respondent", NEXT, came_after=True), "answer", file)
        assert policy.fields_shown("invited", concealed=False) == frozenset()

    def test_evidence_of_before_is_not_theirs(self):
        case: Any = after(a(Acting), *EXAMPLES[c.AddEvidence])
        case = after(case, *EXAMPLES[c.ReleaseEvidence])
        [exhibit] = case.file.exhibits
        assert sees_exhibit(Standing("respondent", SHOP), exhibit)
        assert not sees_exhibit(Standing("respondent", NEXT, came_after=True), exhibit)

    def test_each_one_is_what_they_are(self):
        people = People({HOME: LIN, SHOP: MA, NEXT: UUID(int=99)})
        case: Case = after(without_the_shop(Supervised), *EXAMPLES[c.InviteParty])  # type: ignore[assignment]

        def role(member: UUID) -> Any:
            by = policy.standing(an("merchant", member_id=member), ALLIANCE, case, people)
            return by and by.role

        assert (role(LIN), role(MA), role(UUID(int=99))) == ("complainant", "former", "invited")

    def test_whose_word_a_deserted_case_waits_for(self):
        assert policy.waits_for(without_the_shop(Supervised)) == {"coordinator", "mediator"}
        assert policy.waits_for(without_the_home(Supervised)) == {"former", "coordinator"}
        invited = after(without_the_shop(Supervised), *EXAMPLES[c.InviteParty])
        assert "invited" in policy.waits_for(invited)  # type: ignore[arg-type]
