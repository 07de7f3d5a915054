"""Who may do what, who sees what, and what may leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import get_args

import pytest

from services.mediation import commands as asked
from services.mediation import events as happened
from services.mediation import policy, publish
from services.mediation.state import Opened, Reminder, Spoken
from services.mediation.use_cases import changing
from services.mediation.views.mediation import mediation_view, receipt
from shared.access.actor import SYSTEM, Actor
from shared.contracts.envelope import REGISTRY
from shared.errors import NotAllowed, NotFound
from tests.support.tokens import an_actor
from tests.unit.mediation.stories import (
    ALLIANCE,
    AMENDMENT,
    FENG,
    GU,
    HAN,
    HOME,
    MEDIATION,
    NEXT,
    NO_POSTS,
    NOON,
    NOTE,
    PACK,
    PROMISES,
    PROOF,
    SESSION,
    SHEN,
    SHOP,
    SHUT_DOOR,
    XU,
    ZHOU,
    Story,
    a_court_result,
    a_handover,
    a_mediation,
    a_record,
    an_amendment,
    an_id,
    an_opening,
    an_oral_agreement,
    by_mouth,
    says_yes,
    together,
)


def actor(member_id: object, *roles: str) -> Actor:
    return an_actor(*roles, member_id=member_id, alliance_id=ALLIANCE)


LIN, MA, MEDIATOR, COORDINATOR = actor(HOME), actor(SHOP), actor(GU, "mediator"), actor(ZHOU, "coordinator")
COURT = actor(an_id(98), "court_liaison")
CAPTAIN = actor(XU, "building_captain")

MAY = """
                   party former successor proposed mediator coordinator captain court guest system joined
