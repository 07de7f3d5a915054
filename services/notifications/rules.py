"""Who is told what at which event: the one table, and its reading. Pure.

`python -m services.notifications.rules` prints the table as README.md has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from shared.contracts import complaints as c
from shared.contracts import mediation as m
from shared.contracts.envelope import Contract


class Audience(StrEnum):
    """Who may be told, as it can be read off an event and the alliance's roles; audiences.py does so."""

    COMPLAINANTS = "complainants"
    RESPONDENTS = "respondents"
    TOLD_RESPONDENTS = "respondents who know of the case"
    PARTIES = "parties"
    ADDRESSEES = "those written to"
    AWAITED = "those whose step it is"
    SURVEYED = "the one surveyed"
    OWNER = "who owes the commitment"
    OTHER_SIDE = "the side it is owed to"
    MEDIATOR = "mediator"
    PROPOSED = "mediator asked"
    REMOVED = "mediator taken off"
    DECLINED = "mediator declined"
    FOLLOWER = "mediator, else coordinators"
    COORDINATORS = "coordinators"
    CAPTAINS = "captains of the building"
    GUESTS = "guests at the session"


COMPLAINANTS, RESPONDENTS, TOLD = Audience.COMPLAINANTS, Audience.RESPONDENTS, Audience.TOLD_RESPONDENTS
PARTIES, ADDRESSEES, SURVEYED = Audience.PARTIES, Audience.ADDRESSEES, Audience.SURVEYED
OWNER, OTHER_SIDE = Audience.OWNER, Audience.OTHER_SIDE
MEDIATOR, PROPOSED, FOLLOWER = Audience.MEDIATOR, Audience.PROPOSED, Audience.FOLLOWER
REMOVED, DECLINED = Audience.REMOVED, Audience.DECLINED
COORDINATORS, CAPTAINS = Audience.COORDINATORS, Audience.CAPTAINS
AWAITED, GUESTS = Audience.AWAITED, Audience.GUESTS

When = Mapping[str, tuple[object, ...]]
"""Values of the event's fields for which a line holds; all of them for an empty one."""


@dataclass(frozen=True)
class Line:
    """At `event` the `audience` gets the notice `kind`, which names `dates` where the event has them.

    Where several lines name the same person, the first is theirs: one notice for one event.
    """

    event: type[Contract]
    audience: Audience
    kind: str
    dates: tuple[str, ...] = ()
    when: When = field(default_factory=dict)


@dataclass(frozen=True)
class Silence:
    """At `event` nobody is told, and why."""

    event: type[Contract]
    why: str
    when: When = field(default_factory=dict)


EMERGENCY, ORDINARY = {"emergency": (True,)}, {"emergency": (False,)}
WRITTEN_DOWN, OVER_BEFORE = {"spoken": (False,)}, {"emergency": (False,), "spoken": (True,)}
USUAL = ORDINARY | WRITTEN_DOWN
SPOKE = {"kind": ("agree", "propose", "dispute", "counter_claim", "add_party")}
SILENT = {"kind": ("silent",)}
DIRECT, TOPIC, MEDIATION = {"path": ("direct",)}, {"path": ("topic",)}, {"path": ("mediation",)}
ENDED = {"outcome": ("solved", "unsolved", "ended_without_agreement")}
TOLD_BEFORE = {"outcome": ("declined", "withdrawn")}
LEFT, REPLACED, UNWANTED = {"replaced": (False,)}, {"replaced": (True,)}, {"declined": (True,)}
NEW, MOVED = {"moved": (False,)}, {"moved": (True,)}
WRITTEN, ORAL = {"form": ("written",)}, {"form": ("oral",)}
UNPROVEN, PROVEN = {"proven": (False,)}, {"proven": (True,)}
WISHED, UNWISHED = {"wishes_referral": (True,)}, {"wishes_referral": (False,)}
VISITED_FIRST, ASKED_AT_ONCE = {"to_be_visited": (True,)}, {"to_be_visited": (False,)}
RESPONDING = {"side": ("respondent",)}
VOLUNTARY = {"settlement_of": ("neither",)}
OWED_BY_RESPONDENT, OWED_BY_COMPLAINANT = (
    {"settlement_of": ("respondent",)},
    {"settlement_of": ("complainant",)},
)
SETTLED = {"settlement_of": ("respondent", "complainant")}
CONSENT, SLOTS, GUEST = {"word": ("consent",)}, {"word": ("slots",)}, {"word": ("guest",)}
CHOICE, SIGNATURE, OPT_IN = {"word": ("choice",)}, {"word": ("signature",)}, {"word": ("opt_in",)}
ANSWER, CONFIRMATION = {"word": ("answer",)}, {"word": ("confirmation",)}

