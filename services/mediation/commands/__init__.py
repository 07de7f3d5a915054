"""What may be asked of a mediation. Ids, and facts that only a database knows, are put in before deciding."""

from __future__ import annotations

from services.mediation.commands.absences import (
    CarryOutDefault,
    ChooseDefault,
    ExcuseAbsence,
    ExplainAbsence,
    RecordAbsence,
)
from services.mediation.commands.agreement import AskCourt, DraftAgreement, MarkAgreement, SignAgreement
from services.mediation.commands.amending import (
    DeclineAmendment,
    DeclinePerformance,
    GrantDay,
    MarkImpossible,
    ProposeAmendment,
    WaiveCommitment,
)
from services.mediation.commands.commitments import (
    ConfirmCommitment,
    DisputeCommitment,
    FallDue,
    ProveCommitment,
    RemindAhead,
)
from services.mediation.commands.consent import (
    Consent,
    EndWithdrawn,
    FailMediation,
    FailReason,
    OpenMediation,
    RefuseMediation,
)
from services.mediation.commands.court import HandOver, NoteReturn, RecordCourtResult
from services.mediation.commands.departing import AskReleases, NoteDeparture, NoteSuccessor
from services.mediation.commands.dialogue import (
    AnswerRestatement,
    LogExchange,
    RecordFinding,
    RestateInterest,
)
from services.mediation.commands.group import AnswerDraft, LetStand
from services.mediation.commands.guests import (
    AgreeToGuest,
    AnswerInvitation,
    DeclineGuest,
    InviteGuest,
    InviteSpeakers,
    WithdrawInvitation,
)
from services.mediation.commands.joint import AnswerJoint, FollowSession, NoteBeside, ScheduleTogether
from services.mediation.commands.mediator import (
    AcceptMediator,
    DeclineMediator,
    NominateMediator,
    PassOn,
    StopForConflict,
    TakeMediation,
)
from services.mediation.commands.on_paper import EnterConsent, EnterRefusal, EnterSignature, PassOnTimes
from services.mediation.commands.openness import ChooseOpenness
from services.mediation.commands.oral import (
    AcceptWording,
    DisputeWording,
    OpenOral,
    PassOnCourtRequest,
    PassOnWord,
    RecordOral,
    Wording,
)
from services.mediation.commands.reminding import RemindOfWord
from services.mediation.commands.session import (
    AnswerSlots,
    CloseSlots,
    MoveToSlot,
    MoveToTime,
    NoteRoomClosed,
    ProposeSlots,
    ReleaseMinutes,
    RemindOfSession,
    ScheduleSession,
    WriteCaucusNote,
    WriteMinutes,
)

Command = (
    OpenMediation
    | Consent
    | EnterConsent
    | RefuseMediation
    | EnterRefusal
    | NominateMediator
    | AcceptMediator
    | DeclineMediator
    | TakeMediation
    | PassOn
    | StopForConflict
    | ProposeSlots
    | AnswerSlots
    | PassOnTimes
    | ScheduleSession
    | CloseSlots
    | NoteBeside
    | AnswerJoint
    | ChooseOpenness
    | ScheduleTogether
    | FollowSession
    | MoveToSlot
    | MoveToTime
    | RemindOfSession
    | NoteRoomClosed
    | InviteGuest
    | InviteSpeakers
    | AgreeToGuest
    | DeclineGuest
    | WithdrawInvitation
    | AnswerInvitation
    | RecordAbsence
    | ExplainAbsence
    | ExcuseAbsence
    | ChooseDefault
    | CarryOutDefault
    | WriteMinutes
    | ReleaseMinutes
    | WriteCaucusNote
    | LogExchange
    | RestateInterest
    | AnswerRestatement
    | RecordFinding
    | DraftAgreement
    | NoteDeparture
    | NoteSuccessor
    | NoteReturn
    | AskReleases
    | FailMediation
    | EndWithdrawn
    | SignAgreement
    | EnterSignature
    | MarkAgreement
    | AskCourt
    | ProveCommitment
    | ConfirmCommitment
    | DisputeCommitment
    | RemindAhead
    | RemindOfWord
    | FallDue
    | AnswerDraft
    | LetStand
    | ProposeAmendment
    | DeclineAmendment
    | GrantDay
    | WaiveCommitment
    | MarkImpossible
    | DeclinePerformance
    | OpenOral
    | RecordOral
    | AcceptWording
    | DisputeWording
    | PassOnWord
    | PassOnCourtRequest
    | HandOver
    | RecordCourtResult
)