OpenMediation      .     .      .         .        .        .           .       .     .     x      .
Consent            x     .      .         .        .        .           .       .     .     .      .
EnterConsent       .     .      .         .        .        x           .       .     .     .      .
RefuseMediation    x     .      .         .        .        .           .       .     .     .      .
EnterRefusal       .     .      .         .        x        x           .       .     .     .      .
NominateMediator   x     .      .         .        .        x           .       .     .     .      .
AcceptMediator     x     .      .         .        .        .           .       .     .     .      .
DeclineMediator    x     .      .         .        .        .           .       .     .     .      .
TakeMediation      .     .      .         x        .        .           .       .     .     .      .
PassOn             .     .      .         x        x        .           .       .     .     .      .
StopForConflict    x     .      .         .        x        x           .       .     .     .      .
ProposeSlots       .     .      .         .        x        .           .       .     .     .      .
AnswerSlots        x     .      .         .        .        .           .       .     x     .      .
PassOnTimes        .     .      .         .        x        x           .       .     .     .      .
NoteBeside         .     .      .         .        .        .           .       .     .     x      .
AnswerJoint        x     .      .         .        .        .           .       .     .     .      .
ChooseOpenness     x     .      .         .        .        .           .       .     .     .      .
ScheduleTogether   .     .      .         .        x        .           .       .     .     .      .
FollowSession      .     .      .         .        .        .           .       .     .     x      .
ScheduleSession    .     .      .         .        x        .           .       .     .     .      .
CloseSlots         .     .      .         .        .        .           .       .     .     x      .
MoveToSlot         .     .      .         .        x        .           .       .     .     .      .
MoveToTime         .     .      .         .        x        .           .       .     .     .      .
InviteGuest        x     .      .         .        x        x           .       .     .     .      .
InviteSpeakers     .     .      .         .        .        .           .       .     .     x      .
WithdrawInvitation x     .      .         .        x        x           .       .     .     .      .
AgreeToGuest       x     .      .         .        .        .           .       .     .     .      .
DeclineGuest       x     .      .         .        .        .           .       .     .     .      .
AnswerInvitation   .     .      .         .        .        .           .       .     x     .      .
RecordAbsence      .     .      .         .        x        .           .       .     .     .      .
ExplainAbsence     x     .      .         .        x        x           .       .     .     .      .
ExcuseAbsence      .     .      .         .        x        x           .       .     .     .      .
ChooseDefault      x     .      .         .        .        .           .       .     .     .      .
CarryOutDefault    .     .      .         .        .        .           .       .     .     x      .
WriteMinutes       .     .      .         .        x        .           .       .     .     .      .
ReleaseMinutes     .     .      .         .        x        .           .       .     .     .      .
WriteCaucusNote    .     .      .         .        x        .           .       .     .     .      .
LogExchange        .     .      .         .        x        .           .       .     .     .      .
RestateInterest    .     .      .         .        x        .           .       .     .     .      .
AnswerRestatement  x     .      .         .        .        .           .       .     .     .      .
RecordFinding      .     .      .         .        x        .           .       .     .     .      .
DraftAgreement     .     .      .         .        x        .           .       .     .     .      .
FailMediation      .     .      .         .        x        x           .       .     .     .      .
EndWithdrawn       .     .      .         .        .        .           .       .     .     x      .
NoteDeparture      .     .      .         .        .        .           .       .     .     x      .
NoteSuccessor      .     .      .         .        .        .           .       .     .     x      .
NoteReturn         .     .      .         .        .        .           .       .     .     x      .
AskReleases        .     .      .         .        .        .           .       .     .     x      .
SignAgreement      x     .      .         .        .        .           .       .     .     .      .
EnterSignature     .     .      .         .        x        x           .       .     .     .      .
MarkAgreement      .     .      .         .        x        x           .       .     .     .      .
AskCourt           x     .      .         .        .        .           .       .     .     .      .
ProveCommitment    x     x      .         .        x        .           .       .     .     .      .
ConfirmCommitment  x     .      x         .        .        .           .       .     .     .      x
DisputeCommitment  x     .      x         .        .        .           .       .     .     .      x
RemindAhead        .     .      .         .        .        .           .       .     .     x      .
RemindOfWord       .     .      .         .        .        .           .       .     .     x      .
RemindOfSession    .     .      .         .        .        .           .       .     .     x      .
NoteRoomClosed     .     .      .         .        .        .           .       .     .     x      .
FallDue            .     .      .         .        .        .           .       .     .     x      .
ProposeAmendment   x     .      .         .        x        .           .       .     .     .      .
DeclineAmendment   x     .      .         .        .        .           .       .     .     .      .
GrantDay           x     .      .         .        .        .           .       .     .     .      .
WaiveCommitment    x     x      x         .        .        .           .       .     .     .      .
MarkImpossible     .     .      .         .        x        .           .       .     .     .      .
DeclinePerformance x     .      .         .        .        .           .       .     .     .      .
RecordCourtResult  .     .      .         .        .        x           .       x     .     .      .
HandOver           x     .      .         .        .        x           .       .     .     .      .
OpenOral           .     .      .         .        .        .           .       .     .     x      .
RecordOral         .     .      .         .        x        .           .       .     .     .      .
AcceptWording      x     .      .         .        .        .           .       .     .     .      .
DisputeWording     x     .      .         .        .        .           .       .     .     .      .
PassOnWord         .     .      .         .        .        x           x       .     .     .      .
PassOnCourtRequest .     .      .         .        x        x           x       .     .     .      .
AnswerDraft        .     .      .         .        .        .           .       .     .     .      x
LetStand           .     .      .         .        .        .           .       .     .     x      .
"""


def _may() -> list[tuple[str, str, bool]]:
    head, *rows = (line.split() for line in MAY.strip().splitlines())
    return [(row[0], role, cell == "x") for row in rows for role, cell in zip(head, row[1:], strict=True)]


def test_every_role_and_every_command_has_its_place_in_the_table():
    named = {(command, role) for command, role, _ in _may()}
    assert named == {
        (command.__name__, role) for command in get_args(asked.Command) for role in get_args(policy.Role)
    }


@pytest.mark.parametrize(("command", "role", "may"), _may())
def test_a_role_may_what_the_table_says(command: str, role: str, may: bool):
    leading, choosing = a_mediation().led().state, _asked(HAN).state
    who, state = {
        "party": (LIN, leading),
        "former": (MA, a_mediation().in_effect().left(SHOP).state),
        "successor": (actor(NEXT), a_mediation().in_effect().left(SHOP).succeeded().state),
        "proposed": (actor(HAN, "mediator"), choosing),
        "mediator": (MEDIATOR, leading),
        "coordinator": (COORDINATOR, leading),
        "captain": (CAPTAIN, an_oral_agreement().state),
        "court": (COURT, a_mediation().in_effect().asked_court().state),
        "guest": (actor(FENG), a_mediation().led().invited(HOME, SHOP).state),
        "joined": (actor(FENG), a_mediation().of_a_group().state),
        "system": (SYSTEM, leading),
    }[role]
    if may:
        policy.require(who, getattr(asked, command), state)
        return
    with pytest.raises(NotAllowed):
        policy.require(who, getattr(asked, command), state)


SEES = """
                         party former successor proposed mediator coordinator captain court guest joined system