HOURS = ("starts_at", "ends_at")
SESSION = (*HOURS, "room")

# fmt: off
LINES = (
    #    event                   who           notice                   naming             only when
    Line(c.CaseFiled,            COMPLAINANTS, "case_received",         ("due",),          WRITTEN_DOWN),
    Line(c.CaseFiled,            COORDINATORS, "emergency_to_check",    (),                EMERGENCY),
    Line(c.CaseFiled,            CAPTAINS,     "emergency_to_check",    (),                EMERGENCY),
    Line(c.CaseFiled,            COORDINATORS, "case_to_check",         ("due",),          USUAL),
    Line(c.MinorNoticed,         COORDINATORS, "emergency_to_check",    (),                EMERGENCY),
    Line(c.MinorNoticed,         COORDINATORS, "minor_to_protect",      (),                ORDINARY),
    Line(c.InquiryAsked,         ADDRESSEES,   "inquiry_asked"),
    Line(c.InquiryAnswered,      COORDINATORS, "inquiry_answered"),
    Line(c.EmergencyUnanswered,  COORDINATORS, "emergency_unanswered"),
    Line(c.EmergencyUnanswered,  CAPTAINS,     "emergency_unanswered"),
    Line(c.EmergencyConfirmed,   COMPLAINANTS, "emergency_confirmed"),
    Line(c.EmergencyLifted,      COMPLAINANTS, "emergency_lifted"),
    Line(c.CategoryCorrected,    COORDINATORS, "emergency_to_check",    (),                EMERGENCY),
    Line(c.CategoryCorrected,    CAPTAINS,     "emergency_to_check",    (),                EMERGENCY),
    Line(c.CategoryCorrected,    COMPLAINANTS, "category_corrected",    ("due",)),
    Line(c.CaseAccepted,         COMPLAINANTS, "case_taken_on",         ("mediation_until",)),
    Line(c.CaseAccepted,         RESPONDENTS,  "case_accepted",         ("mediation_until",)),
    Line(c.CaseDeclined,         COMPLAINANTS, "case_declined"),
    Line(c.CaseSeparated,        COMPLAINANTS, "case_separated",        ("due",)),
    Line(c.CaseGivenBack,        COMPLAINANTS, "case_given_back",       ("mediation_until",)),
    Line(c.CaseGivenBack,        COORDINATORS, "given_back_to_route",   ("mediation_until",)),
    Line(c.CaseSeparated,        COORDINATORS, "case_to_check",         ("due",)),
    Line(c.NoticeServed,         RESPONDENTS,  "answer_awaited",        ("answer_until",)),
    Line(c.NoticeServed,         COMPLAINANTS, "respondent_served",     ("answer_until",)),
    Line(c.CaseAnswered,         COMPLAINANTS, "case_answered",         (),                SPOKE),
    Line(c.CaseAnswered,         COORDINATORS, "answer_to_route",       (),                SPOKE),
    Line(c.CaseAnswered,         COMPLAINANTS, "respondent_silent",     (),                SILENT),
    Line(c.CaseAnswered,         RESPONDENTS,  "answer_missed",         (),                SILENT),
    Line(c.CaseAnswered,         COORDINATORS, "silence_to_route",      (),                SILENT),
    Line(c.PartyAdded,           ADDRESSEES,   "party_added",           (),                {"succeeds": (False,)}),
    Line(c.PartyAdded,           ADDRESSEES,   "successor_joined",      (),                {"succeeds": (True,)}),
    Line(c.LeadsNamed,           ADDRESSEES,   "lead_named"),
    Line(c.LeadStoodDown,        COORDINATORS, "lead_stood_down"),
    Line(c.GroupNews,            ADDRESSEES,   "group_news",            ("until",)),
    Line(c.PartyAdded,           COMPLAINANTS, "party_joined",          (),                RESPONDING),
    Line(c.PartyAdded,           TOLD,         "party_joined",          (),                RESPONDING),
    Line(c.PartyLeft,            ADDRESSEES,   "leaving_to_settle"),
    Line(c.PartyLeft,            COORDINATORS, "party_left"),
    Line(c.LeavingSpoken,        COORDINATORS, "leaving_settled"),
    Line(c.PartyInvited,         ADDRESSEES,   "invited_to_join"),
    Line(c.InvitationAnswered,   COORDINATORS, "invitation_answered"),
    Line(c.PartyServed,          ADDRESSEES,   "answer_awaited",        ("answer_until",)),
    Line(c.PartyAnswered,        COMPLAINANTS, "case_answered"),
    Line(c.PartyAnswered,        COORDINATORS, "answer_to_route"),
    Line(c.MediationDeclined,    COMPLAINANTS, "mediation_refused"),
    Line(c.MediationDeclined,    TOLD,         "refusal_noted"),
    Line(c.MediationDeclined,    COORDINATORS, "mediation_ended"),
    Line(c.CaseRouted,           COMPLAINANTS, "settle_directly",       (),                DIRECT),
    Line(c.CaseRouted,           TOLD,         "settle_directly",       (),                DIRECT),
    Line(c.CaseRouted,           COMPLAINANTS, "case_to_topic",         (),                TOPIC),
    Line(c.CaseRouted,           TOLD,         "case_to_topic",         (),                TOPIC),
    Line(c.CaseReferred,         COMPLAINANTS, "case_referred",         ("reply_until",)),
    Line(c.CaseReferred,         AWAITED,      "referral_handed",       ("reply_until",)),
    Line(c.ReferralReceived,     COORDINATORS, "referral_received"),
    Line(c.ReferralChased,       AWAITED,      "referral_chased",       ("reply_until",)),
    Line(c.CaseReturned,         COMPLAINANTS, "case_returned"),
    Line(c.CaseReturned,         COORDINATORS, "case_returned"),
    Line(c.MessageSent,          ADDRESSEES,   "message_waiting"),
    Line(c.EvidenceAdded,        COORDINATORS, "evidence_to_look_at"),
    Line(c.EvidenceReleased,     ADDRESSEES,   "evidence_shared"),
    Line(c.SettlementToAnswer,   ADDRESSEES,   "settlement_to_answer"),
    Line(c.CaseWithdrawn,        COMPLAINANTS, "case_withdrawn"),
    Line(c.CaseWithdrawn,        TOLD,         "case_withdrawn"),
    Line(c.CaseWithdrawn,        COORDINATORS, "case_withdrawn"),
    Line(c.CaseConcluded,        PARTIES,      "settled_to_visit",      ("due",),          VISITED_FIRST),
    Line(c.SurveyRequested,      SURVEYED,     "survey_asked",          ("closes_on",)),
    Line(c.SurveyAwaited,        SURVEYED,     "survey_reminder",       ("closes_on",)),
    Line(c.CaseClosed,           COMPLAINANTS, "case_closed",           ("reopen_until",), ENDED),
    Line(c.CaseClosed,           TOLD,         "case_closed",           ("reopen_until",), ENDED),
    Line(c.TakedownAsked,        ADDRESSEES,   "takedown_asked"),
    Line(c.TakenDown,            COORDINATORS, "taken_down"),
    Line(c.CaseReopened,         COMPLAINANTS, "case_reopened"),
    Line(c.CaseReopened,         TOLD,         "case_reopened"),
    Line(c.CaseReopened,         COORDINATORS, "reopened_to_check"),
    Line(c.PledgeOffered,        COMPLAINANTS, "pledge_offered",        ("due_on",)),
    Line(c.PledgeOffered,        COORDINATORS, "pledge_noted",          ("due_on",)),
    Line(c.PledgeAnswered,       ADDRESSEES,   "pledge_wanted",         ("due_on",),       {"wanted": (True,)}),
    Line(c.PledgeAnswered,       ADDRESSEES,   "pledge_unwanted",       (),                {"wanted": (False,)}),
    Line(c.PledgeAnswered,       COORDINATORS, "pledge_answer_to_bring", ("due_on",),      {"to_be_brought": (True,)}),
    Line(c.PledgeProven,         COMPLAINANTS, "pledge_to_confirm",     ("confirm_until",), VOLUNTARY),
    Line(c.PledgeConfirmed,      ADDRESSEES,   "pledge_confirmed",      (),                VOLUNTARY),
    Line(c.PledgeDisputed,       ADDRESSEES,   "pledge_disputed",       (),                VOLUNTARY),
    Line(c.PledgeDisputed,       COORDINATORS, "pledge_to_look_at",     (),                VOLUNTARY),
    Line(c.PledgeMissed,         ADDRESSEES,   "pledge_day_passed",     ("due_on",),       VOLUNTARY),
    Line(c.PledgeMissed,         COMPLAINANTS, "pledge_missed",         ("due_on",),       VOLUNTARY),
    Line(c.PledgeMissed,         COORDINATORS, "pledge_missed",         ("due_on",),       VOLUNTARY),
    Line(c.SettlementReached,    PARTIES,      "settlement_reached"),
    Line(c.PledgeProven,         COMPLAINANTS, "settled_to_confirm",    ("confirm_until",), OWED_BY_RESPONDENT),
    Line(c.PledgeProven,         RESPONDENTS,  "settled_to_confirm",    ("confirm_until",), OWED_BY_COMPLAINANT),
    Line(c.PledgeConfirmed,      ADDRESSEES,   "settled_confirmed",     (),                SETTLED),
    Line(c.PledgeDisputed,       ADDRESSEES,   "settled_disputed",      (),                SETTLED),
    Line(c.PledgeDisputed,       COORDINATORS, "settled_to_look_at",    (),                SETTLED),
    Line(c.PledgeMissed,         ADDRESSEES,   "settled_day_passed",    ("due_on",),       SETTLED),
    Line(c.PledgeMissed,         COMPLAINANTS, "settled_missed",        ("due_on",),       OWED_BY_RESPONDENT),
    Line(c.PledgeMissed,         RESPONDENTS,  "settled_missed",        ("due_on",),       OWED_BY_COMPLAINANT),
    Line(c.PledgeMissed,         COORDINATORS, "settled_missed_to_look_at", ("due_on",),   SETTLED),
    Line(c.ServiceOffered,       ADDRESSEES,   "service_offered"),
    Line(c.ServiceTaken,         COORDINATORS, "service_taken"),
    Line(c.ClockMissed,          COORDINATORS, "clock_missed",          ("stage",)),
    Line(c.ReturnVisitDue,       AWAITED,      "return_visit_due",      ("due_on",)),
    Line(c.ReturnVisited,        COMPLAINANTS, "visit_not_lasting",     (),                {"lasting": (False,)}),
    Line(c.ReturnVisited,        COORDINATORS, "visit_not_lasting",     (),                {"lasting": (False,)}),
    Line(c.ExtensionAsked,       PARTIES,      "extension_asked",       ("until",)),
    Line(c.ExtensionAwaited,     ADDRESSEES,   "extension_reminder",    ("until",)),
    Line(c.ExtensionDeclined,    PARTIES,      "extension_declined"),
    Line(c.ExtensionDeclined,    COORDINATORS, "extension_declined"),
    Line(c.MonthExtended,        PARTIES,      "month_extended",        ("mediation_until",)),
    Line(c.MonthExtended,        COORDINATORS, "month_extended",        ("mediation_until",)),
    Line(c.WordAwaited,          ADDRESSEES,   "answer_reminder",       ("until",),        ANSWER),
    Line(c.WordAwaited,          ADDRESSEES,   "confirmation_reminder", ("until",),        CONFIRMATION),
    Line(c.ClockWarned,          AWAITED,      "clock_warned",          ("until",)),
    Line(c.CaseEscalated,        AWAITED,      "case_escalated",        ("stage",)),
    Line(m.MediationOpened,      PARTIES,      "consent_asked",         ("consent_until",)),
    Line(m.ConsentCompleted,     COORDINATORS, "mediator_to_name"),
    Line(m.MediationRefused,     PARTIES,      "mediation_refused"),
    Line(m.MediationRefused,     COORDINATORS, "mediation_ended"),
    Line(m.MediatorProposed,     PROPOSED,     "mediation_offered"),
    Line(m.MediatorProposed,     PARTIES,      "mediator_suggested"),
    Line(m.MediatorTook,         PARTIES,      "mediator_found"),
    Line(m.MediatorTook,         COORDINATORS, "mediator_found"),
    Line(m.MediatorPassed,       COORDINATORS, "mediator_passed",       (),                LEFT),
    Line(m.MediatorPassed,       COORDINATORS, "mediator_replaced",     (),                REPLACED),
    Line(m.MediatorPassed,       DECLINED,     "mediator_not_chosen",   (),                UNWANTED),
    Line(m.MediatorRemoved,      PARTIES,      "mediator_removed"),
    Line(m.MediatorRemoved,      COORDINATORS, "mediator_to_look_into"),
    Line(m.MediatorRemoved,      REMOVED,      "mediator_dismissed"),
    Line(m.SlotsProposed,        PARTIES,      "slots_to_answer",       ("answer_until",)),
    Line(m.SlotsProposed,        GUESTS,       "guest_slots",           ("answer_until",)),
    Line(m.NoTimeFound,          FOLLOWER,     "no_time_found"),
    Line(m.SessionScheduled,     PARTIES,      "session_scheduled",     SESSION,           NEW),
    Line(m.SessionScheduled,     MEDIATOR,     "session_scheduled",     SESSION,           NEW),
    Line(m.SessionScheduled,     GUESTS,       "guest_session",         SESSION,           NEW),
    Line(m.SessionScheduled,     PARTIES,      "session_moved",         SESSION,           MOVED),
    Line(m.SessionScheduled,     MEDIATOR,     "session_moved",         SESSION,           MOVED),
    Line(m.SessionScheduled,     GUESTS,       "guest_moved",           SESSION,           MOVED),
    Line(m.SessionNear,          ADDRESSEES,   "session_near",          SESSION),
    Line(m.SessionNear,          MEDIATOR,     "session_near",          SESSION),
    Line(m.SessionNear,          GUESTS,       "guest_near",            SESSION),
    Line(m.SessionRoomClosed,    MEDIATOR,     "session_room_closed",   SESSION),
    Line(m.SessionRoomClosed,    ADDRESSEES,   "session_room_closed",   SESSION),
    Line(m.SessionCancelled,     PARTIES,      "session_cancelled",     HOURS),
    Line(m.SessionCancelled,     MEDIATOR,     "session_cancelled",     HOURS),
    Line(m.SessionCancelled,     GUESTS,       "guest_cancelled",       HOURS),
    Line(m.OpennessChanged,      PARTIES,      "session_open",          (),                {"open": (True,)}),
    Line(m.OpennessChanged,      MEDIATOR,     "session_open",          (),                {"open": (True,)}),
    Line(m.OpennessChanged,      GUESTS,       "guest_open",            (),                {"open": (True,)}),
    Line(m.OpennessChanged,      PARTIES,      "session_closed",        (),                {"open": (False,)}),
    Line(m.OpennessChanged,      MEDIATOR,     "session_closed",        (),                {"open": (False,)}),
    Line(m.OpennessChanged,      GUESTS,       "guest_closed",          (),                {"open": (False,)}),
    Line(m.GuestProposed,        ADDRESSEES,   "guest_to_agree"),
    Line(m.GuestInvited,         GUESTS,       "guest_invited"),
    Line(m.InvitationEnded,      PARTIES,      "invitation_ended",      (),                {"withdrawn": (False,)}),
    Line(m.InvitationEnded,      MEDIATOR,     "invitation_ended",      (),                {"withdrawn": (False,)}),
    Line(m.InvitationEnded,      PARTIES,      "invitation_withdrawn",  (),                {"withdrawn": (True,)}),
    Line(m.InvitationEnded,      MEDIATOR,     "invitation_withdrawn",  (),                {"withdrawn": (True,)}),
    Line(m.GuestAnswered,        MEDIATOR,     "guest_comes",           (),                {"comes": (True,)}),
    Line(m.GuestAnswered,        MEDIATOR,     "guest_stays_away",      (),                {"comes": (False,)}),
    Line(m.GuestBooked,          GUESTS,       "guest_session",         SESSION),
    Line(m.GuestReleased,        GUESTS,       "guest_released",        HOURS),
    Line(m.SessionMissed,        ADDRESSEES,   "session_missed_own",    (),                {"own": (True,)}),
    Line(m.SessionMissed,        ADDRESSEES,   "session_missed",        (),                {"own": (False,)}),
    Line(m.AbsenceExcused,       ADDRESSEES,   "absence_excused",       (),                {"asks_again": (False,)}),
    Line(m.AbsenceExcused,       ADDRESSEES,   "choice_asked_again",    (),                {"asks_again": (True,)}),
    Line(m.DefaultPathOpened,    ADDRESSEES,   "default_path_open",     ("choose_until",)),
    Line(m.DefaultPathChosen,    MEDIATOR,     "default_chosen"),
    Line(m.DefaultPathChosen,    COORDINATORS, "default_chosen"),
    Line(m.AgreementDrafted,     PARTIES,      "agreement_to_sign",     (),                WRITTEN),
    Line(m.AgreementDrafted,     PARTIES,      "agreement_recorded",    (),                ORAL),
    Line(m.OralAgreementOpened,  RESPONDENTS,  "oral_to_check",         ("dispute_until",)),
    Line(m.OralAgreementOpened,  MEDIATOR,     "oral_to_record"),
    Line(m.OralAgreementOpened,  COORDINATORS, "oral_entered"),
    Line(m.WordingDisputed,      MEDIATOR,     "wording_disputed"),
    Line(m.WordingDisputed,      COORDINATORS, "wording_disputed"),
    Line(m.WordingRecorded,      PARTIES,      "wording_recorded"),
    Line(m.AgreementSigned,      MEDIATOR,     "agreement_signed"),
    Line(m.AgreementSigned,      COORDINATORS, "agreement_signed"),
    Line(m.AgreementEffective,   PARTIES,      "agreement_effective",   ("effective_on", "judicial_until")),
    Line(m.AgreementEffective,   MEDIATOR,     "agreement_in_force",    ("effective_on",)),
    Line(m.AgreementEffective,   COORDINATORS, "agreement_in_force",    ("effective_on",)),
    Line(m.CommitmentProven,     OTHER_SIDE,   "commitment_to_confirm", ("confirm_until",)),
    Line(m.CommitmentConfirmed,  OWNER,        "commitment_confirmed"),
    Line(m.CommitmentDisputed,   OWNER,        "commitment_disputed"),
    Line(m.CommitmentDisputed,   FOLLOWER,     "dispute_to_settle"),
    Line(m.CommitmentSoonDue,    OWNER,        "commitment_soon_due",   ("due_on",)),
    Line(m.WordAwaited,          ADDRESSEES,   "consent_reminder",      ("until",),        CONSENT),
    Line(m.WordAwaited,          ADDRESSEES,   "slots_reminder",        ("until",),        SLOTS),
    Line(m.WordAwaited,          ADDRESSEES,   "guest_reminder",        (),                GUEST),
    Line(m.WordAwaited,          ADDRESSEES,   "choice_reminder",       ("until",),        CHOICE),
    Line(m.WordAwaited,          ADDRESSEES,   "signature_reminder",    (),                SIGNATURE),
    Line(m.WordAwaited,          ADDRESSEES,   "opt_in_reminder",       ("until",),        OPT_IN),
    Line(m.WordAwaited,          ADDRESSEES,   "confirmation_reminder", ("until",),        CONFIRMATION),
    Line(m.CommitmentDue,        OWNER,        "commitment_overdue",    ("due_on",),       UNPROVEN),
    Line(m.CommitmentDue,        OTHER_SIDE,   "commitment_late",       ("due_on",),       UNPROVEN),
    Line(m.CommitmentDue,        FOLLOWER,     "commitment_missed",     ("due_on",),       UNPROVEN),
    Line(m.CommitmentDue,        OTHER_SIDE,   "confirmation_overdue",  ("due_on",),       PROVEN),
    Line(m.CommitmentDue,        OWNER,        "confirmation_awaited",  ("due_on",),       PROVEN),
    Line(m.CommitmentGranted,    OWNER,        "commitment_granted",    ("until",)),
    Line(m.CommitmentWaived,     OWNER,        "commitment_waived"),
    Line(m.CommitmentImpossible, PARTIES,      "commitment_impossible"),
    Line(m.PerformanceDeclined,  OTHER_SIDE,   "performance_declined"),
    Line(m.PerformanceDeclined,  FOLLOWER,     "declined_to_follow"),
    Line(m.DebtorLeft,           OTHER_SIDE,   "debtor_left"),
    Line(m.DebtorLeft,           FOLLOWER,     "debtor_to_follow"),
    Line(m.ReleaseAsked,         ADDRESSEES,   "release_asked"),
    Line(m.AgreementEnded,       PARTIES,      "agreement_released"),
    Line(m.AgreementEnded,       FOLLOWER,     "agreement_released"),
    Line(m.PartiesGone,          PARTIES,      "parties_gone"),
    Line(m.PartiesGone,          FOLLOWER,     "parties_gone"),
    Line(m.AmendmentProposed,    PARTIES,      "amendment_to_sign"),
    Line(m.AmendmentDeclined,    PARTIES,      "amendment_declined"),
    Line(m.AmendmentDeclined,    MEDIATOR,     "amendment_declined"),
    Line(m.AgreementAmended,     PARTIES,      "agreement_amended",     ("effective_on", "judicial_until")),
    Line(m.AgreementAmended,     MEDIATOR,     "agreement_in_force",    ("effective_on",)),
    Line(m.AgreementAmended,     COORDINATORS, "agreement_in_force",    ("effective_on",)),
    Line(m.CourtAwaited,         ADDRESSEES,   "court_reminder",        ("until",)),
    Line(m.CourtRequested,       PARTIES,      "court_requested"),
    Line(m.CourtRequested,       COORDINATORS, "court_request_to_send"),
    Line(m.CourtDecided,         PARTIES,      "court_decided"),
    Line(m.CourtDecided,         COORDINATORS, "court_decided"),
    Line(m.HandedToCourt,        PARTIES,      "handed_to_court"),
    Line(m.HandedToCourt,        FOLLOWER,     "handed_to_court"),
    Line(m.CommitmentsPerformed, MEDIATOR,     "all_performed"),
    Line(m.CommitmentsPerformed, COORDINATORS, "all_performed"),
    Line(m.MediationFailed,      PARTIES,      "mediation_failed"),
    Line(m.MediationFailed,      COORDINATORS, "referral_wished",       (),                WISHED),
    Line(m.MediationFailed,      COORDINATORS, "mediation_ended",       (),                UNWISHED),
)

