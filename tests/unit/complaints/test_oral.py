"""What was agreed on the spot weighs as much as what was filed: its own times, its own clocks, nobody else's words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from uuid import UUID

import pytest

from services.complaints import commands as c
from services.complaints import policy, publish, views
from services.complaints.decisions import UNFILED, Standing, evolve, possible_commands
from services.complaints.decisions.state import (
    Acting,
    AwaitingMarks,
    Closed,
    Surveyed,
    stage_of,
    status_of,
)
from services.complaints.events import SurveyAnswered
from services.complaints.people import People
from services.complaints.storage import Step
from shared.access.actor import Actor, Grant
from shared.contracts import complaints as told
from shared.errors import Invalid, NotAllowed, NotNow, Refused
from tests.unit.complaints.cases import (
    ALLIANCE,
    BLOCK,
    BUILDING,
    CASE,
    FILE,
    GU,
    HOME,
    KEPT,
    LIN,
    MA,
    MEDIATION,
    NIGHT,
    ORAL,
    PLACE,
    SHOP,
    XU,
    ZHOU,
    after,
    asked_by,
    events_of,
)

PEOPLE = People({HOME: LIN, SHOP: MA}, coordinators=(ZHOU,))


def entered(**agreement: object) -> AwaitingMarks:
    case = after(UNFILED, _oral(**agreement), "building_captain")
    assert isinstance(case, AwaitingMarks)
    return case


def _oral(**agreement: object) -> c.EnterOralAgreement:
    return replace(ORAL, agreement=replace(ORAL.agreement, **agreement))


def surveyed() -> Surveyed:
    case = after(entered(), c.NoteEffect(CASE, MEDIATION, date(2026, 3, 12), date(2026, 3, 20)), "system")
    case = after(case, c.NotePerformance(CASE, MEDIATION), "system")
    assert isinstance(case, Surveyed)
    return case


class TestEntering:
    def test_it_waits_for_the_mediator_alone(self):
        case = entered()
        assert (stage_of(case), status_of(case)) == ("decide", "oral_unrecorded")
        assert case.file.mediation is not None
        assert case.file.mediation.mediator_id == GU
        assert {clock.name: clock.state for clock in case.file.clocks} == {
            "triage": "met",
            "contact": "met",
            "mediation": "running",
        }

    def test_recorded_it_is_in_force(self):
        case = after(entered(), c.NoteEffect(CASE, MEDIATION, date(2026, 3, 12), date(2026, 3, 20)), "system")
        assert isinstance(case, Acting)
        assert case.file.clock("mediation").state == "met"

    def test_the_days_count_from_when_it_was_told_however_late_it_is_entered(self):
        case = after(UNFILED, ORAL, "building_captain", NIGHT + timedelta(days=3))
        assert case.file.clock("mediation").since == date(2026, 3, 12)

    @pytest.mark.parametrize(
        ("wrong", "code"),
        [
            ({"agreed_at": NIGHT + timedelta(minutes=1)}, "in_the_future"),
            ({"talked_at": NIGHT - timedelta(minutes=41)}, "times_out_of_order"),
            ({"agreed_at": NIGHT - timedelta(minutes=36)}, "times_out_of_order"),
            (
                {"promises": (c.OralPromise(KEPT, "respondent", "搬走", date(2026, 3, 11)),)},
                "due_before_agreed",
            ),
            (
                {
                    "promises": (
                        c.OralPromise(KEPT, "respondent", "阿婆88岁拄拐杖,让出来", date(2026, 3, 12)),
                    )
                },
                "of_the_person",
            ),
        ],
    )
    def test_what_cannot_have_been_is_named(self, wrong, code):
        with pytest.raises(Invalid, match=code):
            events_of(UNFILED, _oral(**wrong), "building_captain")

    def test_what_is_agreed_after_it_failed_is_signed_as_ever(self):
        ended = after(entered(), c.NoteMediationEnd(CASE, MEDIATION, "mediation_failed"), "system")
        case = after(ended, c.ReopenCase(CASE, "再谈一次"), "coordinator")
        case = after(case, c.RouteCase(CASE, "mediation"), "coordinator")
        again = UUID(int=99)
        case = after(case, c.NoteMediation(CASE, again, "mediation_opened"), "system")
        assert status_of(after(case, c.NoteDraft(CASE, again), "system")) == "agreement_drafted"


class TestTelling:
    def test_one_thing_is_told_and_not_five(self):
        events = events_of(UNFILED, ORAL, "building_captain")
        telling = publish.Telling(reduce(evolve, events, UNFILED), ALLIANCE, PEOPLE)
        [filed, stated] = [one for event in events for one in publish.contracts_of(telling, event)]
        assert isinstance(filed, told.CaseFiled)
        assert filed.spoken
        assert isinstance(stated, told.OralAgreementStated)
        assert (stated.spoken_for, stated.captain_id, stated.mediator_id) == (LIN, XU, GU)
        assert "铁管" not in stated.model_dump_json()

    def test_a_case_that_was_filed_is_told_as_ever(self):
        [filed] = events_of(UNFILED, FILE, "complainant")
        [contract] = publish.contracts_of(publish.Telling(evolve(UNFILED, filed), ALLIANCE, PEOPLE), filed)
        assert not contract.spoken


class TestHistory:
    def test_each_step_has_the_time_it_is_said_to_have_happened_and_the_time_it_was_entered(self):
        steps = _steps()
        history = views.history(steps, Standing("coordinator"), entered().file, "zh-CN")
        stated = [(step.type, step.stated_at) for step in history]
        told_at, talked_at, agreed_at = (NIGHT - timedelta(minutes=ago) for ago in (40, 35, 20))
        assert stated == [
            ("case_filed", told_at),
            ("case_accepted", told_at),
            ("case_answered", talked_at),
            ("case_routed", talked_at),
            ("oral_agreement_stated", agreed_at),
        ]
        assert {step.at for step in history} == {NIGHT}

    def test_the_receipt_says_what_was_agreed_and_whom_to_call(self):
        [*_, stated] = _steps()
        receipt = views.oral_receipt(entered(), stated.event, "021-5555 0118", "zh-CN")
        assert receipt.reference == FILE.reference
        assert "铁管放店里" in "".join(receipt.lines)
        assert "021-5555 0118" in "".join(receipt.lines)
        assert "调解员确认后生效" in "".join(receipt.lines)


def _steps() -> list[Step]:
    events = events_of(UNFILED, ORAL, "building_captain")
    return [Step(UUID(int=n), n, NIGHT, "building_captain", event) for n, event in enumerate(events, start=1)]


class TestReceipt:
    def test_it_is_handed_once(self):
        handed = after(entered(), c.HandReceipt(CASE, date(2026, 3, 12)), "building_captain")
        assert handed.file.spoken.receipt_handed_on == date(2026, 3, 12)
        with pytest.raises(NotNow):
            events_of(handed, c.HandReceipt(CASE, date(2026, 3, 12)), "building_captain")

    def test_not_before_it_was(self):
        with pytest.raises(Invalid, match="in_the_future"):
            events_of(entered(), c.HandReceipt(CASE, date(2026, 3, 13)), "building_captain")


class TestSurveyAloud:
    def test_somebody_else_than_the_captain_asks(self):
        [answered] = events_of(surveyed(), c.AnswerSurveyAloud(CASE, ZHOU, True, 5), "helper")
        assert isinstance(answered, SurveyAnswered)
        assert (answered.party_id, answered.aloud) == (HOME, True)

    def test_the_captain_who_entered_it_does_not(self):
        with pytest.raises(Refused, match="not_asked_by_the_captain"):
            events_of(surveyed(), c.AnswerSurveyAloud(CASE, XU, True, 5), "helper")

    def test_with_the_shops_answer_it_closes_the_case(self):
        told = after(surveyed(), c.AnswerSurveyAloud(CASE, ZHOU, True, 5), "helper")
        assert isinstance(after(told, c.AnswerSurvey(CASE, True, 5), "respondent"), Closed)

    def test_the_visitor_is_shown_whom_to_ask_and_the_captain_is_not(self):
        def helper(member_id: UUID) -> Actor:
            return Actor(member_id, ALLIANCE, frozenset({Grant("volunteer", BUILDING)}))

        assert views.is_asked_aloud(surveyed(), helper(ZHOU))
        assert not views.is_asked_aloud(surveyed(), helper(XU))
        assert not views.is_asked_aloud(entered(), helper(ZHOU))

    def test_once_the_one_it_was_entered_for_has_left_nobody_is_asked_and_the_case_is_still_shown(self):
        left = surveyed()
        left = replace(left, file=replace(left.file, complainants=()))
        volunteer = Actor(ZHOU, ALLIANCE, frozenset({Grant("volunteer", BUILDING)}))
        assert not views.is_asked_aloud(left, volunteer)
        assert c.AnswerSurveyAloud not in possible_commands(left, asked_by("coordinator"))


class TestScope:
    def captain(self, building: UUID | None) -> Actor:
        return Actor(XU, ALLIANCE, frozenset({Grant("building_captain", building)}))

    def test_a_captain_enters_for_her_own_building(self):
        policy.require_entering(self.captain(BUILDING), c.Place(PLACE, BLOCK, BUILDING))

    @pytest.mark.parametrize("place", [c.Place(PLACE, BLOCK, UUID(int=99)), None])
    def test_and_for_no_other(self, place):
        with pytest.raises(NotAllowed):
            policy.require_entering(self.captain(BUILDING), place)

    def test_a_coordinator_enters_nothing_as_captain(self):
        coordinator = Actor(ZHOU, ALLIANCE, frozenset({Grant("coordinator")}))
        with pytest.raises(NotAllowed):
            policy.require_entering(coordinator, c.Place(PLACE, BLOCK, BUILDING))


def test_what_was_said_stands_apart_from_what_the_captain_did():
    record = c.RecordWork(CASE, (), (), "劝阻了,当场收好", "五一没人手,就放一下")
    [recorded] = events_of(entered(), record, "building_captain", datetime(2026, 5, 6, 8, tzinfo=UTC))
    assert (recorded.note, recorded.said) == ("劝阻了,当场收好", "五一没人手,就放一下")
