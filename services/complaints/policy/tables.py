"""The tables: role in the case × command, role × field, role × step of the history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from services.complaints import commands as c
from services.complaints import events as e
from services.complaints.terms import Role, Side

MAY_FILE = frozenset({"resident", "merchant", "building_captain", "volunteer", "coordinator"})
MAY_FILE_FOR_OTHERS = frozenset({"building_captain", "volunteer", "coordinator"})
SEE_LAW = frozenset({"coordinator", "operator", "mediator"})
"""Who is shown a subcategory's law and how sure its remit is."""

KEEP_PHRASES = frozenset({"coordinator", "operator"})
USE_PHRASES = KEEP_PHRASES | {"mediator"}
"""Who writes what is said often, and who may use it."""

SEE_SMALL_FIGURES = frozenset({"coordinator", "operator", "representative"})
PARTIES: frozenset[Role] = frozenset({"complainant", "respondent"})
HANDS_OVER_PAPER: frozenset[Role] = frozenset({"coordinator", "building_captain"})
WRITES_DOWN: frozenset[Role] = HANDS_OVER_PAPER | {"mediator"}
"""Who enters what somebody without an account pledges at the counter or on paper."""

_ON_DUTY: frozenset[Role] = frozenset({"coordinator", "building_captain"})
_COORDINATOR: frozenset[Role] = frozenset({"coordinator"})
TOGETHER: frozenset[Role] = frozenset({"complainant", "joined"})
"""Those who complain together."""

_SYSTEM: frozenset[Role] = frozenset({"system"})

MAY: Mapping[type[c.Command], frozenset[Role]] = {
    c.CorrectCategory: _COORDINATOR,
    c.AcceptCase: _COORDINATOR,
    c.DecideHealthSharing: frozenset({"complainant"}),
    c.RecordHealthConsent: _COORDINATOR,
    c.DeclineCase: _COORDINATOR,
    c.JoinCase: _COORDINATOR,
    c.SeparateCase: _COORDINATOR,
    c.GatherGroup: _COORDINATOR,
    c.SplitMatter: _COORDINATOR,
    c.NominateLeads: TOGETHER,
    c.AcceptLead: TOGETHER,
    c.VolunteerToSpeak: TOGETHER,
    c.DrawSpeakers: _COORDINATOR,
    c.PostToGroup: TOGETHER | _COORDINATOR,
    c.ReleasePost: _COORDINATOR,
    c.TellGroup: _SYSTEM,
    c.NoteStandDown: _SYSTEM,
    c.GiveBack: _SYSTEM,
    c.ServeNotice: _COORDINATOR | _SYSTEM,
    c.AnswerCase: frozenset({"respondent"}),
    c.AddParty: _COORDINATOR,
    c.ServeParty: _COORDINATOR | _SYSTEM,
    c.OpenInquiry: _COORDINATOR,
    c.JoinByStatement: _SYSTEM,
    c.RecordLeaving: _COORDINATOR | _SYSTEM,
    c.SpeakOnLeaving: _COORDINATOR | {"former"},
    c.InviteParty: _COORDINATOR,
    c.AnswerInvitation: _COORDINATOR | {"invited"},
    c.SendMessage: PARTIES | {"coordinator", "mediator"},
    c.ReleaseMessage: _COORDINATOR,
    c.LogOccurrence: frozenset({"complainant", "coordinator"}),
    c.RouteCase: _COORDINATOR,
    c.ReferCase: _COORDINATOR | _SYSTEM,
    c.ProposeExtension: PARTIES | {"coordinator", "mediator"},
    c.ConsentToExtension: PARTIES,
    c.DeclineExtension: PARTIES,
    c.ConcludeCase: PARTIES | _COORDINATOR,
    c.OfferPledge: frozenset({"respondent"}),
    c.EnterPledge: WRITES_DOWN,
    c.AnswerPledge: frozenset({"complainant"}),
    c.ProvePledge: WRITES_DOWN | PARTIES,
    c.ConfirmPledge: PARTIES,
    c.DisputePledge: PARTIES,
    c.OfferService: _COORDINATOR,
    c.AnswerService: PARTIES,
    c.RecordReturnVisit: frozenset({"coordinator", "building_captain", "helper"}),
    c.FallVisitDue: _SYSTEM,
    c.RecountVisits: _SYSTEM,
    c.ReceiveReferral: _COORDINATOR | {"officer"},
    c.ReturnCase: _COORDINATOR | {"officer"},
    c.WithdrawCase: frozenset({"complainant"}),
    c.ReopenCase: frozenset({"complainant", "coordinator"}),
    c.AnswerSurvey: PARTIES | {"former", "joined"},
    c.AnswerSurveyAloud: frozenset({"helper"}),
    c.EnterSurvey: _ON_DUTY | {"helper"},
    c.HandReceipt: HANDS_OVER_PAPER,
    c.RevealIdentity: _COORDINATOR,
    c.ConfirmEmergency: _ON_DUTY,
    c.RecordHotlineCall: _ON_DUTY,
    c.RecordSiteVisit: _ON_DUTY | {"mediator"},
    c.LiftEmergency: _COORDINATOR,
    c.RingAgain: _SYSTEM,
    c.RecordAttempt: HANDS_OVER_PAPER,
    c.EnterAnswer: _COORDINATOR,
    c.RefuseMediation: frozenset({"respondent"}),
    c.ClaimCase: _SYSTEM,
    c.RecordWork: frozenset({"coordinator", "mediator", "building_captain"}),
    c.ReportToPolice: _COORDINATOR,
    c.AddEvidence: PARTIES | {"coordinator", "mediator"},
    c.RecordReading: frozenset({"complainant", "coordinator", "officer"}),
    c.ReleaseEvidence: _COORDINATOR,
    c.SealEvidence: _COORDINATOR,
    c.OpenSealed: _COORDINATOR,
    c.EraseSealed: _SYSTEM,
    c.ErasePerson: _SYSTEM,
    c.HearChild: _COORDINATOR,
    c.AskTakedown: _COORDINATOR,
    c.ConfirmTakedown: PARTIES,
    c.LetChildFollow: frozenset({"complainant"}),
    c.LetOnBoard: frozenset({"complainant"}),
    c.EndClock: _SYSTEM,
    c.WarnOfClock: _SYSTEM,
    c.RemindOfExtension: _SYSTEM,
    c.EscalateClock: _SYSTEM,
    c.ChaseReferral: _SYSTEM,
    c.NoteDelivery: _SYSTEM,
    c.NoteLeadEnd: _SYSTEM,
    c.NoteMediation: _SYSTEM,
    c.NoteDraft: _SYSTEM,
    c.NoteEffect: _SYSTEM,
    c.NoteAmendment: _SYSTEM,
    c.NoteCommitment: _SYSTEM,
    c.NotePerformance: _SYSTEM,
    c.NoteMediationEnd: _SYSTEM,
}
"""Role in the case × command. Filing has no case yet: see `require_filing`."""