SILENCES = (
    Silence(c.CaseFiled,       "all was agreed before it was entered; OralAgreementOpened tells of it", OVER_BEFORE),
    Silence(c.OralAgreementStated, "OralAgreementOpened tells the same people at the same moment"),
    Silence(c.InquiryOver,     "who was asked sees it where the question stands; what still waits is kept back"),
    Silence(c.CaseJoined,      "MessageSent tells it, or the receipt of whoever wished it"),
    Silence(c.CaseRouted,      "MediationOpened asks the same people at the same moment", MEDIATION),
    Silence(c.CaseClosed,      "CaseDeclined or CaseWithdrawn has told it", TOLD_BEFORE),
    Silence(c.CaseConcluded,    "SurveyRequested or CaseClosed tells the same people then and there", ASKED_AT_ONCE),
    Silence(c.ReturnVisited,    "it lasts, and whoever was visited knows", {"lasting": (True,)}),
    Silence(c.SpeakersDrawn,    "GroupNews tells it, and GuestInvited whom it concerns"),
    Silence(c.OccurrenceLogged, "a note in the case; a mail for every loud night would be noise itself"),
    Silence(c.SurveyAnswered,  "what one side said is counted, not passed on"),
    Silence(c.WordSettled,     "whoever said it knows; it keeps back what still asks for it (`reminding.py`)"),
    Silence(m.WordSettled,     "whoever said it knows; it keeps back what still asks for it (`reminding.py`)"),
    Silence(m.PartyConsented,  "who said yes first must not press the other; ConsentCompleted tells"),
    Silence(m.MinutesReleased, "GroupNews tells those who may read them now, once a day"),
    Silence(m.SessionHeld,     "all who would be told were in the room"),
)
# fmt: on

