"""Who may ask what of a case, and what of it each one sees. Tables, so that a committee can read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, get_args
from uuid import UUID

from services.complaints import commands as c
from services.complaints import events as e
from services.complaints.decisions.parties import is_awaited
from services.complaints.decisions.state import (
    Acting,
    AwaitingAnswer,
    AwaitingRoute,
    AwaitingService,
    AwaitingTriage,
    Case,
    CaseFile,
    Circumstances,
    Closed,
    Referral,
    Standing,
    State,
    Supervised,
    Surveyed,
)
from services.complaints.decisions.table import possible_commands
from services.complaints.people import People
from services.complaints.showing import is_own_or_staff
from services.complaints.terms import Identity, Role, SharedWith, Side
from shared.access.actor import Actor, Grant
from shared.clock import local_day
from shared.errors import NotAllowed, NotFound

MAY_FILE = frozenset({"resident", "merchant", "building_captain", "volunteer", "coordinator"})
MAY_FILE_FOR_OTHERS = frozenset({"building_captain", "volunteer", "coordinator"})

SEE_LAW = frozenset({"coordinator", "operator", "mediator"})
"""Who is shown a subcategory's law and how sure its remit is."""

SEE_SMALL_FIGURES = frozenset({"coordinator", "operator", "representative"})

_PARTIES: frozenset[Role] = frozenset({"complainant", "respondent"})
HANDS_OVER_PAPER: frozenset[Role] = frozenset({"coordinator", "building_captain"})
_ON_DUTY: frozenset[Role] = frozenset({"coordinator", "building_captain"})
_COORDINATOR: frozenset[Role] = frozenset({"coordinator"})
TOGETHER: frozenset[Role] = frozenset({"complainant", "joined"})
"""Those who complain together."""
_SYSTEM: frozenset[Role] = frozenset({"system"})

MAY: Mapping[type[c.Command], frozenset[Role]] = {
    c.AcceptCase: _COORDINATOR,
    c.DecideHealthSharing: frozenset({"complainant"}),
    c.DeclineCase: _COORDINATOR,
    c.JoinCase: _COORDINATOR,
    c.SeparateCase: _COORDINATOR,
    c.GatherGroup: _COORDINATOR,
    c.SplitMatter: _COORDINATOR,
    c.NominateLeads: TOGETHER,
    c.AcceptLead: TOGETHER,
    c.PostToGroup: TOGETHER | _COORDINATOR,
    c.ReleasePost: _COORDINATOR,
    c.TellGroup: _SYSTEM,
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
    c.SendMessage: _PARTIES | {"coordinator", "mediator"},
    c.ReleaseMessage: _COORDINATOR,
    c.LogOccurrence: frozenset({"complainant", "coordinator"}),
    c.RouteCase: _COORDINATOR,
    c.ReferCase: _COORDINATOR | _SYSTEM,
    c.ProposeExtension: _PARTIES | {"coordinator", "mediator"},
    c.ConsentToExtension: _PARTIES,
    c.DeclineExtension: _PARTIES,
    c.ConcludeCase: _PARTIES | _COORDINATOR,
    c.RecordReturnVisit: frozenset({"coordinator", "building_captain", "helper"}),
    c.FallVisitDue: _SYSTEM,
    c.ReceiveReferral: _COORDINATOR | {"officer"},
    c.ReturnCase: _COORDINATOR | {"officer"},
    c.WithdrawCase: frozenset({"complainant"}),
    c.ReopenCase: frozenset({"complainant", "coordinator"}),
    c.AnswerSurvey: _PARTIES | {"former", "joined"},
    c.AnswerSurveyAloud: frozenset({"helper"}),
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
    c.AddEvidence: _PARTIES | {"coordinator", "mediator"},
    c.RecordReading: frozenset({"complainant", "coordinator", "officer"}),
    c.ReleaseEvidence: _COORDINATOR,
    c.SealEvidence: _COORDINATOR,
    c.OpenSealed: _COORDINATOR,
    c.EraseSealed: _SYSTEM,
    c.HearChild: _COORDINATOR,
    c.AskTakedown: _COORDINATOR,
    c.ConfirmTakedown: _PARTIES,
    c.LetChildFollow: frozenset({"complainant"}),
    c.EndClock: _SYSTEM,
    c.WarnOfClock: _SYSTEM,
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
    "leavings",
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
            "leavings",
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
            "leavings",
        }
    ),
    "respondent": frozenset({"summary", "answer", "messages", "exact_times", "parties"}),
    "building_captain": frozenset({"exact_times", "site_visits"}),
    "joined": frozenset({"summary", "answer"}),
}
"""`words` are the complainant's own: description, place in words, when it happened. Whether somebody was `pressured`
to withdraw stays with the coordinator: asked openly, nobody says so. `leavings` are who left, and what they said."""

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
    "coordinator": frozenset({"continues", "refiled"}),
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

