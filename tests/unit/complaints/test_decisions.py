"""Every command in every state: events, a refusal that says what is possible, or nothing for what comes late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import get_args
from uuid import UUID

import pytest

from services.complaints import commands as c
from services.complaints import events as e
from services.complaints.decisions import State, decide, possible_commands
from services.complaints.decisions.state import (
    Acting,
    AwaitingAnswer,
    AwaitingMarks,
    AwaitingRoute,
    AwaitingService,
    AwaitingTriage,
    AwaitingVisits,
    Closed,
    Deliberating,
    Joined,
    Pledged,
    Supervised,
    Surveyed,
    Unfiled,
    running_clock,
    status_of,
)
from services.complaints.decisions.table import TABLE
from services.complaints.schedule import timers_of
from shared.errors import Invalid, NotFound, NotNow, Refused
from tests.unit.complaints.cases import (
    ANOTHER_REFERRAL,
    CASE,
    EXAMPLES,
    FILE,
    HOME,
    LEAD,
    MEDIATION,
    MESSAGE,
    NIGHT,
    REFERRAL,
    SHOP,
    TIMETABLE,
    ZHOU,
    a,
    after,
    asked_by,
    events_of,
)

STATES = get_args(State)
COMMANDS = get_args(c.Command)

BEFORE_EFFECT = {
    AwaitingTriage,
    AwaitingService,
    AwaitingAnswer,
    AwaitingRoute,
    Deliberating,
    AwaitingMarks,
}
ACCEPTED = BEFORE_EFFECT - {AwaitingTriage} | {Acting, Supervised, Pledged}
OPEN = {AwaitingTriage} | ACCEPTED
PERFORMED = {AwaitingVisits, Surveyed}


def in_each(states: set[type[State]], *events: type[e.Event]) -> dict[type[State], list[type[e.Event]]]:
    return {state: list(events) for state in states}


HAPPENS: dict[type[c.Command], dict[type[State], list[type[e.Event]]]] = {
    c.FileCase: {Unfiled: [e.CaseFiled]},
    c.EnterOralAgreement: {
        Unfiled: [
            e.CaseFiled,
            e.CaseAccepted,
            e.CaseAnswered,
            e.CaseRouted,
            e.OralAgreementStated,
        ]
    },
    c.HandReceipt: {},
    c.AnswerSurveyAloud: {},
    c.EnterSurvey: {Surveyed: [e.SurveyAnswered]},
    c.HearChild: {},
    c.AskTakedown: {},
    c.ConfirmTakedown: {},
    c.LetChildFollow: {},
    c.LetOnBoard: {},
    c.CorrectCategory: {AwaitingTriage: [e.CategoryCorrected]},
    c.AcceptCase: {AwaitingTriage: [e.CaseAccepted]},
    c.DeclineCase: {AwaitingTriage: [e.CaseDeclined, e.CaseClosed]},
    c.DecideHealthSharing: {},
    c.RecordHealthConsent: {},
    c.JoinCase: {AwaitingTriage: [e.CaseJoined]},
    c.SeparateCase: {Joined: [e.CaseSeparated]},
    c.GatherGroup: in_each(OPEN, e.GroupGathered),
    c.SplitMatter: in_each(OPEN | {Joined}, e.MatterSplit),
    c.NominateLeads: {},
    c.AcceptLead: {},
    c.VolunteerToSpeak: {},
    c.DrawSpeakers: {},
    c.PostToGroup: {},
    c.ReleasePost: {},
    c.TellGroup: {},
    c.NoteStandDown: {},
    c.GiveBack: {Joined: [e.CaseAccepted, e.CaseGivenBack]},
    c.NoteLeadEnd: {Joined: [e.CaseClosed]},
    c.ServeNotice: {AwaitingService: [e.NoticeServed]},
    c.AnswerCase: {
        AwaitingService: [e.NoticeServed, e.CaseAnswered],
        AwaitingAnswer: [e.CaseAnswered],
    },
    c.AddParty: in_each({AwaitingService, AwaitingAnswer, AwaitingRoute}, e.PartyAdded),
    c.ServeParty: {},
    c.OpenInquiry: in_each(
        {AwaitingTriage, AwaitingService, AwaitingAnswer, AwaitingRoute, Deliberating}, e.InquiryOpened
    ),
    c.JoinByStatement: in_each({AwaitingService, AwaitingAnswer, AwaitingRoute}, e.PartyAdded),
    c.RecordLeaving: in_each(OPEN | PERFORMED | {Joined}, e.PartyLeft),
    c.SpeakOnLeaving: {},
    c.InviteParty: {},
    c.AnswerInvitation: {},
    c.SendMessage: in_each(OPEN | PERFORMED | {Joined}, e.MessageSent),
    c.ReleaseMessage: {},
    c.LogOccurrence: in_each(OPEN | {Joined, AwaitingVisits}, e.OccurrenceLogged),
    c.RouteCase: {AwaitingRoute: [e.CaseRouted]},
    c.ReferCase: in_each(ACCEPTED, e.CaseReferred),
    c.ProposeExtension: in_each(
        {AwaitingService, AwaitingAnswer, AwaitingRoute, Deliberating, AwaitingMarks}, e.ExtensionProposed
    ),
    c.ConsentToExtension: {},
    c.DeclineExtension: {},
    c.ConcludeCase: {Pledged: [e.CaseConcluded, e.SurveyRequested, e.SurveyRequested]},
    c.OfferPledge: {Closed: [e.PledgeOffered], Pledged: [e.PledgeOffered]},
    c.EnterPledge: {},
    c.OfferService: in_each(ACCEPTED | PERFORMED | {Closed}, e.ServiceOffered),
    c.AnswerService: {},
    c.AnswerPledge: {},
    c.ProvePledge: {Pledged: [e.PledgeProven]},
    c.ConfirmPledge: {
        Pledged: [e.PledgeConfirmed, e.CaseConcluded, e.SurveyRequested, e.SurveyRequested],
    },
    c.DisputePledge: {},
    c.RecordReturnVisit: {},
    c.FallVisitDue: {},
    c.RecountVisits: {},
    c.ReceiveReferral: {},
    c.ReturnCase: {},
    c.WithdrawCase: in_each(BEFORE_EFFECT | {Joined, Pledged}, e.CaseWithdrawn, e.CaseClosed),
    c.ReopenCase: {Closed: [e.CaseReopened]},
    c.AnswerSurvey: {Surveyed: [e.SurveyAnswered]},
    c.RevealIdentity: in_each(OPEN | PERFORMED | {Joined}, e.IdentityRevealed),
    c.ConfirmEmergency: {},
    c.RecordHotlineCall: {},
    c.RecordSiteVisit: in_each(OPEN | {Joined}, e.SiteVisited),
    c.LiftEmergency: {},
    c.RingAgain: {},
    c.RecordAttempt: {AwaitingService: [e.ServiceAttempted, e.NoticeServed]},
    c.RefuseMediation: {
        AwaitingService: [e.NoticeServed, e.MediationDeclined, e.CaseClosed],
        AwaitingAnswer: [e.MediationDeclined, e.CaseClosed],
    },
    c.EnterAnswer: {
        AwaitingService: [e.NoticeServed, e.AnswerEntered, e.CaseAnswered],
        AwaitingAnswer: [e.AnswerEntered, e.CaseAnswered],
    },
    c.ClaimCase: {},
    c.RecordWork: {
        **in_each(OPEN | PERFORMED | {Joined, Closed}, e.WorkRecorded),
        AwaitingTriage: [e.WorkRecorded, e.ContactMade],
    },
    c.ReportToPolice: in_each(OPEN | PERFORMED | {Joined, Closed}, e.PoliceReported),
    c.AddEvidence: in_each(OPEN | PERFORMED | {Joined}, e.EvidenceAdded),
    c.RecordReading: in_each(OPEN | PERFORMED | {Joined}, e.ReadingRecorded),
    c.ReleaseEvidence: {},
    c.SealEvidence: {},
    c.OpenSealed: {},
    c.EraseSealed: {},
    c.ErasePerson: {},
    c.EndClock: {},
    c.WarnOfClock: {},
    c.RemindOfExtension: {},
    c.EscalateClock: {},
    c.ChaseReferral: {},
    c.NoteDelivery: {AwaitingService: [e.NoticeDelivered]},
    c.NoteMediation: in_each({Deliberating, AwaitingMarks, Acting, Supervised}, e.MediationNoted),
    c.NoteDraft: {Deliberating: [e.AgreementDrafted], AwaitingMarks: [e.MediationNoted]},
    c.NoteEffect: in_each({Deliberating, AwaitingMarks}, e.AgreementTookEffect),
    c.NoteAmendment: in_each({Acting, Supervised}, e.AgreementAmended),
    c.NoteCommitment: {
        Acting: [e.MediationNoted, e.SupervisionBegan],
        Supervised: [e.MediationNoted],
    },
    c.NotePerformance: in_each(
        {Acting, Supervised},
        e.CommitmentsPerformed,
        e.SurveyRequested,
        e.SurveyRequested,
    ),
    c.NoteMediationEnd: in_each({Deliberating, AwaitingMarks}, e.MediationEnded, e.CaseClosed),
}
"""What the examples lead to in a hidden case without held messages that lies with nobody else, on its first day.