KINDS = tuple(dict.fromkeys(line.kind for line in LINES))
DATES = {line.kind: line.dates for line in LINES}
"""What each kind of notice names; the same on every line of a kind (a test sees to it)."""

ON_THE_DESK = frozenset(line.kind for line in LINES if line.audience in (Audience.PROPOSED, Audience.GUESTS))
"""What goes to somebody who has no page of the case: they answer where their sessions are listed."""

EVENTS = tuple(dict.fromkeys(line.event for line in LINES))


def lines_for(event: Contract) -> list[Line]:
    """The lines that hold for this very event, in the order of the table."""
    return [line for line in LINES if type(event) is line.event and _holds(line.when, event)]


def _holds(when: When, event: Contract) -> bool:
    return all(getattr(event, name) in values for name, values in when.items())


def as_markdown() -> str:
    """The table for people."""
    return "\n".join(_rows()) + "\n"


def _rows() -> Iterator[str]:
    yield "| service | event | only when | who is told | notice | naming |"
    yield "|---|---|---|---|---|---|"
    for line in LINES:
        naming = ", ".join(f"`{name}`" for name in line.dates)
        yield _row(*_event(line.event), _condition(line.when), line.audience, f"`{line.kind}`", naming)
    for silence in SILENCES:
        yield _row(*_event(silence.event), _condition(silence.when), "nobody", "–", silence.why)


def _event(event: type[Contract]) -> tuple[str, str]:
    return event.__module__.rpartition(".")[2], event.__name__


def _condition(when: When) -> str:
    return ", ".join(f"`{name}` {_values(values)}" for name, values in when.items())


def _values(values: Iterable[Any]) -> str:
    return " / ".join({True: "yes", False: "no"}.get(value, str(value)) for value in values)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    print(as_markdown(), end="")