STEPS: Mapping[type[e.Event], frozenset[Role]] = {
    e.CaseFiled: _EVERYBODY,
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
    e.ReturnVisitDue: frozenset({"coordinator", "building_captain"}),
    e.ReturnVisited: _EVERYBODY,
    e.ExtensionProposed: _TO_PARTIES,
    e.ExtensionConsented: frozenset({"coordinator", "mediator"}),
    e.ExtensionDeclined: _TO_PARTIES,
    e.MonthExtended: _EVERYBODY,
    e.SettlementSaid: _TO_PARTIES,
    e.CaseConcluded: _EVERYBODY,
    e.ClockWarned: _COORDINATOR,
    e.CaseEscalated: _EVERYBODY - {"respondent"},
    e.EvidenceAdded: _TO_PARTIES,
    e.ReadingRecorded: _TO_PARTIES,
    e.EvidenceReleased: _TO_PARTIES,
    e.EvidenceSealed: _TO_PARTIES,
    e.SealedEvidenceOpened: _COORDINATOR,
    e.EvidenceErased: _TO_PARTIES,
    e.ChildHeard: frozenset({"coordinator", "mediator"}),
    e.ChildLetFollow: _ONE_SIDE,
    e.TakedownAsked: _TO_PARTIES,
    e.TakenDown: _TO_PARTIES,
    e.EmergencyConfirmed: _BEFORE_ACCEPTANCE,
    e.EmergencyUnanswered: frozenset({"coordinator"}),
    e.HotlineCalled: _BEFORE_ACCEPTANCE,
    e.SiteVisited: _BEFORE_ACCEPTANCE,
    e.EmergencyLifted: _BEFORE_ACCEPTANCE,
    e.ServiceAttempted: frozenset({"coordinator", "complainant"}),
    e.AnswerEntered: _TO_PARTIES,
    e.RespondentClaimed: frozenset({"coordinator", "respondent"}),
    e.MediationDeclined: _EVERYBODY,
    e.WorkRecorded: frozenset({"coordinator", "mediator"}),
}
"""Whose history shows which step; messages, leavings and surveys only to those they concern (`sees_step`)."""

_WHO_ASK = frozenset[Role]({"coordinator", "mediator"})

OTHERS_STEPS: Mapping[type[e.Event], frozenset[Role]] = {
    e.SurveyRequested: _COORDINATOR,
    e.SurveyAnswered: _COORDINATOR,
    e.PartyLeft: _WHO_ASK,
    e.LeavingSpoken: _WHO_ASK,
    e.PartyInvited: _WHO_ASK,
}
"""Of steps that are one party's own: who reads them beside that party."""


def standing(actor: Actor, alliance_id: UUID, case: Case, people: People) -> Standing | None:
    """What the actor is to the case, or None for whom it does not exist.

    A party is a party first: a coordinator who is complained about handles nothing and sees no hidden name.
    """
    if actor.role == "system":
        return Standing("system")
    if actor.alliance_id != alliance_id:
        return None
    parties = people.sides_of(actor.member_id, case.file)
    if "complainant" in parties:
        return _standing("complainant", parties["complainant"], case.file)
    if "respondent" in parties:
        told = case.file.accepted_on is not None
        return _standing("respondent", parties["respondent"], case.file) if told else None
    for role, party in people.besides(actor.member_id, case.file).items():
        return Standing(role, party)
    return _office(actor, case.file)


def _standing(role: Role, party_id: UUID, file: CaseFile) -> Standing:
    return Standing(role, party_id, came_after=file.came_after(party_id))


