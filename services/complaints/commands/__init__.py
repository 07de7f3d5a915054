"""What may be asked of a case. Ids are made at the doors; a party is named by its id within the case.

People ask the commands in NAMES; the others tell what timers and other services found.
"""

from __future__ import annotations

from services.complaints.commands.children import (
    AskTakedown,
    ConfirmTakedown,
    HearChild,
    LetChildFollow,
    LetOnBoard,
)
from services.complaints.commands.closing import (
    AnswerSurvey,
    EndClock,
    EnterSurvey,
    ReopenCase,
    Scan,
    WithdrawCase,
)
from services.complaints.commands.concluding import (
    ConcludeCase,
    ConsentToExtension,
    DeclineExtension,
    ProposeExtension,
    RemindOfExtension,
    SettledPromise,
)
from services.complaints.commands.deliberating import (
    NoteAmendment,
    NoteCommitment,
    NoteDraft,
    NoteEffect,
    NoteMediation,
    NoteMediationEnd,
    NotePerformance,
    RouteCase,
)
from services.complaints.commands.emergency import (
    ConfirmEmergency,
    LiftEmergency,
    RecordHotlineCall,
    RecordSiteVisit,
    RingAgain,
)
from services.complaints.commands.erasing import ErasePerson
from services.complaints.commands.evidence import (
    AddEvidence,
    EraseSealed,
    OpenSealed,
    RecordReading,
    ReleaseEvidence,
    SealEvidence,
    StoredObject,
)
from services.complaints.commands.grouping import (
    AcceptLead,
    DrawSpeakers,
    GatherGroup,
    GiveBack,
    NominateLeads,
    NoteStandDown,
    PostToGroup,
    ReleasePost,
    SplitMatter,
    TellGroup,
    VolunteerToSpeak,
)
from services.complaints.commands.hearing import (
    AcceptCase,
    AnswerCase,
    CorrectCategory,
    DecideHealthSharing,
    DeclineCase,
    FileCase,
    Filing,
    JoinCase,
    NoteDelivery,
    NoteLeadEnd,
    Place,
    RecordHealthConsent,
    SeparateCase,
    ServeNotice,
)
from services.complaints.commands.inquiring import JoinByStatement, OpenInquiry
from services.complaints.commands.leaving import (
    AnswerInvitation,
    InviteParty,
    RecordLeaving,
    SpeakOnLeaving,
)
from services.complaints.commands.offering import AnswerService, OfferService
from services.complaints.commands.oral import (
    AnswerSurveyAloud,
    EnterOralAgreement,
    HandReceipt,
    OralAgreement,
    OralPromise,
)
from services.complaints.commands.parties import AddParty, ServeParty
from services.complaints.commands.pledging import (
    AnswerPledge,
    ConfirmPledge,
    DisputePledge,
    Entered,
    EnterPledge,
    OfferPledge,
    ProvePledge,
)
from services.complaints.commands.policing import ReportToPolice
from services.complaints.commands.referring import ReceiveReferral, ReferCase, ReturnCase
from services.complaints.commands.serving import ClaimCase, EnterAnswer, RecordAttempt, RefuseMediation
from services.complaints.commands.talking import LogOccurrence, ReleaseMessage, RevealIdentity, SendMessage
from services.complaints.commands.visiting import FallVisitDue, RecordReturnVisit, RecountVisits
from services.complaints.commands.watching import ChaseReferral, EscalateClock, WarnOfClock
from services.complaints.commands.working import RecordWork

Command = (
    FileCase
    | EnterOralAgreement
    | AcceptCase
    | CorrectCategory
    | DecideHealthSharing
    | RecordHealthConsent
    | DeclineCase
    | JoinCase
    | SeparateCase
    | GatherGroup
    | SplitMatter
    | NominateLeads
    | AcceptLead
    | VolunteerToSpeak
    | DrawSpeakers
    | PostToGroup
    | ReleasePost
    | NoteStandDown
    | TellGroup
    | GiveBack
    | ServeNotice
    | AnswerCase
    | AddParty
    | ServeParty
    | OpenInquiry
    | JoinByStatement
    | RecordLeaving
    | SpeakOnLeaving
    | InviteParty
    | AnswerInvitation
    | SendMessage
    | ReleaseMessage
    | LogOccurrence
    | RouteCase
    | ReferCase
    | ReceiveReferral
    | ProposeExtension
    | ConsentToExtension
    | DeclineExtension
    | RemindOfExtension
    | ConcludeCase
    | OfferPledge
    | EnterPledge
    | AnswerPledge
    | ProvePledge
    | ConfirmPledge
    | DisputePledge
    | OfferService
    | AnswerService
    | RecordReturnVisit
    | FallVisitDue
    | RecountVisits
    | ReturnCase
    | WithdrawCase
    | ReopenCase
    | AnswerSurvey
    | AnswerSurveyAloud
    | EnterSurvey
    | HandReceipt
    | HearChild
    | AskTakedown
    | ConfirmTakedown
    | LetChildFollow
    | LetOnBoard
    | RevealIdentity
    | RecordWork
    | ReportToPolice
    | RecordAttempt
    | RefuseMediation
    | EnterAnswer
    | ClaimCase
    | ConfirmEmergency
    | RecordHotlineCall
    | RecordSiteVisit
    | LiftEmergency
    | RingAgain
    | AddEvidence
    | RecordReading
    | ReleaseEvidence
    | SealEvidence
    | OpenSealed
    | EraseSealed
    | ErasePerson
    | EndClock
    | WarnOfClock
    | EscalateClock
    | ChaseReferral
    | NoteDelivery
    | NoteLeadEnd
    | NoteMediation
    | NoteDraft
    | NoteEffect
    | NoteAmendment
    | NoteCommitment
    | NotePerformance
    | NoteMediationEnd
)