Field = Literal[
    "words",
    "summary",
    "answer",
    "messages",
    "exact_times",
    "triage_clock",
    "parties",
    "work",
    "site_visits",
    "inquiries",
    "health",
    "helped",
    "withdrawal",
    "pressured",
    "continues",
    "refiled",
    "conflict",
    "leavings",
    "pledges",
    "police",
    "settlement",
    "how_it_went",
]

FIELDS: tuple[Field, ...] = get_args(Field)

SEES: Mapping[Role, frozenset[Field]] = {
    "complainant": frozenset(
        {
            "words",
            "summary",
            "answer",
            "messages",
            "exact_times",
            "triage_clock",
            "parties",
            "health",
            "helped",
            "withdrawal",
            "continues",
            "pledges",
            "settlement",
        }
    ),
    "coordinator": frozenset(
        {
            "words",
            "summary",
            "answer",
            "messages",
            "exact_times",
            "triage_clock",
            "parties",
            "work",
            "site_visits",
            "inquiries",
            "health",
            "helped",
            "withdrawal",
            "pressured",
            "continues",
            "refiled",
            "conflict",
            "leavings",
            "pledges",
            "police",
            "settlement",
            "how_it_went",
        }
    ),
    "mediator": frozenset(
        {
            "words",
            "summary",
            "answer",
            "messages",
            "exact_times",
            "parties",
            "work",
            "site_visits",
            "inquiries",
            "helped",
            "conflict",
            "leavings",
            "pledges",
            "police",
            "settlement",
            "how_it_went",
        }
    ),
    "respondent": frozenset(
        {"summary", "answer", "messages", "exact_times", "parties", "pledges", "settlement"}
    ),
    "building_captain": frozenset({"exact_times", "site_visits"}),
    "joined": frozenset({"summary", "answer", "pledges"}),
}
"""`words` are the complainant's own: description, place in words, when it happened. Whether somebody was `pressured`
to withdraw stays with the coordinator: asked openly, nobody says so. `leavings` are who left, and what they said.
`police` is what the police were told of, `how_it_went` what was answered when the parties were asked."""

