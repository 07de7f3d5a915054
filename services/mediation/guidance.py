"""What people are told beside the facts: the next step in plain words, the running clock, rights, other routes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from babel.dates import format_datetime

from services.mediation import policy
from services.mediation.decisions import apart
from services.mediation.state import (
    AwaitingConsent,
    ChoosingMediator,
    DefaultPath,
    Drafting,
    Ended,
    Matter,
    Opened,
    Oral,
    OralUnrecorded,
    Party,
    Performed,
    Performing,
    Scheduled,
    Scheduling,
    Session,
    Signing,
    Span,
    guests_of,
)
from shared.access.actor import Actor
from shared.clock import SHANGHAI, local_day
from shared.texts import Language, Texts

TEXTS = Texts("services.mediation")

_WHEN: Mapping[Language, str] = {"zh-CN": "M月d日 EEE HH:mm", "en": "EEE d MMMM, HH:mm"}

_RIGHTS = ("right_choose_mediator", "right_refuse_or_stop", "right_open_or_closed", "right_speak_freely")
"""People's Mediation Law art. 23."""


def rights(matter: Matter) -> tuple[str, ...]:
    """Where a child is concerned nobody may ask for an open session; of the child nothing is said by it."""
    return tuple("right_closed" if matter.minor and one == "right_open_or_closed" else one for one in _RIGHTS)


OTHER_ROUTES = ("route_arbitration", "route_administrative", "route_court")
"""Mediation never bars them (art. 3)."""


@dataclass(frozen=True)
class RunningClock:
    """A day named to somebody, and what for."""

    name: str
    until: date
    counted: bool = False
    """Whether the day was counted in the working calendar, not agreed upon."""


def running_clock(state: Opened) -> RunningClock | None:  # noqa: PLR0911 - one for each status
    """The next day something is expected by."""
    match state:
        case AwaitingConsent(matter):
            return RunningClock("consent", matter.consent_until, counted=True)
        case OralUnrecorded(Matter(oral=Oral(dispute_until=until))):
            return RunningClock("wording", until, counted=True)
        case Scheduling(answer_until=date() as until):
            return RunningClock("slot_answers", until, counted=True)
        case Scheduled(default=DefaultPath(choice=None, choose_until=until)):
            return RunningClock("default_path", until, counted=True)
        case Scheduled(session=session):
            return RunningClock("session", local_day(session.starts_at))
        case Performing(commitments=commitments):
            waiting = [one for one in commitments if not (one.is_settled or one.status == "debtor_left")]
            days = [(one.confirm_until, True) for one in waiting if one.status == "proven"]
            days += [(one.last_day, False) for one in waiting if one.status != "proven"]
            named = [(day, counted) for day, counted in days if day]
            return RunningClock("commitment", *min(named)) if named else None
        case _:
            return None


NO_NAMES: Mapping[str, str] = MappingProxyType({})


def next_step(
    actor: Actor, state: Opened, now: datetime, language: Language, rooms: Mapping[str, str] = NO_NAMES
) -> str:
    """One sentence: what this person does next, or whom they wait for; with the name of a room where `rooms` has it."""
    when = room = ""
    if isinstance(state, Scheduled):
        when = _said(own_time(actor, state, state.session).starts_at, language)
        room = rooms.get(state.session.room, state.session.room)
    return TEXTS(_next_code(actor, state, now), language, when=when, room=room)


def _said(moment: datetime, language: Language) -> str:
    return format_datetime(moment, _WHEN[language], tzinfo=SHANGHAI, locale=language.replace("-", "_"))


def own_time(actor: Actor, state: Opened, session: Session) -> Span:
    """When the actor is to be there: a party where the talks are apart for their own part, others throughout."""
    return apart.time_for(policy.side_of(actor, state), session, session.parts)