def _office(actor: Actor, file: CaseFile) -> Standing | None:
    if actor.has("coordinator"):
        return Standing("coordinator")
    if file.mediation is not None and file.mediation.mediator_id == actor.member_id:
        return Standing("mediator")
    building = file.place.building_id if file.place else None
    if building is not None and Grant("building_captain", building) in actor.grants:
        return Standing("building_captain")
    return None


def officer_of(actor: Actor, alliance_id: UUID, case: Case, people: People) -> Standing | None:
    """An officer may confirm and return what was handed to them, and sees nothing else of the case."""
    if actor.alliance_id != alliance_id or people.parties_of(actor.member_id):
        return None
    handed = any(is_handed_to(actor, referral, case.file) for referral in case.file.referrals)
    return Standing("officer") if handed else None


def volunteer_of(actor: Actor, alliance_id: UUID, case: Case, people: People) -> Standing | None:
    """A volunteer of the building helps with its return visits; never somebody who is concerned."""
    if actor.alliance_id != alliance_id or people.parties_of(actor.member_id):
        return None
    building = case.file.place.building_id if case.file.place else None
    in_scope = {Grant("volunteer"), Grant("volunteer", building)} & actor.grants
    return Standing("helper") if in_scope else None


def may_list_visits(actor: Actor) -> bool:
    """Whoever makes return visits."""
    return any(actor.has(role) for role in ("coordinator", "building_captain", "volunteer"))


def is_handed_to(actor: Actor, referral: Referral, file: CaseFile) -> bool:
    """To the officer named in it; where none was named, to those in whose scope the place lies."""
    role = office_of(referral.authority)
    if referral.officer_id is not None:
        return referral.officer_id == actor.member_id and actor.has(role)
    scopes = {Grant(role), Grant(role, file.place.building_id if file.place else None)}
    return bool(scopes & actor.grants)


def office_of(authority: str) -> str:
    """The role of an authority's people here."""
    return "court_liaison" if authority == "court_station" else "agency_officer"


def may_list_referrals(actor: Actor) -> bool:
    """Coordinators list what they sent, officers what they were sent."""
    return any(actor.has(role) for role in ("coordinator", "agency_officer", "court_liaison"))


def require_filing(actor: Actor, filing: c.Filing) -> None:
    """Residents and merchants file for themselves; captains, volunteers and coordinators for others too.

    Anonymously anybody may, without an account: a poster's code in the street is enough.
    """
    if actor.member_id is None and filing.identity == "anonymous":
        return
    if not actor.roles & MAY_FILE:
        raise NotAllowed
    if filing.on_behalf_of not in (None, actor.member_id) and not actor.roles & MAY_FILE_FOR_OTHERS:
        raise NotAllowed


def require_helping(actor: Actor, filing: c.Filing, place: c.Place | None) -> None:
    """A captain files for the people of their own building alone."""
    if filing.on_behalf_of in (None, actor.member_id) or actor.roles & {"coordinator", "volunteer"}:
        return
    building = place.building_id if place else None
    if building is None or Grant("building_captain", building) not in actor.grants:
        raise NotAllowed


def require_entering(actor: Actor, place: c.Place | None) -> None:
    """What was agreed on the spot, the captain of that very building enters."""
    if place is None or Grant("building_captain", place.building_id) not in actor.grants:
        raise NotAllowed


def sees_law(actor: Actor) -> bool:
    """Whether articles and certainties are shown: to those who route cases, not to those they are about."""
    return bool(actor.roles & SEE_LAW)


def sees_small_figures(actor: Actor) -> bool:
    """Whether figures of fewer than five cases are shown: to those who answer for the committee's work."""
    return bool(actor.roles & SEE_SMALL_FIGURES)


def may_be_offered(actor: Actor) -> bool:
    """Who could join a case is shown which ones there are; everybody else a number."""
    return bool(actor.roles & MAY_FILE)


def require_taking_over(actor: Actor) -> None:
    """A ledger is the committee's: whoever may name its rows may also learn which of them are cases."""
    if not actor.has("coordinator"):
        raise NotAllowed


def require_minor_notices(actor: Actor) -> None:
    """What was told of a child, coordinators see."""
    if not actor.has("coordinator"):
        raise NotAllowed


def require_register(actor: Actor) -> None:
    """What the alliance knows of its blocks, coordinators enter."""
    if not actor.has("coordinator"):
        raise NotAllowed


