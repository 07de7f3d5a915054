"""How people want to be told: what they may have less of by mail, and what they may not. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

OptionalGroup = Literal["my_turn", "progress", "messages", "desk"]
Group = Literal["required", "my_turn", "progress", "messages", "desk"]
Rhythm = Literal["at_once", "daily", "never"]
Beside = Literal["at_once", "never"]
"""Whether word comes on the telephone too."""

OPTIONAL: tuple[OptionalGroup, ...] = get_args(OptionalGroup)

GROUPS: Mapping[Group, tuple[str, ...]] = {
    "required": (
        *("emergency_to_check", "emergency_unanswered", "emergency_confirmed", "emergency_lifted"),
        *("minor_to_protect", "case_accepted", "party_added", "answer_awaited", "case_declined"),
        *("consent_asked", "session_scheduled", "session_moved", "session_cancelled"),
        *("guest_session", "guest_moved", "guest_cancelled", "guest_released"),
        *("choice_asked_again", "default_path_open", "mediation_failed"),
        *("agreement_to_sign", "agreement_recorded", "agreement_effective"),
        *("consent_entered", "signature_entered"),
        *("oral_to_check", "wording_recorded", "takedown_asked"),
        *("amendment_to_sign", "agreement_amended", "commitment_impossible"),
        *("court_requested", "court_decided", "handed_to_court", "group_news", "lead_named"),
        *("case_given_back",),
    ),
    "my_turn": (
        *("slots_to_answer", "mediator_suggested", "extension_asked", "survey_asked", "inquiry_asked"),
        *(
            "guest_to_agree",
            "guest_invited",
            "guest_slots",
            "leaving_to_settle",
            "invited_to_join",
            "release_asked",
        ),
        *("commitment_to_confirm", "commitment_disputed", "commitment_overdue", "confirmation_overdue"),
        *("pledge_offered", "pledge_to_confirm", "pledge_disputed", "settlement_to_answer"),
        *("settled_to_confirm", "settled_disputed", "settled_day_passed"),
        *("commitment_soon_due", "session_near", "guest_near", "session_room_closed"),
        *("consent_reminder", "slots_reminder", "guest_reminder", "choice_reminder", "signature_reminder"),
        *(
            "opt_in_reminder",
            "confirmation_reminder",
            "court_reminder",
            "extension_reminder",
            "survey_reminder",
            "answer_reminder",
        ),
    ),
    "progress": (
        *(
            "case_received",
            "category_corrected",
            "case_taken_on",
            "case_separated",
            "case_to_topic",
            "settle_directly",
        ),
        *("case_referred", "case_returned", "case_withdrawn", "case_closed", "case_reopened"),
        *("respondent_served", "case_answered", "respondent_silent", "answer_missed", "party_joined"),
        *("settled_to_visit", "visit_not_lasting", "extension_declined", "month_extended"),
        *("mediation_refused", "refusal_noted", "mediator_found", "mediator_removed", "invitation_ended"),
        *("invitation_withdrawn", "session_open", "session_closed", "guest_open", "guest_closed"),
        *("session_missed", "session_missed_own", "absence_excused"),
        *("commitment_confirmed", "commitment_late", "confirmation_awaited", "commitment_granted"),
        *("commitment_waived", "performance_declined", "amendment_declined", "successor_joined"),
        *("debtor_left", "agreement_released", "parties_gone"),
        *("pledge_wanted", "pledge_unwanted", "pledge_confirmed", "pledge_day_passed", "pledge_missed"),
        *("settlement_reached", "settled_confirmed", "settled_missed"),
        "service_offered",
    ),
    "messages": ("message_waiting", "evidence_shared"),
    "desk": (
        *("case_to_check", "given_back_to_route"),
        *("answer_to_route", "silence_to_route", "evidence_to_look_at", "inquiry_answered"),
        *("reopened_to_check", "referral_handed", "referral_received", "referral_chased", "referral_wished"),
        *("clock_missed", "clock_warned", "case_escalated", "return_visit_due"),
        *("mediator_to_name", "mediator_passed", "mediator_replaced", "mediator_to_look_into"),
        *("mediation_offered", "mediator_not_chosen", "mediator_dismissed", "mediation_ended"),
        *("no_time_found", "default_chosen", "agreement_signed", "agreement_in_force"),
        *("commitment_missed", "dispute_to_settle", "declined_to_follow", "court_request_to_send"),
        *("all_performed", "guest_comes", "guest_stays_away", "oral_to_record", "oral_entered"),
        *("party_left", "leaving_settled", "invitation_answered", "wording_disputed", "debtor_to_follow"),
        *("taken_down", "pledge_noted", "pledge_answer_to_bring", "pledge_to_look_at", "lead_stood_down"),
        *("settled_to_look_at", "settled_missed_to_look_at"),
        "service_taken",
    ),
}
"""Every kind of notice, by what it is to its reader.

Required is what starts or ends a time that runs against somebody, what they agree to or are asked to agree to,
when they have to be where, and danger: nobody can say later that they had switched it off. A test sees to it that
each kind is in one group.
"""

_GROUP_OF: Mapping[str, Group] = {kind: group for group, kinds in GROUPS.items() for kind in kinds}


@dataclass(frozen=True)
class Wishes:
    """What somebody chose; `mail` switched off is `never` for all that may be. A device asked for word on itself."""

    mail: bool = True
    mails: Mapping[OptionalGroup, Rhythm] = field(default_factory=dict)
    pushes: Mapping[OptionalGroup, Beside] = field(default_factory=dict)
    has_device: bool = False


def group_of(kind: str) -> Group:
    """What a notice of that kind is to its reader."""
    return _GROUP_OF[kind]


def optional_group(kind: str) -> OptionalGroup | None:
    """The group whose mails a reader of `kind` may switch off; None for what is required."""
    group = group_of(kind)
    return None if group == "required" else group


def rhythm_of(kind: str, wishes: Wishes) -> Rhythm:
    """Whether and when a notice of that kind goes by mail too."""
    group = optional_group(kind)
    if group is None:
        return "at_once"
    return wishes.mails.get(group, "at_once") if wishes.mail else "never"


def is_pushed(kind: str, wishes: Wishes) -> bool:
    """Whether a notice of that kind goes to the telephone too, beside the mail."""
    group = optional_group(kind)
    return wishes.has_device and (group is None or wishes.pushes.get(group, "at_once") == "at_once")