def _next_code(actor: Actor, state: Opened, now: datetime) -> str:  # noqa: PLR0911, PLR0912 - one for each status
    roles = policy.roles_in(actor, state)
    match state:
        case AwaitingConsent():
            return (
                "next_consent" if "consent" in policy.possible_for(actor, state, now) else "next_wait_consent"
            )
        case ChoosingMediator(proposed=None):
            return "next_nominate"
        case ChoosingMediator():
            possible = policy.possible_for(actor, state, now)
            accepting = "next_accept" if "accept-mediator" in possible else "next_wait_take"
            return "next_take" if "proposed" in roles else accepting
        case Scheduling() | Scheduled() if (waits := _about_guests(actor, state, now)) is not None:
            return waits
        case Scheduling():
            return _before_a_time(actor, state)
        case Scheduled(session=session) if now < own_time(actor, state, session).starts_at:
            apart_from_whom = state.matter.separate and roles != {"guest"}
            return "next_session_apart" if apart_from_whom else "next_session"
        case Scheduled():
            return _once_begun(actor, state)
        case OralUnrecorded():
            return _before_the_record(actor, state, now)
        case Drafting():
            return "next_draft" if "mediator" in roles else "next_wait_draft"
        case Signing():
            return _first_open(
                actor, state, now, ("opt-in", "sign", "mark"), otherwise="next_wait_signatures"
            )
        case Performing():
            steps = ("sign", "mark", "record", "dispute", *(("proof",) if "party" in roles else ()))
            return _first_open(actor, state, now, steps, otherwise="next_wait_performance")
        case Performed():
            return "next_performed"
        case Ended():
            return "next_ended"


def _before_the_record(actor: Actor, state: OralUnrecorded, now: datetime) -> str:
    roles, possible = policy.roles_in(actor, state), policy.possible_for(actor, state, now)
    if "mediator" in roles or "proposed" in roles:
        return "next_record" if "mediator" in roles else "next_take"
    if state.proposed is not None:
        return "next_accept" if "accept-mediator" in possible else "next_wait_take"
    return "next_oral_nominate" if "nominate" in possible else "next_wait_record"


def _about_guests(actor: Actor, state: Scheduling | Scheduled, now: datetime) -> str | None:
    """What is asked of this person about others at the session comes before the rest."""
    if not state.matter.guests:
        return None
    possible = policy.possible_for(actor, state, now)
    if "invite/agree" in possible:
        return "next_guest_agree"
    me = next((one for one in guests_of(state) if one.member_id == actor.member_id), None)
    if me is None or not policy.is_only_guest(actor, state):
        return None
    if me.comes is not True:
        return "next_guest_answer" if me.comes is None and "invite/answer" in possible else "next_guest_not"
    return None


def _once_begun(actor: Actor, state: Scheduled) -> str:
    if state.default is not None:
        return _after_an_absence(actor, state, state.default)
    if state.absent:
        return "next_again_own" if policy.side_of(actor, state) in state.absent else "next_again"
    return "next_minutes" if "mediator" in policy.roles_in(actor, state) else "next_wait_minutes"


def _after_an_absence(actor: Actor, state: Scheduled, path: DefaultPath) -> str:
    """Whoever stayed away is not told what the others may choose; and nobody is told why."""
    side = policy.side_of(actor, state)
    if side == path.absent:
        return "next_again_own"
    if side is None:
        return "next_default_chosen" if path.choice else "next_default_wait"
    if path.choice is not None:
        return f"next_default_{path.choice}"
    return "next_default_excused" if path.excused else "next_default"


def _before_a_time(actor: Actor, state: Scheduling) -> str:
    answered = {(answer.party, answer.slot_id) for answer in state.answers}
    parties = {party.member_id for party in state.matter.parties}
    guests = {guest.member_id for guest in state.matter.coming}
    open_slots = {(who, slot.slot_id) for who in parties | guests for slot in state.slots} - answered
    waiting = {who for who, _ in open_slots}
    if actor.member_id != state.mediator:
        return "next_answers" if actor.member_id in waiting else "next_wait_time"
    if state.answer_until is None:
        return "next_slots"
    if state.matter.waits_for_guests:
        return "next_wait_guest"
    return "next_wait_answers" if waiting & parties else "next_schedule"


def _first_open(actor: Actor, state: Opened, now: datetime, steps: tuple[str, ...], *, otherwise: str) -> str:
    possible = policy.possible_for(actor, state, now)
    return next((f"next_{step}" for step in steps if step in possible), otherwise)


def label(matter: Matter, party: Party, language: Language) -> str:
    """What everybody may call a party: 住户甲, never a name."""
    alike = [one.member_id for one in matter.parties if one.dwelling == party.dwelling]
    letters = TEXTS("ordinals", language)
    round_, letter = divmod(alike.index(party.member_id), len(letters))
    ordinal = letters[letter] + (str(round_ + 1) if round_ else "")
    return TEXTS(f"label_{party.dwelling}", language, ordinal=ordinal)


def sentences(codes: tuple[str, ...], language: Language) -> list[str]:
    """Each code in words."""
    return [TEXTS(code, language) for code in codes]
