"""Every (status × command), each named. `decide` and `evolve` are held to this grid, and MOVES to them.

A cell says what a sensible command of its row leads to: a status, `=` for events that keep it, `0` for no
event, `-` for not now, `!…` for another refusal. `SHORT` spells the abbreviations out.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import get_args

import pytest

from services.mediation import commands as asked
from services.mediation.decisions import possible_commands, reminding
from services.mediation.decisions.moves import CLOCKWORK, MOVES
from services.mediation.state import STATUS, Mediation, Party, Reminder, SlotAnswer, Span, Spoken, status
from shared.clock import local_day
from shared.errors import NotNow, Refused
from tests.unit.mediation.stories import (
    AGREEMENT,
    AMENDMENT,
    BESIDE,
    FENG,
    GU,
    HAN,
    HOME,
    MEDIATION,
    NEXT,
    NO_POSTS,
    NOON,
    NOTE,
    OTHER_SLOT,
    PACK,
    PARTIES,
    PROMISES,
    SESSION,
    SHOP,
    SHUT_DOOR,
    SLOT,
    SLOTS,
    THIRD_SLOT,
    XU,
    ZHOU,
    Story,
    a_court_result,
    a_draft,
    a_handover,
    a_mark,
    a_mediation,
    a_record,
    a_sheet,
    an_amendment,
    an_id,
    an_invitation,
    an_opening,
    an_oral_agreement,
    an_oral_opening,
    by_mouth,
    says_yes,
    signs,
    signs_by_hand,
    together,
)

GRID = """
                   new     yes?    who?    when?   fixed   draft   sign    doing   left    done    ended   oral?