STILL_SEEN: Mapping[Side, frozenset[Field]] = {
    "complainant": frozenset({"words", "summary", "exact_times"}),
    "respondent": frozenset({"summary"}),
}
"""What of a case stays open to somebody who left it: their own words, and what was told to them."""

NOT_FOR_SUCCESSORS: frozenset[Field] = frozenset({"answer"})
"""What was answered before they came is not theirs to read, whose place they have taken."""

LOST_BY_CONCEALMENT: Mapping[Role, frozenset[Field]] = {
    "respondent": frozenset({"exact_times"}),
    "building_captain": frozenset({"exact_times"}),
    "coordinator": frozenset({"continues", "refiled", "conflict"}),
    "mediator": frozenset({"conflict"}),
}
"""What these no longer see when the complainant's identity is hidden or anonymous: it would betray them."""

LOST_BY_JOINING: frozenset[Field] = frozenset(
    {"words", "triage_clock", "health", "helped", "withdrawal", "continues"}
)
"""What somebody who was added beside the complainant never sees: they may not learn who complained first, or that."""

_EVERYBODY: frozenset[Role] = frozenset(SEES)
_TO_PARTIES = _EVERYBODY - {"building_captain"}

_BEFORE_ACCEPTANCE: frozenset[Role] = frozenset(
    {"complainant", "coordinator", "mediator", "building_captain"}
)

_LEAVING: frozenset[Role] = frozenset({"former", "coordinator", "mediator"})
_ONE_SIDE: frozenset[Role] = frozenset({"complainant", "coordinator"})
_WHO_ASK: frozenset[Role] = frozenset({"coordinator", "mediator"})

