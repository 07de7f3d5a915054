"""What happened in a mediation, as its journal keeps it. Private: publish says what may leave."""

from __future__ import annotations

from services.mediation.events.absences import (
    AbsenceExcused,
    AbsenceExplained,
    AbsenceRecorded,
    DefaultChosen,
    DefaultPathOpened,
)
from services.mediation.events.agreement import (
    AgreementDrafted,
    AgreementEffective,
    AgreementMarked,
    AgreementSigned,
    CourtAsked,
)
from services.mediation.events.amending import (
    AmendmentAgreed,
    AmendmentDeclined,
    AmendmentEffective,
    AmendmentMarked,
    AmendmentProposed,
    AmendmentSigned,
    CommitmentImpossible,
    CommitmentWaived,
    DayGranted,
    PerformanceDeclined,
)
from services.mediation.events.commitments import (
    CommitmentConfirmed,
    CommitmentDisputed,
    CommitmentFellDue,
    CommitmentProven,
    CommitmentRemindedAhead,
    CommitmentsPerformed,
)
from services.mediation.events.consent import (
    ConsentCompleted,
    MediationFailed,
    MediationOpened,
    MediationRefused,
    MediationWithdrawn,
    PartyConsented,
)
from services.mediation.events.court import CourtDecided, HandedOver, HandoverReturned
from services.mediation.events.departing import (
    AgreementEnded,
    CommitmentLapsed,
    DebtorLeft,
    MediationDeserted,
    PartyDeparted,
    ReleaseAsked,
    SuccessorCame,
)
from services.mediation.events.dialogue import (
    ExchangeLogged,
    FindingRecorded,
    InterestRestated,
    RestatementAnswered,
)
from services.mediation.events.group import (
    CommitmentAffirmed,
    CommitmentObjected,
    DraftAnswered,
    ObjectionWithdrawn,
)
from services.mediation.events.guests import (
    GuestAgreed,
    GuestAnswered,
    GuestBooked,
    GuestInvited,
    GuestReleased,
    GuestSteppedAside,
    InvitationEnded,
    SpeakersInvited,
)
from services.mediation.events.joint import BesideNoted, JointAnswered, SessionParted
from services.mediation.events.mediator import (
    MediatorAccepted,
    MediatorDeclined,
    MediatorPassed,
    MediatorProposed,
    MediatorRemoved,
    MediatorSteppedAside,
    MediatorTook,
    SessionVoided,
)
from services.mediation.events.openness import OpennessChanged, OpennessChosen
from services.mediation.events.oral import (
    OralAgreementOpened,
    OralAgreementRecorded,
    WordingAccepted,
    WordingDisputed,
)
from services.mediation.events.reminding import WordAwaited
from services.mediation.events.session import (
    AvailabilityStated,
    CaucusNoteWritten,
    MinutesReleased,
    MinutesWritten,
    NoTimeFound,
    RoomClosed,
    SessionCancelled,
    SessionHeld,
    SessionMoved,
    SessionRemindedOf,
    SessionScheduled,
    SlotsAnswered,
    SlotsProposed,
)