def require(by: Standing | None, command: c.Command) -> Standing:
    """Raises NotFound for whom the case does not exist, NotAllowed where the step is another role's."""
    return require_may(by, type(command))


def require_may(by: Standing | None, kind: type[c.Command]) -> Standing:
    """The same before the command is made: nobody uploads a film to learn that they may not."""
    if by is None:
        raise NotFound
    if not may(by, kind):
        raise NotAllowed
    return by


def may(by: Standing, kind: type[c.Command]) -> bool:
    """Whether the step is theirs to ask."""
    return by.role in MAY[kind]


def possible(case: State, at: Circumstances) -> list[str]:
    """The commands this caller could ask now, by the words in their addresses."""
    return [c.NAMES[command] for command in possible_commands(case, at) if at.by.role in MAY[command]]


def waits_for(case: Case) -> frozenset[Role]:
    """The roles whose word the case waits for: it stands in their list of what needs them."""
    held = case.file.held or (case.file.group and case.file.group.held)
    roles: set[Role] = {"coordinator"} if held else set()
    roles |= _waits_after_leaving(case)
    match case:
        case AwaitingTriage() | AwaitingRoute():
            roles |= {"coordinator"}
            roles |= {"respondent"} if any(is_awaited(one) for one in case.file.added) else set()
        case AwaitingService(file) | AwaitingAnswer(file):
            roles |= {"respondent"} if file.respondents else {"coordinator"}
        case Surveyed(file, surveys):
            asked = [one.party_id for one in surveys if not one.is_answered]
            roles |= {side for one in asked if (side := file.side_of(one))}
            roles |= {"former"} if any(file.former_party(one) for one in asked) else set()
    return frozenset(roles)


def _waits_after_leaving(case: Case) -> set[Role]:
    """For the wish of who moved out, the answer of who came after, and whoever asks them where a side is empty."""
    file = case.file
    if isinstance(case, Closed | Surveyed):
        return set()
    waits: dict[Role, bool] = {
        "former": any(one.is_asked for one in file.former) and file.is_deserted("complainant"),
        "invited": bool(file.invited),
        "coordinator": file.is_deserted("complainant") or file.is_deserted("respondent"),
        "mediator": isinstance(case, Acting | Supervised) and file.is_deserted("respondent"),
    }
    return {role for role, is_so in waits.items() if is_so}


def sees_minor(by: Standing, file: CaseFile) -> bool:
    """Whether the mark of a child is shown. The other side is never told that a child complains."""
    if by.role in ("coordinator", "mediator"):
        return file.concerns_child
    return by.role == "complainant" and file.minor


def sees(by: Standing, field: Field, file: CaseFile) -> bool:
    """Whether a field of the case is shown."""
    former = file.former_party(by.party_id)
    lost = LOST_BY_JOINING if file.added_party(by.party_id) and by.role != "respondent" else frozenset()
    lost |= NOT_FOR_SUCCESSORS if file.came_after(by.party_id) else frozenset()
    if former is not None:
        return field in STILL_SEEN[former.side] - lost
    return field in fields_shown(by.role, concealed=file.is_concealed) - lost


def speaks_for_others(by: Standing, file: CaseFile) -> bool:
    """Whether they were named to speak for a group whose first complaint is another's."""
    return has_joined(by, file) and file.group is not None and by.party_id in file.group.leads


def has_joined(by: Standing, file: CaseFile) -> bool:
    """Whether they complain beside whoever complained first; for them the case begins with their joining."""
    return by.role == "complainant" and file.added_party(by.party_id) is not None


def identity_shown(by: Standing, file: CaseFile) -> Identity:
    """How the case was filed, as its reader is told: nobody who came later learns that it was told anonymously."""
    later = by.role == "joined" or has_joined(by, file)
    return "named" if later and file.identity == "anonymous" else file.identity


def sees_emergency(by: Standing, file: CaseFile) -> bool:
    """Whether the case was an emergency for them, too: the other side hears of none, nor who joined later."""
    told = by.role in STEPS[e.EmergencyConfirmed]
    return file.alarm is not None and told and not has_joined(by, file)


