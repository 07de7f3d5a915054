"""What happened to a case, as its journal keeps it: private, and the only place that holds people's words.

Who stands behind a party is not told here; publish says what leaves the service.
"""

from __future__ import annotations

from services.complaints.events.children import (
    BoardAllowed,
    ChildHeard,
    ChildLetFollow,
    TakedownAsked,
    TakenDown,
)
from services.complaints.events.closing import (
    CaseClosed,
    CaseReopened,
    CaseWithdrawn,
    ClockMissed,
    SurveyAnswered,
    SurveyRequested,
)
from services.complaints.events.concluding import (
    CaseConcluded,
    ExtensionConsented,
    ExtensionDeclined,
    ExtensionProposed,
    ExtensionReminded,
    MonthExtended,
    OwedPromise,
    SettlementReached,
    SettlementSaid,
)
from services.complaints.events.deliberating import (
    AgreementAmended,
    AgreementDrafted,
    AgreementTookEffect,
    CaseRouted,
    CommitmentsPerformed,
    MediationEnded,
    MediationNoted,
    SupervisionBegan,
)
from services.complaints.events.emergency import (
    EmergencyConfirmed,
    EmergencyLifted,
    EmergencyUnanswered,
    HotlineCalled,
    SiteVisited,
)
from services.complaints.events.erasing import PersonErased
from services.complaints.events.evidence import (
    EvidenceAdded,
    EvidenceErased,
    EvidenceReleased,
    EvidenceSealed,
    ReadingRecorded,
    SealedEvidenceOpened,
)
from services.complaints.events.grouping import (
    CaseGivenBack,
    GroupAsked,
    GroupGathered,
    GroupNewsNoted,
    GroupPosted,
    GroupTold,
    LeadAccepted,
    LeadsNamed,
    LeadsNominated,
    LeadStoodDown,
    MatterSplit,
    PostReleased,
    SpeakersDrawn,
    SpeakerVolunteered,
)
from services.complaints.events.hearing import (
    CaseAccepted,
    CaseAnswered,
    CaseDeclined,
    CaseFiled,
    CaseJoined,
    CaseSeparated,
    CategoryCorrected,
    HealthSharingDecided,
    NoticeDelivered,
    NoticeServed,
)
from services.complaints.events.inquiring import InquiryOpened
from services.complaints.events.leaving import (
    InvitationAnswered,
    LeavingSpoken,
    PartyInvited,
    PartyLeft,
)
from services.complaints.events.offering import ServiceAnswered, ServiceOffered
from services.complaints.events.oral import OralAgreementStated, ReceiptHanded
from services.complaints.events.parties import PartyAdded, PartyAnswered, PartyServed
from services.complaints.events.pledging import (
    PledgeAnswered,
    PledgeConfirmed,
    PledgeDisputed,
    PledgeMissed,
    PledgeOffered,
    PledgeProven,
)
from services.complaints.events.policing import PoliceReported
from services.complaints.events.referring import CaseReferred, CaseReturned, ReferralReceived
from services.complaints.events.serving import (
    AnswerEntered,
    MediationDeclined,
    RespondentClaimed,
    ServiceAttempted,
)
from services.complaints.events.talking import (
    IdentityRevealed,
    MessageReleased,
    MessageSent,
    OccurrenceLogged,
)
from services.complaints.events.visiting import PlannedVisit, ReturnVisitDue, ReturnVisited, VisitsRecounted
from services.complaints.events.watching import CaseEscalated, ClockWarned, ContactMade, ReferralChased
from services.complaints.events.working import WorkRecorded