STEPS: Mapping[type[e.Event], frozenset[Role]] = {
    e.CaseFiled: _EVERYBODY,
    e.CategoryCorrected: _ONE_SIDE,
    e.CaseAccepted: _EVERYBODY,
    e.HealthSharingDecided: _ONE_SIDE,
    e.CaseDeclined: _ONE_SIDE,
    e.CaseJoined: _ONE_SIDE,
    e.CaseSeparated: _ONE_SIDE,
    e.GroupGathered: _ONE_SIDE | {"joined"},
    e.MatterSplit: _ONE_SIDE,
    e.GroupAsked: _ONE_SIDE | {"joined", "mediator"},
    e.CaseGivenBack: _EVERYBODY,
    e.LeadsNominated: frozenset(),
    e.LeadAccepted: _ONE_SIDE | {"joined"},
    e.LeadsNamed: _ONE_SIDE | {"joined", "mediator"},
    e.LeadStoodDown: _ONE_SIDE | {"joined", "mediator"},
    e.SpeakerVolunteered: frozenset(),
    e.SpeakersDrawn: _ONE_SIDE | {"joined", "mediator"},
    e.GroupPosted: frozenset(),
    e.PostReleased: frozenset(),
    e.GroupNewsNoted: frozenset(),
    e.GroupTold: frozenset(),
    e.NoticeDelivered: _TO_PARTIES,
    e.NoticeServed: _EVERYBODY,
    e.CaseAnswered: _EVERYBODY,
    e.InquiryOpened: _TO_PARTIES - {"respondent"},
    e.PartyAdded: _TO_PARTIES,
    e.PartyLeft: _LEAVING,
    e.LeavingSpoken: _LEAVING,
    e.PartyInvited: frozenset({"coordinator", "mediator", "invited"}),
    e.InvitationAnswered: frozenset({"coordinator", "mediator"}),
    e.PartyServed: _TO_PARTIES,
    e.PartyAnswered: _TO_PARTIES,
    e.MessageSent: _TO_PARTIES,
    e.MessageReleased: _TO_PARTIES,
    e.OccurrenceLogged: _TO_PARTIES,
    e.CaseRouted: _EVERYBODY,
    e.CaseReferred: _EVERYBODY,
    e.ReferralReceived: _EVERYBODY,
    e.ReferralChased: _EVERYBODY - {"respondent"},
    e.CaseReturned: _EVERYBODY,
    e.CaseWithdrawn: _EVERYBODY,
    e.IdentityRevealed: _ONE_SIDE,
    e.MediationNoted: _EVERYBODY,
    e.OralAgreementStated: _EVERYBODY,
    e.ReceiptHanded: _EVERYBODY - {"respondent"},
    e.AgreementDrafted: _EVERYBODY,
    e.AgreementTookEffect: _EVERYBODY,
    e.AgreementAmended: _EVERYBODY,
    e.SupervisionBegan: _EVERYBODY,
    e.CommitmentsPerformed: _EVERYBODY,
    e.MediationEnded: _EVERYBODY,
    e.SurveyRequested: _TO_PARTIES | {"former"},
    e.SurveyAnswered: _TO_PARTIES | {"former"},
    e.CaseClosed: _EVERYBODY,
    e.CaseReopened: _EVERYBODY,
    e.ClockMissed: _EVERYBODY,
    e.ContactMade: _ONE_SIDE,
    e.VisitsRecounted: frozenset({"coordinator", "building_captain"}),
    e.ReturnVisitDue: frozenset({"coordinator", "building_captain"}),
    e.ReturnVisited: _EVERYBODY,
    e.ExtensionProposed: _TO_PARTIES,
    e.ExtensionConsented: frozenset({"coordinator", "mediator"}),
    e.ExtensionReminded: _COORDINATOR,
    e.ExtensionDeclined: _TO_PARTIES,
    e.MonthExtended: _EVERYBODY,
    e.SettlementSaid: _TO_PARTIES,
    e.SettlementReached: _TO_PARTIES,
    e.CaseConcluded: _EVERYBODY,
    e.PledgeOffered: _EVERYBODY,
    e.PledgeAnswered: _EVERYBODY,
    e.PledgeProven: _EVERYBODY,
    e.PledgeConfirmed: _EVERYBODY,
    e.PledgeDisputed: _EVERYBODY,
    e.PledgeMissed: _EVERYBODY,
    e.ServiceOffered: PARTIES | _COORDINATOR,
    e.ServiceAnswered: PARTIES | _COORDINATOR,
    e.ClockWarned: _COORDINATOR,
    e.CaseEscalated: _EVERYBODY - {"respondent"},
    e.EvidenceAdded: _TO_PARTIES,
    e.ReadingRecorded: _TO_PARTIES,
    e.EvidenceReleased: _TO_PARTIES,
    e.EvidenceSealed: _TO_PARTIES,
    e.SealedEvidenceOpened: _COORDINATOR,
    e.EvidenceErased: _TO_PARTIES,
    e.PersonErased: _COORDINATOR,
    e.ChildHeard: frozenset({"coordinator", "mediator"}),
    e.ChildLetFollow: _ONE_SIDE,
    e.BoardAllowed: _ONE_SIDE,
    e.TakedownAsked: _TO_PARTIES,
    e.TakenDown: _TO_PARTIES,
    e.EmergencyConfirmed: _BEFORE_ACCEPTANCE,
    e.EmergencyUnanswered: frozenset({"coordinator"}),
    e.HotlineCalled: _BEFORE_ACCEPTANCE,
    e.PoliceReported: _WHO_ASK,
    e.SiteVisited: _BEFORE_ACCEPTANCE,
    e.EmergencyLifted: _BEFORE_ACCEPTANCE,
    e.ServiceAttempted: frozenset({"coordinator", "complainant"}),
    e.AnswerEntered: _TO_PARTIES,
    e.RespondentClaimed: frozenset({"coordinator", "respondent"}),
    e.MediationDeclined: _EVERYBODY,
    e.WorkRecorded: frozenset({"coordinator", "mediator"}),
}
"""Whose history shows which step; messages, leavings, surveys and services only to those they concern (`sees_step`)."""

OTHERS_STEPS: Mapping[type[e.Event], frozenset[Role]] = {
    e.SurveyRequested: _COORDINATOR,
    e.SurveyAnswered: _COORDINATOR,
    e.PartyLeft: _WHO_ASK,
    e.LeavingSpoken: _WHO_ASK,
    e.PartyInvited: _WHO_ASK,
    e.ServiceOffered: _COORDINATOR,
    e.ServiceAnswered: _COORDINATOR,
}
"""Of steps that are one party's own: who reads them beside that party."""