def fields_shown(role: Role, *, concealed: bool) -> frozenset[Field]:
    """The fields a role is shown of a case, whose complainant is concealed or not."""
    lost = LOST_BY_CONCEALMENT.get(role, frozenset()) if concealed else frozenset()
    return SEES.get(role, frozenset()) - lost


def name_shown(role: Role, identity: Identity) -> Literal["shown", "with_reason", "never"]:
    """Whether a role, not the complainant's own, is shown who complained."""
    if identity == "anonymous" or "parties" not in SEES.get(role, frozenset()):
        return "never"
    if identity == "named":
        return "shown"
    return "with_reason" if role == "coordinator" else "never"


def sees_member(
    by: Standing, member_id: UUID | None, side: Side, file: CaseFile, party_id: UUID | None
) -> bool:
    """Whether the member behind a party of that side is shown to the caller, who is `member_id`."""
    if not sees(by, "parties", file):
        return False
    own = by.role == "complainant" and (party_id == by.party_id or not has_joined(by, file))
    if side == "respondent" or own:
        return True
    match name_shown(by.role, file.party_identity):
        case "shown":
            return True
        case "with_reason":
            return member_id in file.revealed_to
        case "never":
            return False


def filed_on(by: Standing, file: CaseFile) -> tuple[date, bool]:
    """The day of filing, and whether it is only its half month's first day; of who joined, the day of that."""
    joined = file.added_party(by.party_id) if has_joined(by, file) else None
    day = joined.joined_on if joined and joined.joined_on else local_day(file.filed_at)
    if sees(by, "exact_times", file):
        return day, False
    return day.replace(day=1 if day.day < 16 else 16), True


def offered_day(file: CaseFile) -> tuple[date, bool]:
    """The day of filing as a stranger is told it who may join: of a hidden complainant the half month alone."""
    return filed_on(Standing("helper"), file) if file.is_concealed else (local_day(file.filed_at), False)


def sees_step(by: Standing, event: e.Event) -> bool:  # noqa: PLR0911 - one for each kind
    """Whether a step of the history is shown; a respondent's view begins with the acceptance."""
    if by.role not in STEPS[type(event)]:
        return False
    match event:
        case e.MessageSent() | e.MessageReleased():
            return sees_message(by, sender=event.sender, to=event.to, through=_is_through(event))
        case e.PartyAdded(side="complainant"):
            return by.role != "respondent"
        case e.SurveyRequested() | e.SurveyAnswered() | e.PartyLeft() | e.LeavingSpoken() | e.PartyInvited():
            return by.role in OTHERS_STEPS[type(event)] or by.party_id == event.party_id
        case e.TakedownAsked() | e.TakenDown():
            return by.role not in _PARTIES or by.role == event.side
        case e.EvidenceAdded() | e.ReadingRecorded() | e.EvidenceSealed() | e.EvidenceErased():
            return is_own_or_staff(by, event.party_id)
        case _:
            return True


def sees_answer(by: Standing, shared_with: SharedWith) -> bool:
    """Whether a neighbour's private answer is the reader's to read: who asked, or with whom it was shared too."""
    return by.role == "coordinator" or (by.role == "mediator" and shared_with == "mediator")


def sees_who_answered(by: Standing) -> bool:
    """Whether the reader is told from which home and from whom an answer came."""
    return by.role == "coordinator"


def sees_message(by: Standing, *, sender: Role, to: Role, through: bool) -> bool:
    """Whether somebody may read a message: who wrote it, the coordinator, and its reader once it is through."""
    match by.role:
        case "coordinator":
            return True
        case "mediator":
            return sender == "mediator" or (through and sender in _PARTIES and to in _PARTIES)
        case "complainant" | "respondent":
            return by.role == sender or (through and by.role == to)
        case _:
            return False


def _is_through(event: e.MessageSent | e.MessageReleased) -> bool:
    return isinstance(event, e.MessageReleased) or not event.held


def author(actor: Actor, by: Standing, alliance_id: UUID, case: Case) -> Actor:
    """Who the journal says did it: a party by its id within the case, an officer by member id.

    Of an anonymous filing nobody is written down.
    """
    if case.file.identity == "anonymous" and by.role in ("complainant", "helper"):
        return Actor(None, alliance_id, role=by.role)
    return Actor(by.party_id or actor.member_id, alliance_id, role=by.role)
