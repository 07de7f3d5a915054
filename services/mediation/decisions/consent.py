"""Beginning and ending: every party's yes, and every party's no (People's Mediation Law art. 17, 23, 26)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.mediation.commands import (
    AnswerJoint,
    Consent,
    EndWithdrawn,
    EnterConsent,
    EnterRefusal,
    FailMediation,
    OpenMediation,
    RefuseMediation,
)
from services.mediation.decisions import joint, on_paper
from services.mediation.decisions.moves import not_now
from services.mediation.events import (
    ConsentCompleted,
    Event,
    MediationFailed,
    MediationOpened,
    MediationRefused,
    MediationWithdrawn,
    PartyConsented,
    SessionCancelled,
)
from services.mediation.rules import Rules
from services.mediation.state import (
    AwaitingConsent,
    BeforeEffect,
    ChoosingMediator,
    Drafting,
    Ended,
    Matter,
    Mediation,
    OralUnrecorded,
    Party,
    Performed,
    Performing,
    Scheduled,
    Scheduling,
    Signing,
    Unopened,
)
from shared.calendar.working_days import WorkingCalendar
from shared.clock import local_day
from shared.errors import NotFound, Refused

Ending = RefuseMediation | EnterRefusal | FailMediation | EndWithdrawn
Beginning = OpenMediation | Consent | EnterConsent | Ending


def decide(
    state: Mediation, command: Beginning, now: datetime, *, rules: Rules, calendar: WorkingCalendar
) -> list[Event]:
    """Nothing begins without every party's yes, and any of them may end it until the agreement binds."""
    match state, command:
        case Unopened(), OpenMediation():
            return [_opened(command, now, rules=rules, calendar=calendar)]
        case AwaitingConsent(), Consent():
            return _consent(state.matter, command)
        case AwaitingConsent(), EnterConsent():
            return _entered(state.matter, command, now)
        case (
            AwaitingConsent()
            | ChoosingMediator()
            | Scheduling()
            | Scheduled()
            | OralUnrecorded()
            | Drafting()
            | Signing(),
            RefuseMediation() | EnterRefusal() | FailMediation() | EndWithdrawn(),
        ):
            return [_ending(state.matter, command, now), *cancelled_session(state, now)]
        case Performing() | Performed() | Ended(), EndWithdrawn():
            return []  # an agreement in effect binds whatever becomes of the case (art. 31)
        case _:
            raise not_now(state)


def _opened(
    command: OpenMediation, now: datetime, *, rules: Rules, calendar: WorkingCalendar
) -> MediationOpened:
    if {party.side for party in command.parties} != {"complainant", "respondent"}:
        raise Refused("one_sided")
    matter = Matter(
        mediation_id=command.mediation_id,
        case_id=command.case_id,
        alliance_id=command.alliance_id,
        reference=command.reference,
        hidden=command.hidden,
        place_id=command.place_id,
        consent_until=calendar.after_working_days(local_day(now), rules.consent_working_days),
        parties=command.parties,
        category=command.category,
        conflict_id=command.conflict_id,
        represented=command.represented,
        beside=command.beside,
        minor=command.minor,
        opened_on=local_day(now),
    )
    return MediationOpened(matter)


def _consent(matter: Matter, command: Consent) -> list[Event]:
    party = matter.party(command.party)
    if party is None:
        raise NotFound
    if party.consented:
        raise Refused("already_consented")
    given: list[Event] = [
        PartyConsented(command.party, command.separate, command.available, command.languages)
    ]
    if command.joint_session is not None:
        joint_too = AnswerJoint(command.mediation_id, command.party, command.joint_session)
        given.append(joint.answered(matter, joint_too))
    return [*given, *_completed(matter, party)]


def _entered(matter: Matter, command: EnterConsent, now: datetime) -> list[Event]:
    """What they wish is asked of them at the table where they sign."""
    party = on_paper.require_no_account(matter, command)
    on_paper.require_day(command.sheet, local_day(now), since=matter.opened_on)
    if party.consented:
        raise Refused("already_consented")
    on_paper.require_fresh(matter, command.sheet)
    wishes = (command.separate, command.available, command.languages)
    return [PartyConsented(command.party, *wishes, command.sheet), *_completed(matter, party)]


def _completed(matter: Matter, last: Party) -> list[Event]:
    """Whether `last` was the only one whose yes was missing."""
    return [ConsentCompleted()] if all(one.consented for one in matter.parties if one is not last) else []


def _ending(matter: Matter, command: Ending, now: datetime) -> Event:
    match command:
        case RefuseMediation():
            return MediationRefused(command.party)
        case EnterRefusal():
            on_paper.require_no_account(matter, command)
            on_paper.require_day(command.sheet, local_day(now), since=matter.opened_on)
            on_paper.require_fresh(matter, command.sheet)
            return MediationRefused(command.party, command.sheet)
        case FailMediation():
            return MediationFailed(command.reason)
        case EndWithdrawn():
            return MediationWithdrawn()


def cancelled_session(state: BeforeEffect, now: datetime) -> list[Event]:
    """What calendars must be told when a session that has not begun will not take place."""
    match state:
        case Scheduled(session=session, mediator=mediator) if now < session.starts_at:
            return [SessionCancelled(replace(session, sequence=session.sequence + 1), mediator)]
        case _:
            return []
