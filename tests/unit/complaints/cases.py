"""Cases to decide on, each brought to its state by real commands: `a(Deliberating)`, `a(Closed, hidden=True)`."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import reduce
from uuid import UUID

from services.complaints import commands as c
from services.complaints.clocks import Clock, Timetable
from services.complaints.decisions import UNFILED, Case, Circumstances, Standing, State, decide, evolve
from services.complaints.decisions.settlement import words_hash
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
)
from services.complaints.events import Event
from services.complaints.noise import Reading
from services.complaints.rules import rule_table
from services.complaints.terms import Identity, Role
from shared.access.actor import Intent
from shared.calendar.working_days import WorkingCalendar

CASE, LEAD, MEDIATION, MESSAGE = (UUID(int=n) for n in (1, 2, 3, 4))
CONCLUSION, PLEDGE, OFFER = UUID(int=7), UUID(int=10), UUID(int=15)
REFERRAL, ANOTHER_REFERRAL = UUID(int=5), UUID(int=6)
HOME, SHOP = UUID(int=11), UUID(int=12)
OWNER, NEXT = UUID(int=13), UUID(int=14)
"""The two parties as the case knows them, one who is added, and one who comes after a party that left."""
LIN, MA, ZHOU, GU, XU = (UUID(int=n) for n in (21, 22, 23, 24, 25))
"""The members behind them, the coordinator, the mediator and the building captain."""
ALLIANCE, PLACE, BLOCK, BUILDING = (UUID(int=n) for n in (31, 32, 33, 34))

REFERENCE = "SJ-7K3M-9QX4-C"

NIGHT = datetime(2026, 3, 12, 15, 52, tzinfo=UTC)
"""Thursday 12 March 2026, 23:52 in Shanghai."""

HERS = c.RecordHealthConsent(CASE, True, "told_in_person", date(2026, 3, 12))
"""She of whose health it was told says herself that the other side may know."""

TIMETABLE = Timetable(rule_table(), WorkingCalendar())

AFTER_VISITS = Timetable(
    TIMETABLE.rules.with_own(
        TIMETABLE.rules.set(
            "survey_after",
            "last_visit",
            effective_from=NIGHT.date(),
            source="tests",
            by=ZHOU,
            at=NIGHT,
            today=NIGHT.date(),
        )
    ),
    TIMETABLE.calendar,
)
"""Of an alliance that asks how it went with the last return visit."""

PARTY: dict[Role, UUID] = {"complainant": HOME, "respondent": SHOP}


def asked_by(role: Role, now: datetime = NIGHT, timetable: Timetable = TIMETABLE) -> Circumstances:
    return Circumstances(Standing(role, PARTY.get(role)), now, timetable)


EXHIBIT = UUID(int=5)
PHOTO = c.StoredObject("1/0001", "image/jpeg", 1000, "ab" * 32)
A_READING = Reading(
    measured_at=NIGHT,
    source="sound_system",
    point="boundary",
    level_db=Decimal("54.6"),
    instrument="phone",
    measured_by="party",
    seconds=60,
    steady=True,
    zone_class="2",
    boundary_m=Decimal(5),
    background_db=Decimal("49.2"),
)

FILE = c.FileCase(
    case_id=CASE,
    reference=REFERENCE,
    category="noise",
    subcategory="bar_music",
    emergency=False,
    place=c.Place(PLACE, BLOCK, BUILDING),
    place_text=None,
    description="低音炮咚咚咚的",
    occurred_at=None,
    happening_now=True,
    identity="named",
    channel="web",
    complainants=(HOME,),
    respondents=(SHOP,),
)

AGREEMENT, KEPT = UUID(int=8), UUID(int=9)
ORAL = c.EnterOralAgreement(
    FILE,
    c.OralAgreement(
        mediation_id=MEDIATION,
        agreement_id=AGREEMENT,
        mediator_id=GU,
        captain_id=XU,
        told_at=NIGHT - timedelta(minutes=40),
        talked_at=NIGHT - timedelta(minutes=35),
        agreed_at=NIGHT - timedelta(minutes=20),
        promises=(c.OralPromise(KEPT, "respondent", "铁管放店里", date(2026, 3, 12)),),
    ),
)
"""Told at 23:12, talked over at 23:17, agreed at 23:32, entered at 23:52."""

EXAMPLES: dict[type[c.Command], tuple[c.Command, Role]] = {
    c.FileCase: (FILE, "complainant"),
    c.EnterOralAgreement: (ORAL, "building_captain"),
    c.HandReceipt: (c.HandReceipt(CASE, date(2026, 3, 12)), "building_captain"),
    c.HearChild: (c.HearChild(CASE, EXHIBIT, PHOTO, ("guardian", "coordinator")), "coordinator"),
    c.AskTakedown: (c.AskTakedown(CASE, "respondent"), "coordinator"),
    c.ConfirmTakedown: (c.ConfirmTakedown(CASE), "respondent"),
    c.LetChildFollow: (c.LetChildFollow(CASE, True), "complainant"),
    c.LetOnBoard: (c.LetOnBoard(CASE, True), "complainant"),
    c.AnswerSurveyAloud: (c.AnswerSurveyAloud(CASE, ZHOU, True, 5), "helper"),
    c.EnterSurvey: (
        c.EnterSurvey(
            CASE, "respondent", date(2026, 3, 12), XU, True, 4, "都好了", scan=c.Scan(EXHIBIT, PHOTO)
        ),
        "helper",
    ),
    c.CorrectCategory: (c.CorrectCategory(CASE, "sanitation", "cooking_fumes", 0), "coordinator"),
    c.AcceptCase: (c.AcceptCase(CASE, "夜间低频音乐"), "coordinator"),
    c.DecideHealthSharing: (c.DecideHealthSharing(CASE, False), "complainant"),
    c.RecordHealthConsent: (HERS, "coordinator"),
    c.DeclineCase: (c.DeclineCase(CASE, "outside_the_area", "hotline_12345"), "coordinator"),
    c.JoinCase: (c.JoinCase(CASE, LEAD), "coordinator"),
    c.SeparateCase: (c.SeparateCase(CASE), "coordinator"),
    c.GatherGroup: (c.GatherGroup(CASE, (LEAD,)), "coordinator"),
    c.SplitMatter: (
        c.SplitMatter(CASE, LEAD, "SJ-2B2B-2B2B-2"),
        "coordinator",
    ),
    c.NominateLeads: (c.NominateLeads(CASE, (HOME,)), "complainant"),
    c.AcceptLead: (c.AcceptLead(CASE, "五号302,住了十年"), "complainant"),
    c.VolunteerToSpeak: (c.VolunteerToSpeak(CASE, True), "complainant"),
    c.DrawSpeakers: (c.DrawSpeakers(CASE, "00" * 16), "coordinator"),
    c.PostToGroup: (c.PostToGroup(CASE, MESSAGE, "大家晚上都听到吗"), "complainant"),
    c.ReleasePost: (c.ReleasePost(CASE, MESSAGE, "好", "好的", HOME), "coordinator"),
    c.TellGroup: (c.TellGroup(CASE), "system"),
    c.NoteStandDown: (c.NoteStandDown(CASE, NEXT), "system"),
    c.GiveBack: (
        c.GiveBack(
            CASE,
            LEAD,
            "夜间低频音乐",
            (SHOP,),
            Clock("mediation", date(2026, 3, 13), date(2026, 4, 13), date(2026, 4, 13)),
            "propose",
        ),
        "system",
    ),
    c.NoteLeadEnd: (c.NoteLeadEnd(CASE, LEAD, "solved"), "system"),
    c.ServeNotice: (c.ServeNotice(CASE, "visit"), "coordinator"),
    c.AnswerCase: (c.AnswerCase(CASE, "propose", "十点关门"), "respondent"),
    c.AddParty: (c.AddParty(CASE, OWNER, "respondent", "owner"), "coordinator"),
    c.ServeParty: (c.ServeParty(CASE, OWNER, "inbox"), "system"),
    c.OpenInquiry: (c.OpenInquiry(CASE, CONCLUSION, 5), "coordinator"),
    c.JoinByStatement: (c.JoinByStatement(CASE, OWNER), "system"),
    c.RecordLeaving: (c.RecordLeaving(CASE, SHOP, date(2026, 3, 12)), "coordinator"),
    c.SpeakOnLeaving: (c.SpeakOnLeaving(CASE, SHOP, text="店盘出去了"), "coordinator"),
    c.InviteParty: (c.InviteParty(CASE, NEXT, "respondent", "successor", "夜间音乐"), "coordinator"),
    c.AnswerInvitation: (c.AnswerInvitation(CASE, NEXT, True, "我也会注意"), "coordinator"),
    c.SendMessage: (c.SendMessage(CASE, MESSAGE, "coordinator", "在吗"), "complainant"),
    c.ReleaseMessage: (c.ReleaseMessage(CASE, MESSAGE), "coordinator"),
    c.LogOccurrence: (c.LogOccurrence(CASE), "complainant"),
    c.RouteCase: (c.RouteCase(CASE, "mediation"), "coordinator"),
    c.ReferCase: (c.ReferCase(CASE, REFERRAL, "police", "请核实"), "coordinator"),
    c.ProposeExtension: (c.ProposeExtension(CASE, date(2026, 5, 11), "还在等检测"), "coordinator"),
    c.ConsentToExtension: (c.ConsentToExtension(CASE), "complainant"),
    c.DeclineExtension: (c.DeclineExtension(CASE), "respondent"),
    c.ConcludeCase: (c.ConcludeCase(CASE, CONCLUSION, "settled", "都说好了"), "coordinator"),
    c.OfferPledge: (c.OfferPledge(CASE, PLEDGE, "夜里不响", date(2026, 3, 31)), "respondent"),
    c.EnterPledge: (
        c.EnterPledge(CASE, PLEDGE, "夜里不响", date(2026, 3, 31), "counter", date(2026, 3, 12)),
        "building_captain",
    ),
    c.AnswerPledge: (c.AnswerPledge(CASE, PLEDGE, True), "complainant"),
    c.ProvePledge: (c.ProvePledge(CASE, PLEDGE, "关了"), "respondent"),
    c.ConfirmPledge: (c.ConfirmPledge(CASE, PLEDGE), "complainant"),
    c.DisputePledge: (c.DisputePledge(CASE, PLEDGE, "还在响"), "complainant"),
    c.OfferService: (
        c.OfferService(CASE, OFFER, SHOP, "outdoor_charging_point", 1, "118弄门口"),
        "coordinator",
    ),
    c.AnswerService: (c.AnswerService(CASE, OFFER, True), "respondent"),
    c.RecordReturnVisit: (c.RecordReturnVisit(CASE, True, "安静了"), "coordinator"),
    c.FallVisitDue: (c.FallVisitDue(CASE, CONCLUSION), "system"),
    c.RecountVisits: (c.RecountVisits(CASE), "system"),
    c.ReceiveReferral: (c.ReceiveReferral(CASE), "coordinator"),
    c.ReturnCase: (c.ReturnCase(CASE, "remedied", "已改"), "coordinator"),
    c.WithdrawCase: (c.WithdrawCase(CASE), "complainant"),
    c.ReopenCase: (c.ReopenCase(CASE, "又响了"), "complainant"),
    c.AnswerSurvey: (c.AnswerSurvey(CASE, True, 4), "complainant"),
    c.RevealIdentity: (c.RevealIdentity(CASE, ZHOU, "上门核实"), "coordinator"),
    c.ConfirmEmergency: (c.ConfirmEmergency(CASE, ("119",)), "coordinator"),
    c.RecordHotlineCall: (c.RecordHotlineCall(CASE, "119", NIGHT), "coordinator"),
    c.RecordSiteVisit: (c.RecordSiteVisit(CASE, "消防", "四个钢瓶", "已搬走"), "coordinator"),
    c.LiftEmergency: (c.LiftEmergency(CASE, "已排除"), "coordinator"),
    c.RingAgain: (c.RingAgain(CASE, "reminder"), "system"),
    c.RecordAttempt: (c.RecordAttempt(CASE, "signed", date(2026, 3, 12)), "coordinator"),
    c.RefuseMediation: (c.RefuseMediation(CASE), "respondent"),
    c.EnterAnswer: (c.EnterAnswer(CASE, "agree", "可以谈", "paper", date(2026, 3, 12)), "coordinator"),
    c.ClaimCase: (c.ClaimCase(CASE, SHOP), "respondent"),
    c.ReportToPolice: (c.ReportToPolice(CASE, "后门口有人被推倒", NIGHT), "coordinator"),
    c.RecordWork: (c.RecordWork(CASE, ("front_line",), ("virtue",), "上门看过"), "coordinator"),
    c.AddEvidence: (c.AddEvidence(CASE, EXHIBIT, "photo", PHOTO), "complainant"),
    c.RecordReading: (c.RecordReading(CASE, EXHIBIT, A_READING), "complainant"),
    c.ReleaseEvidence: (c.ReleaseEvidence(CASE, EXHIBIT), "coordinator"),
    c.SealEvidence: (c.SealEvidence(CASE, EXHIBIT), "coordinator"),
    c.OpenSealed: (c.OpenSealed(CASE, EXHIBIT, ZHOU, "核实"), "coordinator"),
    c.EraseSealed: (c.EraseSealed(CASE), "system"),
    c.ErasePerson: (c.ErasePerson(CASE, (HOME,)), "system"),
    c.EndClock: (c.EndClock(CASE, "mediation"), "system"),
    c.RemindOfExtension: (c.RemindOfExtension(CASE), "system"),
    c.WarnOfClock: (c.WarnOfClock(CASE, "mediation"), "system"),
    c.EscalateClock: (c.EscalateClock(CASE, "mediation"), "system"),
    c.ChaseReferral: (c.ChaseReferral(CASE, REFERRAL), "system"),
    c.NoteDelivery: (c.NoteDelivery(CASE), "system"),
    c.NoteMediation: (c.NoteMediation(CASE, MEDIATION, "session_held"), "system"),
    c.NoteDraft: (c.NoteDraft(CASE, MEDIATION), "system"),
    c.NoteEffect: (
        c.NoteEffect(CASE, MEDIATION, date(2026, 3, 24), date(2026, 4, 21)),
        "system",
    ),
    c.NoteAmendment: (c.NoteAmendment(CASE, MEDIATION, date(2026, 5, 20)), "system"),
    c.NoteCommitment: (c.NoteCommitment(CASE, MEDIATION, "commitment_proven"), "system"),
    c.NotePerformance: (c.NotePerformance(CASE, MEDIATION), "system"),
    c.NoteMediationEnd: (c.NoteMediationEnd(CASE, MEDIATION, "mediation_failed"), "system"),
}
"""One of each command, and who asks it."""

_WAYS: dict[type[State], tuple[type[c.Command], ...]] = {
    Unfiled: (),
    AwaitingTriage: (c.FileCase,),
    Joined: (c.FileCase, c.JoinCase),
    AwaitingService: (c.FileCase, c.AcceptCase),
    AwaitingAnswer: (c.FileCase, c.AcceptCase, c.ServeNotice),
    AwaitingRoute: (c.FileCase, c.AcceptCase, c.ServeNotice, c.AnswerCase),
}
_WAYS[Deliberating] = (*_WAYS[AwaitingRoute], c.RouteCase)
_WAYS[AwaitingMarks] = (*_WAYS[Deliberating], c.NoteDraft)
_WAYS[Acting] = (*_WAYS[AwaitingMarks], c.NoteEffect)
_WAYS[Supervised] = (*_WAYS[Acting], c.NoteCommitment)
_WAYS[AwaitingVisits] = (*_WAYS[Supervised], c.NotePerformance)
_WAYS[Surveyed] = (*_WAYS[Supervised], c.NotePerformance)
_WAYS[Pledged] = (*_WAYS[AwaitingAnswer], c.RefuseMediation, c.OfferPledge, c.AnswerPledge)
_WAYS[Closed] = (*_WAYS[Deliberating], c.NoteMediationEnd)


def way_to(state: type[State], *, identity: Identity = "named", **filed: object) -> list[Event]:
    """The shortest journal that leads there."""
    if identity == "anonymous":
        filed = {"complainants": (), **filed}
    filing = replace(FILE, identity=identity, **filed)
    timetable = AFTER_VISITS if state is AwaitingVisits else TIMETABLE
    journal: list[Event] = []
    for kind in _WAYS[state]:
        command, role = EXAMPLES[kind]
        so_far = reduce(evolve, journal, UNFILED)
        asked = filing if kind is c.FileCase else command
        journal += decide(so_far, asked, asked_by(role, timetable=timetable))
    return journal


def a(state: type[State], *, identity: Identity = "named", **filed: object) -> Case:
    """A case in that state."""
    case = reduce(evolve, way_to(state, identity=identity, **filed), UNFILED)
    assert isinstance(case, state)
    return case  # type: ignore[return-value]


def meant(command: c.ConcludeCase) -> c.ConcludeCase:
    """With the proof that the one-time code for just its words was given."""
    named = command.agrees_to or words_hash(REFERENCE, command.note, command.promises)
    return replace(command, intent=Intent(LIN, named, NIGHT))


def events_of(case: State, command: c.Command, role: Role, now: datetime = NIGHT) -> list[Event]:
    return decide(case, command, asked_by(role, now))


def after(case: State, command: c.Command, role: Role, now: datetime = NIGHT) -> State:
    """The case after the command."""
    return reduce(evolve, events_of(case, command, role, now), case)