Whatever is not named here is refused when people ask it, and nothing when the system does.
"""


@pytest.mark.parametrize(
    ("state", "command"),
    list(product(STATES, COMMANDS)),
    ids=lambda kind: kind.__name__,
)
def test_every_command_in_every_state(state: type[State], command: type[c.Command]):
    case = a(state, identity="hidden")
    asked, role = EXAMPLES[command]
    expected = HAPPENS[command].get(state)
    if expected is not None:
        assert [type(event) for event in events_of(case, asked, role)] == expected
    elif role == "system":
        assert events_of(case, asked, role) == []
    else:
        with pytest.raises(NotNow) as refusal:
            events_of(case, asked, role)
        assert c.NAMES.get(command) not in refusal.value.data["possible"]


@pytest.mark.parametrize(
    "state", [one for one in STATES if one is not Unfiled], ids=lambda kind: kind.__name__
)
def test_what_is_said_to_be_possible_is_not_refused(state: type[State]):
    case = a(state, identity="hidden")
    for command in possible_commands(case, asked_by("complainant")):
        asked, role = EXAMPLES[command]
        assert events_of(case, asked, role)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.command.__name__)
def test_a_row_leads_where_it_says(row):
    for state in row.states:
        case = a(state, identity="hidden")
        asked, role = EXAMPLES[row.command]
        if row.guard(case, asked_by(role)):
            assert isinstance(after(case, asked, role), (state, *row.leads_to))


class TestHearing:
    def test_the_first_day_of_triage_does_not_count(self):
        [filed] = events_of(a(Unfiled), FILE, "complainant")
        assert filed.triage.until == date(2026, 3, 16)

    def test_what_has_not_happened_cannot_be_filed(self):
        tomorrow = replace(FILE, occurred_at=NIGHT + timedelta(days=1))
        with pytest.raises(Invalid, match="in_the_future"):
            events_of(a(Unfiled), tomorrow, "complainant")

    def test_an_emergency_shows_as_one_until_it_is_lifted(self):
        emergency = a(AwaitingTriage, emergency=True)
        assert status_of(emergency) == "emergency"
        assert status_of(after(emergency, *EXAMPLES[c.LiftEmergency])) == "filed"

    def test_the_coordinator_may_name_another_respondent(self):
        landlord = UUID(int=99)
        accepted = after(
            a(AwaitingTriage), c.AcceptCase(CASE, "摘要", respondents=(landlord,)), "coordinator"
        )
        assert accepted.file.respondents == (landlord,)

    @pytest.mark.parametrize("outcome", ["withdrawn", "declined"])
    def test_a_lead_that_came_to_no_result_leaves_the_others_to_be_looked_at(self, outcome):
        [separated] = events_of(a(Joined), c.NoteLeadEnd(CASE, LEAD, outcome), "system")
        assert (separated.why, separated.triage.until) == ("lead_ended", date(2026, 3, 16))

    @pytest.mark.parametrize("outcome", ["solved", "unsolved", "ended_without_agreement"])
    def test_a_result_of_the_lead_is_the_joined_ones(self, outcome):
        ended = after(a(Joined), c.NoteLeadEnd(CASE, LEAD, outcome), "system")
        assert (ended.outcome, ended.lead_case_id) == (outcome, LEAD)

    def test_the_end_of_a_case_it_was_not_joined_to_changes_nothing(self):
        assert events_of(a(Joined), c.NoteLeadEnd(CASE, UUID(int=99), "solved"), "system") == []

    def test_a_second_delivery_does_not_move_the_day_of_service(self):
        delivered = after(a(AwaitingService), *EXAMPLES[c.NoteDelivery])
        assert delivered.served_from == NIGHT + timedelta(hours=24)
        assert events_of(delivered, c.NoteDelivery(CASE), "system", NIGHT + timedelta(hours=1)) == []

    def test_what_was_handed_over_on_an_earlier_day_runs_from_it(self):
        [served] = events_of(
            a(AwaitingService), c.ServeNotice(CASE, "paper", date(2026, 3, 11)), "system", NIGHT
        )
        assert (served.how, served.answer.since) == ("paper", date(2026, 3, 11))

    def test_a_text_is_remembered_as_one_until_it_counts(self):
        texted = after(a(AwaitingService), c.NoteDelivery(CASE, "text"), "system", NIGHT)
        [timer] = [one for one in timers_of(texted, TIMETABLE).values() if one.kind == "service"]
        assert (timer.due_at, timer.payload) == (NIGHT + timedelta(hours=24), {"how": "text"})
        assert events_of(texted, c.NoteDelivery(CASE, "mail"), "system", NIGHT) == []

    def test_silence_until_the_deadline_moves_the_case_on(self):
        waiting = a(AwaitingAnswer)
        clock = waiting.file.clock("answer")
        end = c.EndClock(CASE, "answer")
        assert events_of(waiting, end, "system", clock.ends_at - timedelta(seconds=1)) == []
        silent = after(waiting, end, "system", clock.ends_at)
        assert isinstance(silent, AwaitingRoute)
        assert silent.file.answer == "silent"
        assert silent.file.clock("answer").state == "missed"

    def test_a_late_answer_is_still_heard(self):
        waiting = a(AwaitingAnswer)
        late = waiting.file.clock("answer").ends_at + timedelta(days=1)
        silent = after(waiting, c.EndClock(CASE, "answer"), "system", late)
        answered = after(silent, c.AnswerCase(CASE, "agree", "好的"), "respondent", late)
        assert answered.file.answer == "agree"
        with pytest.raises(NotNow):
            events_of(answered, c.AnswerCase(CASE, "dispute", "不"), "respondent", late)


class TestClocksThatMoveNothing:
    def test_those_who_wait_are_told_once(self):
        filed = a(AwaitingTriage)
        end, late = c.EndClock(CASE, "triage"), filed.file.clock("triage").ends_at
        told = after(filed, end, "system", late)
        assert events_of(filed, end, "system", late) == [e.ClockMissed("triage")]
        assert events_of(told, end, "system", late) == []
        assert running_clock(told).name == "triage"

    def test_what_came_late_is_shown_as_missed(self):
        filed = a(AwaitingTriage)
        late = filed.file.clock("triage").ends_at
        accepted = after(filed, c.AcceptCase(CASE, "摘要"), "coordinator", late)
        assert accepted.file.clock("triage").state == "missed"


class TestReferral:
    def test_the_pause_is_added_before_the_holiday_shift(self):
        """Scenario 02: accepted 14 February, at the authority until 6 March, so 3 April."""
        taken_on = NIGHT.replace(month=2, day=14, hour=1)
        filed = after(a(Unfiled), FILE, "complainant", taken_on)
        accepted = after(filed, c.AcceptCase(CASE, "摘要"), "coordinator", taken_on)
        assert accepted.file.clock("mediation").until == date(2026, 3, 16)

        referred = after(
            accepted, c.ReferCase(CASE, REFERRAL, "fire_rescue", "请查"), "coordinator", taken_on
        )
        assert status_of(referred) == "paused"
        assert referred.file.clock("mediation").state == "paused"
        assert running_clock(referred).until == date(2026, 3, 13)

        back_on = taken_on.replace(month=3, day=6)
        returned = after(referred, c.ReturnCase(CASE, "ordered", "已责令"), "coordinator", back_on)
        assert status_of(returned) == "accepted"
        assert returned.file.clock("mediation").until == date(2026, 4, 3)

    @pytest.mark.parametrize(
        ("filed", "why"),
        [({"identity": "hidden"}, "words_could_betray"), ({"health_words": ("心脏",)}, "words_of_health")],
    )
    def test_words_that_are_not_the_committees_to_show_do_not_go_along(self, filed, why):
        command = replace(EXAMPLES[c.ReferCase][0], papers=("words",))
        with pytest.raises(Invalid, match=why):
            events_of(a(Deliberating, **filed), command, "coordinator")
        assert events_of(a(Deliberating, **filed), replace(command, papers=("site_visits",)), "coordinator")

    def test_an_authority_has_it_once_at_a_time(self):
        referred = after(a(Deliberating), *EXAMPLES[c.ReferCase])
        with pytest.raises(Refused, match="already_with_authority"):
            events_of(referred, c.ReferCase(CASE, ANOTHER_REFERRAL, "police", "再查"), "coordinator")

    def test_a_clock_that_stands_still_is_not_missed(self):
        referred = after(a(Deliberating), *EXAMPLES[c.ReferCase])
        far = NIGHT + timedelta(days=300)
        assert events_of(referred, c.EndClock(CASE, "mediation"), "system", far) == []

    def test_the_respondent_may_answer_meanwhile(self):
        referred = after(a(AwaitingAnswer), *EXAMPLES[c.ReferCase])
        assert isinstance(after(referred, *EXAMPLES[c.AnswerCase]), AwaitingRoute)


class TestPath:
    def test_a_direct_settlement_may_still_go_to_mediation(self):
        direct = after(a(AwaitingRoute), c.RouteCase(CASE, "direct"), "coordinator")
        assert status_of(direct) == "settling_directly"
        assert status_of(after(direct, c.RouteCase(CASE, "mediation"), "coordinator")) == "in_mediation"

    def test_nobody_is_routed_out_of_a_mediation(self):
        with pytest.raises(NotNow):
            events_of(a(Deliberating), c.RouteCase(CASE, "topic"), "coordinator")

    @pytest.mark.parametrize("missing", [{"identity": "anonymous"}, {"respondents": ()}])
    def test_mediation_needs_somebody_on_each_side(self, missing):
        with pytest.raises(Refused, match="mediation_needs_both_sides"):
            events_of(a(AwaitingRoute, **missing), *EXAMPLES[c.RouteCase])


class TestMediation:
    def test_only_the_first_commitment_begins_the_supervision(self):
        for step in ("commitment_due", "performance_declined"):
            supervised = after(a(Acting), c.NoteCommitment(CASE, MEDIATION, step), "system")
            assert isinstance(supervised, Supervised)
        assert isinstance(after(supervised, *EXAMPLES[c.NoteCommitment]), Supervised)

    @pytest.mark.parametrize("broken", [None, UUID(int=9)])
    def test_an_agreement_is_late_once_something_was_not_shown_by_its_day(self, broken: UUID | None):
        fell_due = c.NoteCommitment(CASE, MEDIATION, "commitment_due", broken)
        for begun in (a(Acting), a(Supervised)):
            clock = after(begun, fell_due, "system").file.clock("commitments")
            assert (clock.state, clock.told_late) == ("running", broken is not None)

    def test_the_mediator_is_who_took_it_until_passed_on(self):
        took = c.NoteMediation(CASE, MEDIATION, "mediator_took", ZHOU)
        passed = c.NoteMediation(CASE, MEDIATION, "mediator_passed")
        held = c.NoteMediation(CASE, MEDIATION, "session_held")
        case = after(after(a(Deliberating), took, "system"), held, "system")
        assert case.file.mediation.mediator_id == ZHOU
        assert after(case, passed, "system").file.mediation.mediator_id is None

    def test_what_was_written_with_a_mediator_taken_off_is_no_agreement(self):
        removed = c.NoteMediation(CASE, MEDIATION, "mediator_removed")
        took = c.NoteMediation(CASE, MEDIATION, "mediator_took", ZHOU)
        for state in (Deliberating, AwaitingMarks):
            case = after(after(a(state), took, "system"), removed, "system")
            assert (type(case), case.path) == (Deliberating, "mediation")
            assert case.file.mediation.mediator_id is None

    @pytest.mark.parametrize(
        "command",
        [
            c.NoteMediation(CASE, UUID(int=77), "session_held"),
            c.NoteDraft(CASE, UUID(int=77)),
            c.NoteEffect(CASE, UUID(int=77), date(2026, 3, 24), date(2026, 4, 21)),
            c.NoteMediationEnd(CASE, UUID(int=77), "mediation_failed"),
        ],
        ids=lambda command: type(command).__name__,
    )
    def test_an_earlier_mediation_moves_nothing(self, command):
        opened = after(a(Deliberating), c.NoteMediation(CASE, MEDIATION, "mediation_opened"), "system")
        assert events_of(opened, command, "system") == []

    @pytest.mark.parametrize("how", ["mediation_refused", "mediation_failed"])
    def test_an_end_without_agreement_can_be_taken_up_again(self, how):
        ended = after(a(Deliberating), c.NoteMediationEnd(CASE, MEDIATION, how), "system")
        assert status_of(ended) == "ended_without_agreement"
        reopened = after(ended, *EXAMPLES[c.ReopenCase])
        assert isinstance(reopened, AwaitingRoute)
        assert reopened.file.mediation is None

    def test_each_party_gets_a_survey_of_its_own(self):
        surveyed = a(Surveyed)
        assert {one.party_id for one in surveyed.surveys} == {HOME, SHOP}
        assert len({one.survey_id for one in surveyed.surveys}) == 2


class TestClosing:
    @pytest.mark.parametrize(
        ("complainant", "respondent", "outcome"),
        [
            (True, True, "solved"),
            (True, False, "unsolved"),
            (False, True, "unsolved"),
            (False, False, "unsolved"),
        ],
    )
    def test_solved_is_what_both_call_solved(self, complainant, respondent, outcome):
        once = after(a(Surveyed), c.AnswerSurvey(CASE, complainant, 4), "complainant")
        assert isinstance(once, Surveyed)
        assert after(once, c.AnswerSurvey(CASE, respondent, 3), "respondent").outcome == outcome

    def test_a_party_answers_once(self):
        once = after(a(Surveyed), *EXAMPLES[c.AnswerSurvey])
        with pytest.raises(NotNow):
            events_of(once, *EXAMPLES[c.AnswerSurvey])

    @pytest.mark.parametrize(
        ("answers", "outcome"), [([], "unsolved"), ([True], "solved"), ([False], "unsolved")]
    )
    def test_after_the_last_day_the_answers_there_are_count(self, answers, outcome):
        case = a(Surveyed)
        for solved in answers:
            case = after(case, c.AnswerSurvey(CASE, solved, 3), "complainant")
        end = case.file.clock("survey").ends_at
        assert events_of(case, c.EndClock(CASE, "survey"), "system", end - timedelta(seconds=1)) == []
        assert after(case, c.EndClock(CASE, "survey"), "system", end).outcome == outcome

    def test_nothing_is_answered_after_the_last_day_even_if_the_timer_is_late(self):
        case = a(Surveyed)
        with pytest.raises(NotNow):
            events_of(case, *EXAMPLES[c.AnswerSurvey], case.file.clock("survey").ends_at)

    def test_a_case_is_reopened_until_its_last_day_and_not_after(self):
        closed = a(Closed)
        end = closed.file.clock("reopen").ends_at
        assert events_of(closed, *EXAMPLES[c.ReopenCase], end - timedelta(seconds=1))
        with pytest.raises(NotNow):
            events_of(closed, *EXAMPLES[c.ReopenCase], end)

    def test_a_declined_case_is_triaged_anew(self):
        declined = after(a(AwaitingTriage), *EXAMPLES[c.DeclineCase])
        assert status_of(declined) == "declined"
        assert isinstance(after(declined, *EXAMPLES[c.ReopenCase]), AwaitingTriage)

    def test_after_closing_nothing_is_waited_for_but_a_reopening(self):
        closed = after(a(Deliberating), *EXAMPLES[c.WithdrawCase])
        assert running_clock(closed).name == "reopen"
        assert closed.file.clock("mediation").state == "stopped"


class TestMessages:
    def test_a_word_to_the_other_side_waits(self):
        held = after(
            a(AwaitingAnswer), c.SendMessage(CASE, MESSAGE, "complainant", "谁投诉的?"), "respondent"
        )
        assert [one.message_id for one in held.file.held] == [MESSAGE]
        assert after(held, *EXAMPLES[c.ReleaseMessage]).file.held == ()
        with pytest.raises(NotFound):
            events_of(held, c.ReleaseMessage(CASE, UUID(int=5)), "coordinator")

    @pytest.mark.parametrize(
        ("role", "to"),
        [("complainant", "coordinator"), ("coordinator", "respondent"), ("mediator", "complainant")],
    )
    def test_words_to_and_from_the_alliance_do_not(self, role, to):
        [sent] = events_of(a(AwaitingAnswer), c.SendMessage(CASE, MESSAGE, to, "在吗"), role)
        assert not sent.held

    def test_nobody_writes_to_their_own_side(self):
        with pytest.raises(Invalid, match="own_side"):
            events_of(a(AwaitingAnswer), c.SendMessage(CASE, MESSAGE, "respondent", "嗯"), "respondent")

    @pytest.mark.parametrize("case", [a(AwaitingTriage), a(AwaitingAnswer, respondents=())])
    def test_nothing_goes_to_a_respondent_who_was_not_told(self, case):
        with pytest.raises(Refused, match="respondent_not_reached"):
            events_of(case, c.SendMessage(CASE, MESSAGE, "respondent", "喂"), "coordinator")


class TestIdentity:
    @pytest.mark.parametrize("identity", ["named", "anonymous"])
    def test_there_is_a_name_to_look_at_only_where_one_is_hidden(self, identity):
        with pytest.raises(NotNow):
            events_of(a(AwaitingTriage, identity=identity), *EXAMPLES[c.RevealIdentity])

    def test_each_look_is_kept(self):
        revealed = after(a(AwaitingTriage, identity="hidden"), *EXAMPLES[c.RevealIdentity])
        assert revealed.file.revealed_to == (ZHOU,)


def test_a_refusal_names_the_stage():
    with pytest.raises(NotNow) as refusal:
        decide(a(Deliberating), EXAMPLES[c.AcceptCase][0], asked_by("coordinator"))
    assert refusal.value.data["stage"] == "deliberate"


def test_where_an_authority_is_wished_for_the_case_stays_open_until_it_was_handed_over():
    case = a(Deliberating)
    after_it = after(case, c.NoteMediationEnd(CASE, MEDIATION, "mediation_failed", True), "system")
    assert isinstance(after_it, AwaitingRoute)
    assert after_it.file.wishes_referral
    referred = after(after_it, EXAMPLES[c.ReferCase][0], "coordinator")
    assert not referred.file.wishes_referral