NAMES: dict[type[Command], str] = {
    CorrectCategory: "category",
    AcceptCase: "accept",
    DecideHealthSharing: "health-sharing",
    RecordHealthConsent: "health-consent",
    DeclineCase: "decline",
    JoinCase: "join",
    SeparateCase: "separate",
    GatherGroup: "gather",
    SplitMatter: "split",
    NominateLeads: "leads",
    AcceptLead: "leads/accept",
    VolunteerToSpeak: "speakers/volunteer",
    DrawSpeakers: "speakers/draw",
    PostToGroup: "thread",
    ReleasePost: "thread/release",
    ServeNotice: "serve",
    AnswerCase: "answer",
    AddParty: "add-party",
    ServeParty: "serve-party",
    OpenInquiry: "inquiries",
    RecordLeaving: "leavings",
    SpeakOnLeaving: "leaving",
    InviteParty: "invite",
    AnswerInvitation: "invitation",
    SendMessage: "messages",
    ReleaseMessage: "release",
    LogOccurrence: "occurrences",
    RouteCase: "route",
    ReferCase: "refer",
    ReceiveReferral: "referral-receipt",
    ReturnCase: "return",
    ProposeExtension: "extension",
    ConsentToExtension: "extension/consent",
    DeclineExtension: "extension/decline",
    ConcludeCase: "conclude",
    OfferPledge: "pledges",
    EnterPledge: "enter-pledge",
    AnswerPledge: "pledges/answer",
    ProvePledge: "pledges/proof",
    ConfirmPledge: "pledges/confirm",
    DisputePledge: "pledges/dispute",
    OfferService: "services",
    AnswerService: "services/answer",
    RecordReturnVisit: "return-visits",
    WithdrawCase: "withdraw",
    ReopenCase: "reopen",
    AnswerSurvey: "survey",
    AnswerSurveyAloud: "survey-aloud",
    EnterSurvey: "survey-slips",
    HandReceipt: "receipt-handed",
    HearChild: "child-heard",
    AskTakedown: "takedown",
    ConfirmTakedown: "taken-down",
    LetChildFollow: "let-child-follow",
    LetOnBoard: "let-on-board",
    RevealIdentity: "reveal",
    AddEvidence: "evidence",
    RecordReading: "readings",
    ReleaseEvidence: "release_evidence",
    SealEvidence: "seal_evidence",
    OpenSealed: "open_evidence",
    RecordWork: "work",
    ReportToPolice: "police-report",
    RecordAttempt: "attempts",
    RefuseMediation: "refuse-mediation",
    EnterAnswer: "enter-answer",
    ConfirmEmergency: "confirm-emergency",
    RecordHotlineCall: "hotline-calls",
    RecordSiteVisit: "site-visits",
    LiftEmergency: "lift-emergency",
}
"""What people may ask of an existing case, by the word in its address."""

__all__ = [
    "NAMES",
    "AcceptCase",
    "AcceptLead",
    "AddEvidence",
    "AddParty",
    "AnswerCase",
    "AnswerInvitation",
    "AnswerPledge",
    "AnswerService",
    "AnswerSurvey",
    "AnswerSurveyAloud",
    "AskTakedown",
    "ChaseReferral",
    "ClaimCase",
    "Command",
    "ConcludeCase",
    "ConfirmEmergency",
    "ConfirmPledge",
    "ConfirmTakedown",
    "ConsentToExtension",
    "CorrectCategory",
    "DecideHealthSharing",
    "DeclineCase",
    "DeclineExtension",
    "DisputePledge",
    "DrawSpeakers",
    "EndClock",
    "EnterAnswer",
    "EnterOralAgreement",
    "EnterPledge",
    "EnterSurvey",
    "Entered",
    "ErasePerson",
    "EraseSealed",
    "EscalateClock",
    "FallVisitDue",
    "FileCase",
    "Filing",
    "GatherGroup",
    "GiveBack",
    "HandReceipt",
    "HearChild",
    "InviteParty",
    "JoinByStatement",
    "JoinCase",
    "LetChildFollow",
    "LetOnBoard",
    "LiftEmergency",
    "LogOccurrence",
    "NominateLeads",
    "NoteAmendment",
    "NoteCommitment",
    "NoteDelivery",
    "NoteDraft",
    "NoteEffect",
    "NoteLeadEnd",
    "NoteMediation",
    "NoteMediationEnd",
    "NotePerformance",
    "NoteStandDown",
    "OfferPledge",
    "OfferService",
    "OpenInquiry",
    "OpenSealed",
    "OralAgreement",
    "OralPromise",
    "Place",
    "PostToGroup",
    "ProposeExtension",
    "ProvePledge",
    "ReceiveReferral",
    "RecordAttempt",
    "RecordHealthConsent",
    "RecordHotlineCall",
    "RecordLeaving",
    "RecordReading",
    "RecordReturnVisit",
    "RecordSiteVisit",
    "RecordWork",
    "RecountVisits",
    "ReferCase",
    "RefuseMediation",
    "ReleaseEvidence",
    "ReleaseMessage",
    "ReleasePost",
    "RemindOfExtension",
    "ReopenCase",
    "ReportToPolice",
    "ReturnCase",
    "RevealIdentity",
    "RingAgain",
    "RouteCase",
    "Scan",
    "SealEvidence",
    "SendMessage",
    "SeparateCase",
    "ServeNotice",
    "ServeParty",
    "SettledPromise",
    "SpeakOnLeaving",
    "SplitMatter",
    "StoredObject",
    "TellGroup",
    "VolunteerToSpeak",
    "WarnOfClock",
    "WithdrawCase",
]