OpenMediation      yes?    -       -       -       -       -       -       -       -       -       -       -
Consent            -       =       -       -       -       -       -       -       -       -       -       -
EnterConsent       -       =       -       -       -       -       -       -       -       -       -       -
RefuseMediation    -       ended   ended   ended   ended   ended   ended   -       -       -       -       ended
EnterRefusal       -       ended   ended   ended   ended   ended   ended   -       -       -       -       ended
NominateMediator   -       -       =       -       -       -       -       -       -       -       -       !there
AcceptMediator     -       -       =       0       0       -       -       -       -       -       -       =
DeclineMediator    -       -       =       who?    who?    -       -       -       -       -       -       =
TakeMediation      -       -       when?   -       -       -       -       -       -       -       -       !none
PassOn             -       -       =       who?    who?    -       -       -       -       -       -       =
StopForConflict    -       -       -       who?    who?    who?    who?    -       -       -       -       =
ProposeSlots       -       -       -       =       =       -       -       -       -       -       -       -
AnswerSlots        -       -       =       =       =       -       -       -       -       -       -       -
PassOnTimes        -       -       =       =       =       -       -       -       -       -       -       -
NoteBeside         -       =       =       =       =       -       -       -       -       -       -       -
AnswerJoint        -       !beside !beside !beside -       -       -       -       -       -       -       -
ChooseOpenness     -       -       =       =       =       -       -       -       -       -       -       -
ScheduleTogether   -       -       -       !other  -       -       -       -       -       -       -       -
FollowSession      -       -       -       -       0       -       -       -       -       -       -       -
ScheduleSession    -       -       -       fixed   -       -       -       -       -       -       -       -
CloseSlots         -       -       -       0       -       -       -       -       -       -       -       -
MoveToSlot         -       -       -       -       =       -       -       -       -       -       -       -
MoveToTime         -       -       -       -       =       -       -       -       -       -       -       -
InviteGuest        -       -       -       =       =       -       -       -       -       -       -       -
InviteSpeakers     -       -       -       =       =       -       -       -       -       -       -       -
AgreeToGuest       -       -       -       !nobody !nobody -       -       -       -       -       -       -
DeclineGuest       -       -       -       !nobody !nobody -       -       -       -       -       -       -
WithdrawInvitation -       -       -       !nobody !nobody -       -       -       -       -       -       -
AnswerInvitation   -       -       -       !none   !none   -       -       -       -       -       -       -
RecordAbsence      -       -       -       -       !begun  -       -       -       -       -       -       -
ExplainAbsence     -       -       -       -       !missed -       -       -       -       -       -       -
ExcuseAbsence      -       -       -       -       !missed -       -       -       -       -       -       -
ChooseDefault      -       -       -       -       !path   -       -       -       -       -       -       -
CarryOutDefault    -       -       -       -       0       -       -       -       -       -       -       -
RemindOfSession    -       -       -       -       =       -       -       -       -       -       -       -
NoteRoomClosed     -       -       -       -       =       -       -       -       -       -       -       -
WriteMinutes       -       -       -       -       !begun  =       -       -       -       -       -       -
ReleaseMinutes     -       -       -       -       -       -       !group  !group  !group  !group  -       -
WriteCaucusNote    -       -       -       =       =       =       =       -       -       -       -       -
LogExchange        -       -       -       -       -       =       =       -       -       -       -       -
RestateInterest    -       -       -       -       -       =       =       -       -       -       -       -
AnswerRestatement  -       -       -       -       -       !said   !said   -       -       -       -       -
RecordFinding      -       -       -       -       -       =       =       -       -       -       -       -
DraftAgreement     -       -       -       -       -       sign    =       -       -       -       -       -
FailMediation      -       ended   ended   ended   ended   ended   ended   -       -       -       -       ended
EndWithdrawn       -       ended   ended   ended   ended   ended   ended   0       0       0       0       ended
NoteDeparture      -       ended   ended   ended   ended   ended   ended   left    =       0       0       ended
NoteSuccessor      -       0       0       0       0       0       0       =       =       0       0       0
NoteReturn         -       -       -       -       -       -       -       0       0       0       -       -
AskReleases        -       -       -       -       -       -       -       0       =       -       -       -
SignAgreement      -       -       -       -       -       -       =       !draft  !draft  -       -       -
EnterSignature     -       -       -       -       -       -       =       !draft  !draft  -       -       -
MarkAgreement      -       -       -       -       -       -       !signed !draft  !draft  -       -       -
AskCourt           -       -       -       -       -       -       -       =       =       =       -       -
ProveCommitment    -       -       -       -       -       -       -       =       =       -       -       -
ConfirmCommitment  -       -       -       -       -       -       -       =       =       -       -       -
DisputeCommitment  -       -       -       -       -       -       -       !proof  !proof  -       -       -
ProposeAmendment   -       -       -       -       -       -       -       =       =       -       -       -
DeclineAmendment   -       -       -       -       -       -       -       !draft  !draft  -       -       -
GrantDay           -       -       -       -       -       -       -       =       =       -       -       -
WaiveCommitment    -       -       -       -       -       -       -       =       =       -       -       -
MarkImpossible     -       -       -       -       -       -       -       =       =       -       -       -
DeclinePerformance -       -       -       -       -       -       -       =       =       -       -       -
RecordCourtResult  -       -       -       -       -       -       -       !asked  !asked  !asked  -       -
HandOver           -       -       -       -       -       -       -       !kept   !kept   -       -       -
RemindAhead        -       -       -       -       -       -       -       =       0       0       -       -
RemindOfWord       -       =       -       0       0       -       =       0       0       0       -       -
FallDue            -       -       -       -       -       -       -       0       0       0       -       -
OpenOral           oral?   -       -       -       -       -       -       -       -       -       -       -
RecordOral         -       -       -       -       -       -       -       !spoken !spoken -       -       doing
AcceptWording      -       -       -       -       -       -       -       !spoken !spoken -       -       =
DisputeWording     -       -       -       -       -       -       -       !spoken !spoken -       -       =
PassOnWord         -       -       -       -       -       -       -       !spoken !spoken -       -       -
PassOnCourtRequest -       -       -       -       -       -       -       !spoken !spoken !spoken -       -
AnswerDraft        -       -       -       -       -       -       !none   !draft  !draft  -       -       -
LetStand           -       -       -       -       -       -       -       0       0       0       -       -
"""

SHORT = {
    "new": "unopened",
    "oral?": "oral_unrecorded",
    "!spoken": "!not_spoken",
    "!there": "!mediator_there",
    "!group": "!nobody_speaks_for_others",
    "yes?": "awaiting_consent",
    "who?": "choosing_mediator",
    "when?": "scheduling",
    "fixed": "scheduled",
    "draft": "drafting",
    "sign": "signing",
    "doing": "performing",
    "left": "deserted",
    "done": "performed",
    "!nobody": "!unknown_guest",
    "!none": "!not_found",
    "!begun": "!session_not_begun",
    "!missed": "!no_absence",
    "!path": "!no_default_path",
    "!signed": "!signatures_missing",
    "!proof": "!nothing_to_dispute",
    "!draft": "!nothing_to_sign",
    "!asked": "!request_incomplete",
    "!kept": "!nothing_missed",
    "!said": "!nothing_restated",
    "!beside": "!nothing_beside",
    "!other": "!unknown_mediation",
}

_TOLD = {
    "unopened": Story(),
    "awaiting_consent": a_mediation(),
    "choosing_mediator": a_mediation().consented().do(asked.NominateMediator(MEDIATION, GU, frozenset())),
    "scheduling": a_mediation().answered(),
    "scheduled": a_mediation().scheduled(),
    "oral_unrecorded": an_oral_agreement(),
    "drafting": a_mediation().held(),
    "signing": a_mediation().drafted(),
    "performing": a_mediation().in_effect(),
    "deserted": a_mediation().in_effect().left(SHOP),
    "performed": a_mediation().performed(),
    "ended": a_mediation().do(asked.RefuseMediation(MEDIATION, SHOP)),
}

STORIES: dict[str, Story] = {name: story.without_account(HOME, SHOP) for name, story in _TOLD.items()}

COMMANDS: dict[str, Callable[[Story], asked.Command]] = {
    "OpenMediation": lambda _: an_opening(),
    "Consent": lambda _: asked.Consent(MEDIATION, HOME),
    "EnterConsent": lambda _: asked.EnterConsent(MEDIATION, HOME, a_sheet(), has_account=False),
    "RefuseMediation": lambda _: asked.RefuseMediation(MEDIATION, HOME),
    "EnterRefusal": lambda _: asked.EnterRefusal(MEDIATION, HOME, a_sheet(), has_account=False),
    "NominateMediator": lambda _: asked.NominateMediator(MEDIATION, HAN, frozenset()),
    "AcceptMediator": lambda _: asked.AcceptMediator(MEDIATION, HOME),
    "DeclineMediator": lambda _: asked.DeclineMediator(MEDIATION, HOME, HAN),
    "StopForConflict": lambda _: asked.StopForConflict(MEDIATION, SHOP, "是房东的哥哥", HAN),
    "TakeMediation": lambda _: asked.TakeMediation(MEDIATION, GU, frozenset()),
    "PassOn": lambda _: asked.PassOn(MEDIATION, GU),
    "ProposeSlots": lambda _: asked.ProposeSlots(MEDIATION, SLOTS),
    "AnswerSlots": lambda _: asked.AnswerSlots(MEDIATION, HOME, (Span(NOON, NOON.replace(hour=6)),), ()),
    "PassOnTimes": lambda _: asked.PassOnTimes(
        MEDIATION, HOME, (Span(NOON, NOON.replace(hour=6)),), (), has_account=False
    ),
    "ScheduleSession": lambda _: asked.ScheduleSession(MEDIATION, SLOT, SESSION),
    "CloseSlots": lambda _: asked.CloseSlots(MEDIATION, SESSION, frozenset({THIRD_SLOT})),
    "MoveToSlot": lambda _: asked.MoveToSlot(MEDIATION, OTHER_SLOT, "病了"),
    "MoveToTime": lambda _: asked.MoveToTime(MEDIATION, SLOTS[2], fits=True, reason="病了"),
    "InviteGuest": lambda _: an_invitation(),
    "InviteSpeakers": lambda _: asked.InviteSpeakers(MEDIATION, (FENG, NEXT), 1),
    "AgreeToGuest": lambda _: asked.AgreeToGuest(MEDIATION, FENG, SHOP),
    "DeclineGuest": lambda _: asked.DeclineGuest(MEDIATION, FENG, SHOP),
    "WithdrawInvitation": lambda _: asked.WithdrawInvitation(MEDIATION, FENG, GU),
    "AnswerInvitation": lambda _: asked.AnswerInvitation(MEDIATION, FENG, comes=True),
    "RecordAbsence": lambda _: asked.RecordAbsence(MEDIATION, "respondent"),
    "ExplainAbsence": lambda _: asked.ExplainAbsence(MEDIATION, "respondent", "点错了"),
    "ExcuseAbsence": lambda _: asked.ExcuseAbsence(MEDIATION, "respondent", NOON.date()),
    "ChooseDefault": lambda _: asked.ChooseDefault(MEDIATION, HOME, "refer"),
    "CarryOutDefault": lambda _: asked.CarryOutDefault(MEDIATION),
    "RemindOfSession": lambda _: asked.RemindOfSession(MEDIATION, SESSION, 0, None),
    "NoteRoomClosed": lambda _: asked.NoteRoomClosed(MEDIATION),
    "WriteMinutes": lambda _: asked.WriteMinutes(MEDIATION, "谈了"),
    "ReleaseMinutes": lambda _: asked.ReleaseMinutes(MEDIATION),
    "WriteCaucusNote": lambda _: asked.WriteCaucusNote(MEDIATION, NOTE),
    "NoteBeside": lambda _: asked.NoteBeside(MEDIATION, BESIDE),
    "AnswerJoint": lambda _: asked.AnswerJoint(MEDIATION, HOME, agreed=True),
    "ChooseOpenness": lambda _: asked.ChooseOpenness(MEDIATION, HOME, open=True),
    "ScheduleTogether": lambda _: together(),
    "FollowSession": lambda _: asked.FollowSession(MEDIATION, None),
    "LogExchange": lambda _: asked.LogExchange(MEDIATION, (Spoken("complainant", 14),)),
    "RestateInterest": lambda _: asked.RestateInterest(MEDIATION, "respondent", "老人要午睡"),
    "AnswerRestatement": lambda _: asked.AnswerRestatement(MEDIATION, HOME, right=True),
    "RecordFinding": lambda _: asked.RecordFinding(MEDIATION, "烟头", established=False),
    "DraftAgreement": lambda _: a_draft(),
    "FailMediation": lambda _: asked.FailMediation(MEDIATION, "no_agreement"),
    "EndWithdrawn": lambda _: asked.EndWithdrawn(MEDIATION),
    "NoteDeparture": lambda story: asked.NoteDeparture(MEDIATION, HOME, story.now.date()),
    "AskReleases": lambda _: asked.AskReleases(MEDIATION),
    "NoteSuccessor": lambda _: asked.NoteSuccessor(MEDIATION, NEXT, "complainant"),
    "SignAgreement": lambda story: signs(HOME, _hash(story)),
    "EnterSignature": lambda story: signs_by_hand(HOME, _hash(story), signed_on=local_day(story.now)),
    "MarkAgreement": lambda _: a_mark(GU),
    "AskCourt": lambda _: asked.AskCourt(MEDIATION, AGREEMENT, HOME),
    "ProveCommitment": lambda _: asked.ProveCommitment(MEDIATION, SHUT_DOOR, SHOP, "照片"),
    "ConfirmCommitment": lambda _: asked.ConfirmCommitment(MEDIATION, SHUT_DOOR, HOME),
    "DisputeCommitment": lambda _: asked.DisputeCommitment(MEDIATION, SHUT_DOOR, HOME, "没关"),
    "ProposeAmendment": lambda _: an_amendment(),
    "DeclineAmendment": lambda _: asked.DeclineAmendment(MEDIATION, HOME),
    "GrantDay": lambda _: asked.GrantDay(MEDIATION, SHUT_DOOR, HOME, date(2026, 4, 30)),
    "WaiveCommitment": lambda _: asked.WaiveCommitment(MEDIATION, SHUT_DOOR, HOME),
    "MarkImpossible": lambda _: asked.MarkImpossible(MEDIATION, SHUT_DOOR, "墙不能动"),
    "DeclinePerformance": lambda _: asked.DeclinePerformance(MEDIATION, SHUT_DOOR, SHOP),
    "RecordCourtResult": lambda _: a_court_result(),
    "HandOver": lambda _: a_handover(),
    "NoteReturn": lambda _: asked.NoteReturn(MEDIATION, PACK),
    "RemindAhead": lambda _: asked.RemindAhead(MEDIATION, SHUT_DOOR, PROMISES[0].due_on),
    "RemindOfWord": lambda story: asked.RemindOfWord(MEDIATION, _word_owed(story)),
    "FallDue": lambda _: asked.FallDue(MEDIATION, SHUT_DOOR),
    "OpenOral": lambda _: an_oral_opening(),
    "RecordOral": lambda _: a_record(),
    "AcceptWording": lambda _: asked.AcceptWording(MEDIATION, AGREEMENT, SHOP),
    "DisputeWording": lambda _: asked.DisputeWording(MEDIATION, AGREEMENT, SHOP, "没说到五点"),
    "PassOnWord": lambda _: by_mouth(),
    "PassOnCourtRequest": lambda story: asked.PassOnCourtRequest(MEDIATION, AGREEMENT, XU, story.now.date()),
    "AnswerDraft": lambda story: says_yes(FENG, story.hash() if status(story.state) == "signing" else ""),
    "LetStand": lambda _: asked.LetStand(MEDIATION, SHUT_DOOR),
}


def _word_owed(story: Story) -> Reminder:
    """One that somebody owes, or owed before."""
    owed = reminding.words_owed(story.state)
    return Reminder(*owed[0].key) if owed else Reminder("consent", MEDIATION, None)


def _hash(story: Story) -> str:
    return story.hash() if status(story.state) == "signing" else "0" * 64


def _cells() -> list[tuple[str, str, str]]:
    head, *rows = (line.split() for line in GRID.strip().splitlines())
    return [
        (row[0], SHORT.get(column, column), SHORT.get(cell, cell))
        for row in rows
        for column, cell in zip(head, row[1:], strict=True)
    ]


def outcome(story: Story, command: asked.Command) -> str:
    """What the cell should say."""
    try:
        after = story.do(command)
    except NotNow:
        return "-"
    except Refused as refused:
        return f"!{refused.code}"
    if not after.last:
        return "0"
    became = status(after.state)
    return "=" if became == status(story.state) else became


def test_every_status_and_every_command_has_its_place_in_the_grid():
    named = {(command, column) for command, column, _ in _cells()}
    every = {(command.__name__, name) for command in get_args(asked.Command) for name in STATUS.values()}
    assert named == every
    assert {status(story.state) for story in STORIES.values()} == set(STATUS.values())


@pytest.mark.parametrize(("command", "column", "expected"), _cells())
def test_a_command_in_a_status_leads_where_the_grid_says(command: str, column: str, expected: str):
    story = STORIES[column]
    assert outcome(story, COMMANDS[command](story)) == expected


@pytest.mark.parametrize(("command", "column", "expected"), _cells())
def test_moves_allow_exactly_what_decide_takes(command: str, column: str, expected: str):
    name = asked.NAMES[getattr(asked, command)]
    assert (name in MOVES[column]) == (expected != "-")
    if expected not in {"-", "=", "0"} and not expected.startswith("!"):
        assert expected in MOVES[column][name]


def test_a_command_that_comes_too_early_is_told_what_is_possible():
    with pytest.raises(NotNow) as refused:
        a_mediation().do(asked.WriteMinutes(MEDIATION, "谈了"))
    assert refused.value.data == {
        "stage": "awaiting_consent",
        "possible": ["consent", "consent/on-paper", "fail", "joint-session", "refuse", "refuse/on-paper"],
    }


def test_nobody_is_told_that_the_clockworks_commands_are_possible():
    for story in STORIES.values():
        assert not possible_commands(story.state) & CLOCKWORK


def test_every_move_of_the_table_can_happen():
    """No arrow of the diagram is a dream: each is reached by these stories, and they reach no other."""
    seen = {(status(a), asked.NAMES[type(command)], status(b)) for a, command, b in _journeys()}
    drawn = {
        (before, name, after)
        for before, moves in MOVES.items()
        for name, afters in moves.items()
        for after in afters
    }
    assert seen == drawn


def _journeys() -> list[tuple[Mediation, asked.Command, Mediation]]:
    """Single steps: those of the grid, and the steps that end a row of several."""
    starts = [*STORIES.values(), *(story.without_account(HOME, SHOP) for story in _more_starts())]
    steps = []
    for story in starts:
        for make in [*COMMANDS.values(), *_MORE_COMMANDS]:
            command = make(story)
            try:
                after = story.do(command)
            except Refused:
                continue
            steps.append((story.state, command, after.state))
    return steps


def _more_starts() -> list[Story]:
    half = a_mediation().do(asked.Consent(MEDIATION, SHOP))
    oral = a_mediation().drafted("oral")
    bare = a_mediation().signed(promises=()).do(a_mark(ZHOU))
    recorded = an_oral_agreement().recorded()
    bare_oral = a_mediation().drafted("oral", promises=())
    neighbour = Party(an_id(99), "complainant", "home")
    beside = Story().do(an_opening(parties=(*PARTIES, neighbour)))
    waived = a_mediation().in_effect().left(SHOP).do(asked.WaiveCommitment(MEDIATION, SHUT_DOOR, HOME))
    changes = [
        a_mediation().in_effect().do(an_amendment()),
        a_mediation().amended(marks=0),
        a_mediation().amended(marks=1),
        a_mediation().amended(marks=1, promises=()),
        a_mediation().in_effect().asked_court(),
        a_mediation().in_effect().later(days=10),
        a_mediation().in_effect().do(asked.ConfirmCommitment(MEDIATION, NO_POSTS, SHOP)),
        a_mediation().in_effect().do(asked.ConfirmCommitment(MEDIATION, SHUT_DOOR, HOME)),
        a_mediation().in_effect().do(asked.ProveCommitment(MEDIATION, SHUT_DOOR, SHOP, "照片")),
        recorded,
        recorded.do(asked.DisputeWording(MEDIATION, AGREEMENT, SHOP, "不是这么说的")),
        an_oral_agreement().stood_aside(),
        recorded.do(by_mouth(), asked.ConfirmCommitment(MEDIATION, NO_POSTS, SHOP)),
    ]
    return [
        waived,
        beside.do(asked.Consent(MEDIATION, an_id(99)), asked.Consent(MEDIATION, SHOP)),
        *(change.left(party) for change in changes for party in (HOME, SHOP)),
        *changes,
        half,
        a_mediation().answered().later(days=4, hours=12),
        a_mediation().answered().invited(),
        a_mediation().answered().invited(by=GU),
        a_mediation().answered().invited(HOME, SHOP),
        a_mediation().scheduled().invited(),
        a_mediation().scheduled().invited(by=GU),
        a_mediation().scheduled().invited(HOME, SHOP),
        a_mediation().begun(),
        *(story.joint() for story in (a_mediation(), a_mediation().consented(), a_mediation().led())),
        a_mediation().held().restated(),
        a_mediation().drafted().restated(),
        a_mediation().missed_twice(),
        a_mediation().missed_twice().do(asked.ChooseDefault(MEDIATION, HOME, "refer")).later(days=7),
        oral.do(oral.sign(SHOP)),
        bare_oral.do(bare_oral.sign(SHOP)),
        a_mediation().signed(),
        a_mediation().signed().do(a_mark(ZHOU)),
        bare,
        a_mediation().in_effect().do(asked.ConfirmCommitment(MEDIATION, NO_POSTS, SHOP)),
        a_mediation().in_effect().do(asked.ProveCommitment(MEDIATION, SHUT_DOOR, SHOP, "照片")),
        a_mediation().in_effect().do(an_amendment()),
        a_mediation().in_effect().later(days=10),
        a_mediation().in_effect().asked_court(),
        a_mediation().performed().asked_court(),
        a_mediation().drafted(group=(FENG,)),
        a_mediation().of_a_group().affirmed().later(days=10),
        a_mediation().of_a_group().do(an_amendment()),
        a_mediation().of_a_group().do(an_amendment()).left(SHOP),
        a_mediation()
        .of_a_group()
        .affirmed()
        .do(asked.ConfirmCommitment(MEDIATION, NO_POSTS, SHOP))
        .later(days=10),
        a_mediation()
        .of_a_group()
        .affirmed()
        .do(asked.ConfirmCommitment(MEDIATION, NO_POSTS, SHOP))
        .later(days=10)
        .do(asked.LetStand(MEDIATION, SHUT_DOOR)),
        a_mediation()
        .of_a_group()
        .affirmed()
        .do(asked.ConfirmCommitment(MEDIATION, NO_POSTS, SHOP))
        .left(HOME)
        .later(days=10),
        a_mediation().amended(marks=0),
        a_mediation().amended(marks=1),
        a_mediation().amended(marks=1, promises=()),
        recorded.do(asked.ConfirmCommitment(MEDIATION, NO_POSTS, SHOP)),
    ]


_MORE_COMMANDS: list[Callable[[Story], asked.Command]] = [
    lambda _: asked.TakeMediation(MEDIATION, HAN, frozenset()),
    lambda _: asked.NoteDeparture(MEDIATION, an_id(97), NOON.date()),
    lambda _: asked.ChooseDefault(MEDIATION, HOME, "fail"),
    lambda _: asked.TakeMediation(MEDIATION, GU, frozenset(), "kin", HAN),
    lambda _: asked.MarkAgreement(MEDIATION, AMENDMENT, ZHOU),
    lambda _: signs(SHOP, a_mediation().amendment_hash(), AMENDMENT),
    lambda story: signs_by_hand(
        SHOP, a_mediation().amendment_hash(), AMENDMENT, signed_on=local_day(story.now)
    ),
    lambda _: says_yes(FENG, a_mediation().amendment_hash(), AMENDMENT),
    lambda _: asked.AnswerSlots(MEDIATION, SHOP, None, (SlotAnswer(SHOP, SLOT, "no"),)),
]