Event = (
    MediationOpened
    | PartyConsented
    | ConsentCompleted
    | MediationRefused
    | MediatorProposed
    | MediatorAccepted
    | MediatorDeclined
    | MediatorTook
    | MediatorPassed
    | MediatorSteppedAside
    | SessionVoided
    | MediatorRemoved
    | AvailabilityStated
    | SlotsProposed
    | SlotsAnswered
    | NoTimeFound
    | SessionScheduled
    | SessionMoved
    | SessionRemindedOf
    | RoomClosed
    | SessionParted
    | BesideNoted
    | JointAnswered
    | OpennessChosen
    | OpennessChanged
    | SessionCancelled
    | GuestInvited
    | SpeakersInvited
    | GuestAgreed
    | InvitationEnded
    | GuestSteppedAside
    | GuestAnswered
    | GuestBooked
    | GuestReleased
    | AbsenceRecorded
    | AbsenceExplained
    | AbsenceExcused
    | DefaultPathOpened
    | DefaultChosen
    | SessionHeld
    | MinutesWritten
    | MinutesReleased
    | CaucusNoteWritten
    | ExchangeLogged
    | InterestRestated
    | RestatementAnswered
    | FindingRecorded
    | AgreementDrafted
    | AgreementSigned
    | AgreementMarked
    | AgreementEffective
    | CourtAsked
    | CommitmentProven
    | CommitmentConfirmed
    | CommitmentDisputed
    | CommitmentRemindedAhead
    | WordAwaited
    | CommitmentFellDue
    | CommitmentsPerformed
    | DraftAnswered
    | CommitmentAffirmed
    | CommitmentObjected
    | ObjectionWithdrawn
    | AmendmentDeclined
    | AmendmentEffective
    | AmendmentMarked
    | AmendmentProposed
    | AmendmentSigned
    | AmendmentAgreed
    | CommitmentImpossible
    | CommitmentWaived
    | DayGranted
    | PerformanceDeclined
    | CourtDecided
    | HandedOver
    | HandoverReturned
    | OralAgreementOpened
    | OralAgreementRecorded
    | WordingAccepted
    | WordingDisputed
    | MediationFailed
    | MediationWithdrawn
    | PartyDeparted
    | SuccessorCame
    | ReleaseAsked
    | DebtorLeft
    | CommitmentLapsed
    | MediationDeserted
    | AgreementEnded
)

__all__ = [
    "AbsenceExcused",
    "AbsenceExplained",
    "AbsenceRecorded",
    "AgreementDrafted",
    "AgreementEffective",
    "AgreementEnded",
    "AgreementMarked",
    "AgreementSigned",
    "AmendmentAgreed",
    "AmendmentDeclined",
    "AmendmentEffective",
    "AmendmentMarked",
    "AmendmentProposed",
    "AmendmentSigned",
    "AvailabilityStated",
    "BesideNoted",
    "CaucusNoteWritten",
    "CommitmentAffirmed",
    "CommitmentConfirmed",
    "CommitmentDisputed",
    "CommitmentFellDue",
    "CommitmentImpossible",
    "CommitmentLapsed",
    "CommitmentObjected",
    "CommitmentProven",
    "CommitmentRemindedAhead",
    "CommitmentWaived",
    "CommitmentsPerformed",
    "ConsentCompleted",
    "CourtAsked",
    "CourtDecided",
    "DayGranted",
    "DebtorLeft",
    "DefaultChosen",
    "DefaultPathOpened",
    "DraftAnswered",
    "Event",
    "ExchangeLogged",
    "FindingRecorded",
    "GuestAgreed",
    "GuestAnswered",
    "GuestBooked",
    "GuestInvited",
    "GuestReleased",
    "GuestSteppedAside",
    "HandedOver",
    "HandoverReturned",
    "InterestRestated",
    "InvitationEnded",
    "JointAnswered",
    "MediationDeserted",
    "MediationFailed",
    "MediationOpened",
    "MediationRefused",
    "MediationWithdrawn",
    "MediatorAccepted",
    "MediatorDeclined",
    "MediatorPassed",
    "MediatorProposed",
    "MediatorRemoved",
    "MediatorSteppedAside",
    "MediatorTook",
    "MinutesReleased",
    "MinutesWritten",
    "NoTimeFound",
    "ObjectionWithdrawn",
    "OpennessChanged",
    "OpennessChosen",
    "OralAgreementOpened",
    "OralAgreementRecorded",
    "PartyConsented",
    "PartyDeparted",
    "PerformanceDeclined",
    "ReleaseAsked",
    "RestatementAnswered",
    "RoomClosed",
    "SessionCancelled",
    "SessionHeld",
    "SessionMoved",
    "SessionParted",
    "SessionRemindedOf",
    "SessionScheduled",
    "SessionVoided",
    "SlotsAnswered",
    "SlotsProposed",
    "SpeakersInvited",
    "SuccessorCame",
    "WordAwaited",
    "WordingAccepted",
    "WordingDisputed",
]