NAMES: dict[type[Command], str] = {
    OpenMediation: "open",
    Consent: "consent",
    EnterConsent: "consent/on-paper",
    RefuseMediation: "refuse",
    EnterRefusal: "refuse/on-paper",
    NominateMediator: "nominate",
    AcceptMediator: "accept-mediator",
    DeclineMediator: "decline-mediator",
    TakeMediation: "take",
    PassOn: "pass-on",
    StopForConflict: "stop",
    ProposeSlots: "slots",
    AnswerSlots: "answers",
    PassOnTimes: "answers/by-mouth",
    ScheduleSession: "schedule",
    CloseSlots: "close-slots",
    NoteBeside: "note-beside",
    AnswerJoint: "joint-session",
    ChooseOpenness: "openness",
    ScheduleTogether: "schedule-together",
    FollowSession: "follow-session",
    MoveToSlot: "reschedule",
    MoveToTime: "reschedule",
    RemindOfSession: "remind-session",
    NoteRoomClosed: "note-room-closed",
    InviteGuest: "invite",
    InviteSpeakers: "invite-speakers",
    AgreeToGuest: "invite/agree",
    DeclineGuest: "invite/decline",
    WithdrawInvitation: "invite/withdraw",
    AnswerInvitation: "invite/answer",
    RecordAbsence: "absences",
    ExplainAbsence: "absences/explain",
    ExcuseAbsence: "absences/excuse",
    ChooseDefault: "default-path",
    CarryOutDefault: "carry-out-default",
    WriteMinutes: "minutes",
    ReleaseMinutes: "minutes/release",
    WriteCaucusNote: "caucus-notes",
    LogExchange: "exchange",
    RestateInterest: "restatements",
    AnswerRestatement: "restatements/answer",
    RecordFinding: "findings",
    DraftAgreement: "agreement",
    FailMediation: "fail",
    EndWithdrawn: "end-withdrawn",
    NoteDeparture: "note-departure",
    NoteSuccessor: "note-successor",
    NoteReturn: "note-return",
    AskReleases: "ask-releases",
    SignAgreement: "sign",
    EnterSignature: "sign/on-paper",
    MarkAgreement: "mark",
    AskCourt: "confirm-in-court",
    ProveCommitment: "proof",
    ConfirmCommitment: "confirm",
    DisputeCommitment: "dispute",
    RemindAhead: "remind-ahead",
    RemindOfWord: "remind",
    FallDue: "fall-due",
    AnswerDraft: "opt-in",
    LetStand: "let-stand",
    ProposeAmendment: "amendment",
    DeclineAmendment: "amendment/decline",
    GrantDay: "grant-day",
    WaiveCommitment: "waive",
    MarkImpossible: "impossible",
    DeclinePerformance: "decline-performance",
    RecordCourtResult: "court-result",
    HandOver: "handover",
    OpenOral: "open-oral",
    RecordOral: "record",
    AcceptWording: "wording/accept",
    DisputeWording: "wording/dispute",
    PassOnWord: "by-mouth",
    PassOnCourtRequest: "confirm-in-court/by-mouth",
}
"""Each command by the name of its endpoint; those without one are the clockwork's."""

__all__ = [
    "NAMES",
    "AcceptMediator",
    "AcceptWording",
    "AgreeToGuest",
    "AnswerDraft",
    "AnswerInvitation",
    "AnswerJoint",
    "AnswerRestatement",
    "AnswerSlots",
    "AskCourt",
    "AskReleases",
    "CarryOutDefault",
    "ChooseDefault",
    "ChooseOpenness",
    "CloseSlots",
    "Command",
    "ConfirmCommitment",
    "Consent",
    "DeclineAmendment",
    "DeclineGuest",
    "DeclineMediator",
    "DeclinePerformance",
    "DisputeCommitment",
    "DisputeWording",
    "DraftAgreement",
    "EndWithdrawn",
    "EnterConsent",
    "EnterRefusal",
    "EnterSignature",
    "ExcuseAbsence",
    "ExplainAbsence",
    "FailMediation",
    "FailReason",
    "FallDue",
    "FollowSession",
    "GrantDay",
    "HandOver",
    "InviteGuest",
    "InviteSpeakers",
    "LetStand",
    "LogExchange",
    "MarkAgreement",
    "MarkImpossible",
    "MoveToSlot",
    "MoveToTime",
    "NominateMediator",
    "NoteBeside",
    "NoteDeparture",
    "NoteReturn",
    "NoteRoomClosed",
    "NoteSuccessor",
    "OpenMediation",
    "OpenOral",
    "PassOn",
    "PassOnCourtRequest",
    "PassOnTimes",
    "PassOnWord",
    "ProposeAmendment",
    "ProposeSlots",
    "ProveCommitment",
    "RecordAbsence",
    "RecordCourtResult",
    "RecordFinding",
    "RecordOral",
    "RefuseMediation",
    "ReleaseMinutes",
    "RemindAhead",
    "RemindOfSession",
    "RemindOfWord",
    "RestateInterest",
    "ScheduleSession",
    "ScheduleTogether",
    "SignAgreement",
    "StopForConflict",
    "TakeMediation",
    "WaiveCommitment",
    "WithdrawInvitation",
    "Wording",
    "WriteCaucusNote",
    "WriteMinutes",
]