parties                  x     x      .         x        x        x           x       x     x     x      x
session                  x     x      .         x        x        x           x       x     x     x      x
words_agreed             x     x      .         x        x        x           x       x     x     x      x
words_of_promises        x     x      .         x        x        x           x       x     x     x      x
handover                 x     x      .         x        x        x           x       x     x     x      x
parties_of_hidden_matter .     .      .         .        x        x           .       .     .     .      .
refused_by               .     .      .         .        x        x           .       .     .     .      .
wishes                   .     .      .         .        x        x           .       .     .     .      .
windows                  .     .      .         .        x        .           .       .     .     .      .
parts                    .     .      .         .        x        x           .       .     .     .      .
minutes                  x     x      .         .        x        x           .       .     .     .      .
dialogue                 x     .      .         .        x        x           .       .     .     .      .
caucus_notes             .     .      .         .        x        .           .       .     .     .      .
conflict_kinds           .     .      .         .        .        x           .       .     .     .      .
explanations             .     .      .         .        x        x           .       .     .     .      .
mediators_asked          .     .      .         .        .        x           .       .     .     .      .
void_minutes             .     .      .         .        .        x           .       .     .     .      .
wording_dispute          x     .      .         .        x        x           .       .     .     .      .
sheets                   .     .      .         .        x        x           .       .     .     .      .
"""


def test_each_field_is_for_its_roles_and_every_field_and_role_is_named():
    head, *rows = (line.split() for line in SEES.strip().splitlines())
    assert {*head} == {*get_args(policy.Role)}
    assert [row[0] for row in rows] == [*get_args(policy.Field)]
    for field, *cells in rows:
        seen = {role: policy.sees(field, frozenset({role})) for role in head}  # type: ignore[arg-type]
        assert seen == dict(zip(head, [cell == "x" for cell in cells], strict=True)), field


def test_who_came_after_reads_promises_and_no_word_of_those_who_left():
    told = (
        a_mediation()
        .in_effect()
        .do(
            asked.ProveCommitment(MEDIATION, SHUT_DOOR, SHOP, "照片"),
            asked.DisputeCommitment(MEDIATION, SHUT_DOOR, HOME, "没关"),
            asked.MarkImpossible(MEDIATION, NO_POSTS, "墙不能动"),
        )
    )
    left = told.left(SHOP).succeeded()
    seen = mediation_view(actor(NEXT), left.state, left.now, "zh-CN")
    assert seen.agreement is not None
    assert [one.what for one in seen.agreement.commitments] == ["后门关闭", "先走平台"]
    assert (seen.parties, seen.session, seen.openness, seen.joint) == ([], None, None, None)
    assert (seen.agreement.court, seen.agreement.signatures) == (None, [])
    text = seen.model_dump_json()
    for word in ("没关", "墙不能动", "十点后关门", "后门夜间开着", str(HOME), str(SHOP)):
        assert word not in text
    assert "没关" in mediation_view(LIN, left.state, left.now, "zh-CN").model_dump_json()


def _asked(mediator: object) -> Story:
    return a_mediation().consented().do(asked.NominateMediator(MEDIATION, mediator, frozenset()))


@pytest.mark.parametrize(
    "stranger",
    [
        actor(an_id(99)),
        actor(SHEN, "mediator"),
        actor(an_id(99), "operator"),
        actor(an_id(99), "building_captain"),
        actor(an_id(99), "court_liaison"),
        an_actor("coordinator"),
        an_actor("coordinator", member_id=HOME),
    ],
)
def test_who_has_no_part_finds_nothing(stranger: Actor):
    with pytest.raises(NotFound):
        policy.require(stranger, asked.Consent, a_mediation().led().state)


def test_a_mediator_who_passed_has_no_part_any_more():
    state = a_mediation().led().do(asked.PassOn(MEDIATION, GU)).state
    assert policy.roles_in(MEDIATOR, state) == frozenset()


def test_a_coordinator_who_is_a_party_cannot_set_the_committees_mark():
    own = actor(HOME, "coordinator")
    state = a_mediation().signed().state
    assert policy.roles_in(own, state) == {"party"}
    with pytest.raises(NotAllowed):
        policy.require(own, asked.MarkAgreement, state)


@pytest.mark.parametrize(
    ("who", "reached", "expected"),
    [
        (LIN, "", ["consent", "refuse"]),
        (LIN, "consented", ["answers", "nominate", "openness", "refuse"]),
        (COORDINATOR, "consented", ["fail", "nominate"]),
        (MEDIATOR, "led", ["caucus-notes", "fail", "invite", "pass-on", "schedule", "slots", "stop"]),
        (MEDIATOR, "scheduled", ["caucus-notes", "fail", "invite", "pass-on", "reschedule", "slots", "stop"]),
        (
            MEDIATOR,
            "begun",
            ["absences", "caucus-notes", "fail", "minutes", "pass-on", "reschedule", "slots", "stop"],
        ),
        (
            MEDIATOR,
            "drafted",
            ["agreement", "caucus-notes", "exchange", "fail", "findings", "restatements", "stop"],
        ),
        (LIN, "drafted", ["refuse", "sign", "stop"]),
        (LIN, "signed", ["refuse", "stop"]),
        (COORDINATOR, "signed", ["fail", "mark", "stop"]),
        (
            LIN,
            "in_effect",
            [
                "amendment",
                "confirm",
                "confirm-in-court",
                "decline-performance",
                "grant-day",
                "proof",
                "waive",
            ],
        ),
        (LIN, "performed", ["confirm-in-court"]),
        (COORDINATOR, "performed", []),
    ],
)
def test_people_are_offered_what_they_can_do(who: Actor, reached: str, expected: list[str]):
    story = getattr(a_mediation(), reached)() if reached else a_mediation()
    assert policy.possible_for(who, story.state, story.now) == expected


def test_what_was_done_is_not_offered_again():
    story = a_mediation().do(asked.Consent(MEDIATION, HOME))
    assert "consent" not in policy.possible_for(LIN, story.state, story.now)
    assert "consent" in policy.possible_for(MA, story.state, story.now)


def test_dispute_is_offered_once_there_is_proof():
    story = a_mediation().in_effect().do(asked.ProveCommitment(MEDIATION, SHUT_DOOR, SHOP, "照片"))
    assert "dispute" in policy.possible_for(LIN, story.state, story.now)
    assert "proof" not in policy.possible_for(MA, story.state, story.now)


LONG_STORIES = [
    a_mediation()
    .of_a_group()
    .do(asked.ProveCommitment(MEDIATION, SHUT_DOOR, SHOP, "照片"))
    .affirmed()
    .do(
        asked.DisputeCommitment(MEDIATION, SHUT_DOOR, FENG, "没关"),
        asked.ConfirmCommitment(MEDIATION, SHUT_DOOR, FENG),
        asked.ReleaseMinutes(MEDIATION),
        an_amendment(),
        says_yes(FENG, a_mediation().amendment_hash(), AMENDMENT),
    ),
    a_mediation(hidden=True)
    .in_effect()
    .do(
        asked.RemindAhead(MEDIATION, SHUT_DOOR, PROMISES[0].due_on),
        asked.ProveCommitment(MEDIATION, SHUT_DOOR, SHOP, "照片"),
        asked.DisputeCommitment(MEDIATION, SHUT_DOOR, HOME, "没关"),
        asked.ConfirmCommitment(MEDIATION, SHUT_DOOR, HOME),
    )
    .later(days=60)
    .do(asked.FallDue(MEDIATION, NO_POSTS), asked.ConfirmCommitment(MEDIATION, NO_POSTS, SHOP)),
    a_mediation()
    .scheduled()
    .do(
        asked.RemindOfSession(MEDIATION, SESSION, 0, None),
        asked.NoteRoomClosed(MEDIATION),
        asked.RefuseMediation(MEDIATION, SHOP),
    ),
    a_mediation().do(asked.RemindOfWord(MEDIATION, Reminder("consent", MEDIATION, date(2026, 3, 27)))),
    a_mediation().scheduled().do(asked.PassOn(MEDIATION, GU)),
    a_mediation()
    .missed_twice()
    .do(
        asked.ExplainAbsence(MEDIATION, "respondent", "病了"),
        asked.ChooseDefault(MEDIATION, HOME, "refer"),
        asked.ExcuseAbsence(MEDIATION, "respondent", NOON.date()),
    ),
    a_mediation().begun().do(asked.StopForConflict(MEDIATION, SHOP, "是房东的哥哥", HAN)),
    a_mediation().led().do(asked.AcceptMediator(MEDIATION, HOME), asked.DeclineMediator(MEDIATION, SHOP)),
    a_mediation()
    .consented()
    .do(
        asked.NominateMediator(MEDIATION, GU, frozenset()),
        asked.TakeMediation(MEDIATION, GU, frozenset(), "kin", HAN),
    ),
    a_mediation()
    .held()
    .do(asked.WriteCaucusNote(MEDIATION, NOTE), asked.FailMediation(MEDIATION, "no_agreement")),
    a_mediation()
    .held()
    .restated()
    .do(
        asked.AnswerRestatement(MEDIATION, HOME, right=True),
        asked.LogExchange(MEDIATION, (Spoken("complainant", 14),)),
        asked.RecordFinding(MEDIATION, "烟头", established=False),
    ),
    a_mediation().led().do(asked.InviteSpeakers(MEDIATION, (FENG, NEXT), 1)),
    a_mediation().led().joint().do(together(), asked.FollowSession(MEDIATION, None)),
    a_mediation().led().opened(),
    a_mediation().do(asked.EndWithdrawn(MEDIATION)),
    a_mediation().scheduled().left(HOME),
    a_mediation()
    .in_effect()
    .left(SHOP)
    .succeeded()
    .do(
        asked.AskReleases(MEDIATION),
        asked.WaiveCommitment(MEDIATION, SHUT_DOOR, HOME),
        asked.WaiveCommitment(MEDIATION, SHUT_DOOR, NEXT),
    )
    .left(HOME),
    a_mediation().scheduled().do(asked.MoveToSlot(MEDIATION, an_id(42), "病了")),
    a_mediation().in_effect().do(asked.AskCourt(MEDIATION, an_id(51), HOME)),
    a_mediation().consented().do(asked.AnswerSlots(MEDIATION, HOME, (), ())),
    a_mediation().offered().later(days=5).do(asked.CloseSlots(MEDIATION, SESSION, frozenset())),
    a_mediation()
    .scheduled()
    .guest_comes(required=True)
    .do(asked.AnswerInvitation(MEDIATION, FENG, comes=False), asked.DeclineGuest(MEDIATION, FENG, SHOP)),
    a_mediation()
    .led()
    .second_mediator_asked()
    .do(asked.AnswerInvitation(MEDIATION, HAN, comes=True, relation="kin")),
    a_mediation().amended(),
    a_mediation()
    .in_effect()
    .asked_court()
    .do(a_court_result())
    .later(days=10)
    .do(a_handover(), asked.NoteReturn(MEDIATION, PACK)),
    a_mediation()
    .in_effect()
    .do(
        asked.GrantDay(MEDIATION, SHUT_DOOR, HOME, date(2026, 4, 30)),
        asked.DeclinePerformance(MEDIATION, SHUT_DOOR, SHOP),
        asked.MarkImpossible(MEDIATION, SHUT_DOOR, "墙不能动"),
        asked.WaiveCommitment(MEDIATION, SHUT_DOOR, HOME),
        an_amendment(replaces=(NO_POSTS,)),
        asked.DeclineAmendment(MEDIATION, HOME),
    ),
    an_oral_agreement()
    .recorded()
    .do(
        asked.DisputeWording(MEDIATION, an_id(51), SHOP, "照片里不是这样"),
        a_record(what="铁管放店里,照片为证"),
        asked.AcceptWording(MEDIATION, an_id(51), SHOP),
        asked.ProveCommitment(MEDIATION, SHUT_DOOR, GU, "照片"),
        by_mouth(),
    ),
]

STAYS = {
    happened.DraftAnswered,
    happened.AmendmentAgreed,
    happened.CommitmentAffirmed,
    happened.ObjectionWithdrawn,
    happened.MediatorAccepted,
    happened.SessionVoided,
    happened.AvailabilityStated,
    happened.SlotsAnswered,
    happened.AbsenceExplained,
    happened.MinutesWritten,
    happened.CaucusNoteWritten,
    happened.BesideNoted,
    happened.JointAnswered,
    happened.OpennessChosen,
    happened.SessionParted,
    happened.ExchangeLogged,
    happened.InterestRestated,
    happened.RestatementAnswered,
    happened.FindingRecorded,
    happened.AgreementMarked,
    happened.HandoverReturned,
    happened.AmendmentMarked,
    happened.MediationWithdrawn,
    happened.WordingAccepted,
    happened.PartyDeparted,
    happened.SuccessorCame,
    happened.CommitmentLapsed,
}


def _told() -> list[tuple[Opened, happened.Event]]:
    return [(story.state, event) for story in LONG_STORIES for event in story.events]


def test_the_stories_hold_every_event_there_is():
    assert {type(event) for _, event in _told()} == set(get_args(happened.Event))


def test_what_stays_stays_and_everything_else_is_told_once_to_each_side_it_concerns():
    for after, event in _told():
        if isinstance(event, happened.CourtAsked):
            continue  # told once it is everybody's: see test_court
        if isinstance(event, happened.GuestAgreed):
            continue  # told to the guest with the last yes: see test_guests
        if isinstance(event, happened.OralAgreementRecorded) and not event.again:
            continue  # told by the effect it has
        sides = 2 if isinstance(event, happened.AbsenceRecorded) else 1
        assert len(publish.contracts(after, event)) == (0 if type(event) in STAYS else sides)


def test_no_word_of_a_person_and_no_refuser_leaves():
    words = ["照片", "没关", "后门", "十点", "病了", "谈了", "哥哥", "kin", "墙不能动", "滤网", "冯翻译"]
    for after, event in _told():
        for contract in publish.contracts(after, event):
            assert contract.TYPE in REGISTRY
            text = contract.model_dump_json()
            assert not any(word in text for word in words)
    [refused] = [one for one in LONG_STORIES[2].events if isinstance(one, happened.MediationRefused)]
    [contract] = publish.contracts(LONG_STORIES[2].state, refused)
    own = contract.model_dump(exclude={"parties"})
    assert str(SHOP) not in str(own)


def test_whatever_tells_of_a_room_may_tell_its_name():
    """Names are only looked for where one of these events is."""
    for after, event in _told():
        rooms = [getattr(one, "room", None) for one in publish.contracts(after, event)]
        assert not any(rooms) or isinstance(event, changing.IN_A_ROOM)


def test_a_mediator_who_left_is_told_that_their_session_is_off():
    story = a_mediation().scheduled().do(asked.PassOn(MEDIATION, GU))
    [cancelled, _] = [contract for event in story.last for contract in publish.contracts(story.state, event)]
    assert cancelled.model_dump()["mediator_id"] == GU


@pytest.mark.parametrize(
    "reached",
    ["consented", "led", "answered", "scheduled", "held", "drafted", "signed", "in_effect", "performed"],
)
def test_a_hidden_partys_id_is_in_no_answer_to_the_other_side(reached: str):
    story = getattr(a_mediation(hidden=True), reached)()
    for who, other in ((MA, HOME), (LIN, SHOP)):
        view = mediation_view(who, story.state, story.now, "zh-CN").model_dump_json()
        answer = receipt(who, story.state, story.now, "zh-CN", proof=PROOF).model_dump_json()
        assert str(other) not in view + answer
    assert str(HOME) in mediation_view(COORDINATOR, story.state, story.now, "zh-CN").model_dump_json()


def test_a_mediator_who_is_only_asked_does_not_yet_learn_who_is_hidden():
    story = a_mediation(hidden=True).consented().do(asked.NominateMediator(MEDIATION, GU, frozenset()))
    seen = mediation_view(MEDIATOR, story.state, story.now, "zh-CN").model_dump_json()
    assert str(HOME) not in seen
    assert "住户甲" in seen


def test_for_whom_somebody_acts_holds_no_office_in_their_own_matter():
    opening = replace(an_opening(hidden=True), represented=(FENG,))
    opened = Story().do(opening).state
    for roles in (("coordinator",), ("mediator",), ("court_liaison",), ("building_captain",)):
        own = actor(FENG, *roles)
        assert policy.roles_in(own, opened) == frozenset()
        with pytest.raises(NotFound):
            policy.require(own, asked.FailMediation, opened)
    assert policy.roles_in(COORDINATOR, opened) == {"coordinator"}


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("who", [LIN, MA, MEDIATOR, COORDINATOR])
def test_every_status_has_a_next_step_in_plain_words_for_everybody(who: Actor, language: str):
    stories = [
        *LONG_STORIES,
        *(getattr(a_mediation(), name)() for name in _REACHED),
        a_mediation(hidden=True).scheduled(),
    ]
    for story in stories:
        answer = receipt(who, story.state, story.now, language, proof=PROOF)
        assert answer.next
        assert "{" not in answer.next


_REACHED = [
    "consented",
    "led",
    "offered",
    "answered",
    "scheduled",
    "begun",
    "held",
    "drafted",
    "signed",
    "in_effect",
    "performed",
]