Event = (
    CaseFiled
    | CategoryCorrected
    | CaseAccepted
    | HealthSharingDecided
    | CaseDeclined
    | CaseJoined
    | CaseSeparated
    | GroupGathered
    | MatterSplit
    | GroupAsked
    | CaseGivenBack
    | LeadsNominated
    | LeadAccepted
    | SpeakerVolunteered
    | SpeakersDrawn
    | LeadsNamed
    | LeadStoodDown
    | GroupPosted
    | PostReleased
    | GroupNewsNoted
    | GroupTold
    | NoticeDelivered
    | NoticeServed
    | CaseAnswered
    | InquiryOpened
    | PartyAdded
    | PartyLeft
    | LeavingSpoken
    | PartyInvited
    | InvitationAnswered
    | PartyServed
    | PartyAnswered
    | MessageSent
    | MessageReleased
    | OccurrenceLogged
    | CaseRouted
    | CaseReferred
    | ReferralReceived
    | ReferralChased
    | CaseReturned
    | CaseWithdrawn
    | IdentityRevealed
    | MediationNoted
    | OralAgreementStated
    | ReceiptHanded
    | ChildHeard
    | ChildLetFollow
    | BoardAllowed
    | TakedownAsked
    | TakenDown
    | AgreementDrafted
    | AgreementTookEffect
    | AgreementAmended
    | SupervisionBegan
    | CommitmentsPerformed
    | MediationEnded
    | SurveyRequested
    | SurveyAnswered
    | CaseClosed
    | CaseReopened
    | ClockMissed
    | EvidenceAdded
    | ReadingRecorded
    | EvidenceReleased
    | EvidenceSealed
    | SealedEvidenceOpened
    | EvidenceErased
    | PersonErased
    | ContactMade
    | VisitsRecounted
    | ReturnVisitDue
    | ReturnVisited
    | ExtensionProposed
    | ExtensionReminded
    | ExtensionConsented
    | ExtensionDeclined
    | MonthExtended
    | SettlementSaid
    | SettlementReached
    | CaseConcluded
    | PledgeOffered
    | PledgeAnswered
    | PledgeProven
    | PledgeConfirmed
    | PledgeDisputed
    | PledgeMissed
    | ServiceOffered
    | ServiceAnswered
    | ClockWarned
    | CaseEscalated
    | WorkRecorded
    | ServiceAttempted
    | AnswerEntered
    | RespondentClaimed
    | MediationDeclined
    | EmergencyConfirmed
    | EmergencyUnanswered
    | HotlineCalled
    | PoliceReported
    | SiteVisited
    | EmergencyLifted
)

__all__ = [
    "AgreementAmended",
    "AgreementDrafted",
    "AgreementTookEffect",
    "AnswerEntered",
    "BoardAllowed",
    "CaseAccepted",
    "CaseAnswered",
    "CaseClosed",
    "CaseConcluded",
    "CaseDeclined",
    "CaseEscalated",
    "CaseFiled",
    "CaseGivenBack",
    "CaseJoined",
    "CaseReferred",
    "CaseReopened",
    "CaseReturned",
    "CaseRouted",
    "CaseSeparated",
    "CaseWithdrawn",
    "CategoryCorrected",
    "ChildHeard",
    "ChildLetFollow",
    "ClockMissed",
    "ClockWarned",
    "CommitmentsPerformed",
    "ContactMade",
    "EmergencyConfirmed",
    "EmergencyLifted",
    "EmergencyUnanswered",
    "Event",
    "EvidenceAdded",
    "EvidenceErased",
    "EvidenceReleased",
    "EvidenceSealed",
    "ExtensionConsented",
    "ExtensionDeclined",
    "ExtensionProposed",
    "ExtensionReminded",
    "GroupAsked",
    "GroupGathered",
    "GroupNewsNoted",
    "GroupPosted",
    "GroupTold",
    "HealthSharingDecided",
    "HotlineCalled",
    "IdentityRevealed",
    "InquiryOpened",
    "InvitationAnswered",
    "LeadAccepted",
    "LeadStoodDown",
    "LeadsNamed",
    "LeadsNominated",
    "LeavingSpoken",
    "MatterSplit",
    "MediationDeclined",
    "MediationEnded",
    "MediationNoted",
    "MessageReleased",
    "MessageSent",
    "MonthExtended",
    "NoticeDelivered",
    "NoticeServed",
    "OccurrenceLogged",
    "OralAgreementStated",
    "OwedPromise",
    "PartyAdded",
    "PartyAnswered",
    "PartyInvited",
    "PartyLeft",
    "PartyServed",
    "PersonErased",
    "PlannedVisit",
    "PledgeAnswered",
    "PledgeConfirmed",
    "PledgeDisputed",
    "PledgeMissed",
    "PledgeOffered",
    "PledgeProven",
    "PoliceReported",
    "PostReleased",
    "ReadingRecorded",
    "ReceiptHanded",
    "ReferralChased",
    "ReferralReceived",
    "RespondentClaimed",
    "ReturnVisitDue",
    "ReturnVisited",
    "SealedEvidenceOpened",
    "ServiceAnswered",
    "ServiceAttempted",
    "ServiceOffered",
    "SettlementReached",
    "SettlementSaid",
    "SiteVisited",
    "SpeakerVolunteered",
    "SpeakersDrawn",
    "SupervisionBegan",
    "SurveyAnswered",
    "SurveyRequested",
    "TakedownAsked",
    "TakenDown",
    "VisitsRecounted",
    "WorkRecorded",
]
