"""From words agreed on to an agreement that binds (People's Mediation Law art. 28–33)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date, datetime
from typing import Literal

from services.mediation.commands import (
    AnswerDraft,
    AskCourt,
    DraftAgreement,
    EnterSignature,
    MarkAgreement,
    SignAgreement,
)
from services.mediation.decisions import amending, children, group, intent, lawful, on_paper
from services.mediation.decisions.canonical import words_of
from services.mediation.decisions.court import agreement_in
from services.mediation.decisions.moves import not_now
from services.mediation.events import (
    AgreementDrafted,
    AgreementEffective,
    AgreementMarked,
    AgreementSigned,
    CommitmentsPerformed,
    CourtAsked,
    Event,
)
from services.mediation.rules import Rules
from services.mediation.state import (
    Content,
    Drafting,
    Matter,
    Mediation,
    Performed,
    Performing,
    Signing,
)
from shared.calendar.working_days import WorkingCalendar
from shared.clock import end_of_day, local_day
from shared.errors import Invalid, NotFound, Refused

Agreeing = DraftAgreement | AnswerDraft | SignAgreement | EnterSignature | MarkAgreement | AskCourt


def decide(  # noqa: PLR0911 - one for each command
    state: Mediation, command: Agreeing, now: datetime, *, rules: Rules, calendar: WorkingCalendar
) -> list[Event]:
    """A new draft makes the old one's signatures void; the last mark makes it binding."""
    match state, command:
        case Drafting() | Signing(), DraftAgreement():
            return [_drafted(state, command, now, rules=rules, calendar=calendar)]
        case Signing(), AnswerDraft():
            named = content_hash(state.matter, state.content)
            return group.answer_draft(state, command, now, content_hash=named)
        case Signing(), SignAgreement() | EnterSignature():
            return _sign(state, command, now, rules=rules, calendar=calendar)
        case Signing(), MarkAgreement():
            return _mark(state, command, now, rules=rules, calendar=calendar)
        case Performing(), AnswerDraft():
            return amending.answer(state, command, now)
        case Performing(), SignAgreement() | EnterSignature():
            return amending.sign(state, command, now)
        case Performing(), MarkAgreement():
            return amending.mark(state, command, now, rules=rules, calendar=calendar)
        case Performing() | Performed(), AskCourt():
            return _ask_court(state, command, now)
        case _:
            raise not_now(state)


def _drafted(
    state: Drafting | Signing,
    command: DraftAgreement,
    now: datetime,
    *,
    rules: Rules,
    calendar: WorkingCalendar,
) -> AgreementDrafted:
    """Of a group it is put to each for whom others speak; every new draft anew."""
    content, today = _content(state, command, now), local_day(now)
    if not command.group:
        return AgreementDrafted(content, drafted_on=today)
    if command.form == "oral":
        raise Invalid("/form", "group_needs_writing")
    until = calendar.after_working_days(today, rules.opt_in_working_days)
    return AgreementDrafted(content, command.group, until, today)


def content_hash(matter: Matter, content: Content) -> str:
    """SHA-256 over the canonical words: what a signature names, so that nobody signs another text."""
    words = {"mediation": matter.mediation_id, "reference": matter.reference, **words_of(content)}
    canonical = json.dumps(words, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def warnings(matter: Matter, content: Content) -> tuple[str, ...]:
    """What art. 29 says an agreement may state and this one does not: a warning, for the law says 'may'."""
    missing = {
        "facts_missing": not content.facts,
        "commitments_missing": not content.promises,
        "measure_missing": any(not promise.measure for promise in content.promises),
        "no_court_while_hidden": matter.hidden,
    }
    return tuple(code for code, is_so in missing.items() if is_so)


def _content(state: Drafting | Signing, command: DraftAgreement, now: datetime) -> Content:
    today = local_day(now)
    lawful.require_lawful(command.terms, command.promises)
    promised = (word for promise in command.promises for word in (promise.what, promise.measure))
    children.require_nameless(state.matter, "/terms", command.facts, command.terms, *promised)
    lawful.require_days_to_come(command.promises, today)
    return Content(
        command.agreement_id,
        command.form,
        command.facts,
        command.terms,
        command.promises,
        _agreed_on(state, command, today),
    )


def _agreed_on(state: Drafting | Signing, command: DraftAgreement, today: date) -> date | None:
    """The day an oral agreement was reached: not before the session, not after it is recorded."""
    match command.form, command.agreed_on:
        case "written", None:
            return None
        case "oral", None:
            return today
        case "oral", date() as day if local_day(state.held.session.starts_at) <= day <= today:
            return day
        case _:
            raise Invalid("/agreed_on", "day_wrong")


def _sign(
    state: Signing,
    command: SignAgreement | EnterSignature,
    now: datetime,
    *,
    rules: Rules,
    calendar: WorkingCalendar,
) -> list[Event]:
    _require_current(state.content, command)
    if state.matter.party(command.party) is None:
        raise NotFound
    if command.content_hash != content_hash(state.matter, state.content):
        raise Invalid("/content_hash", "content_changed")
    since = state.drafted_on or local_day(state.held.session.starts_at)
    proven_at, sheet = intent.meant(state.matter, command, since=since, today=local_day(now))
    if any(signature.party == command.party for signature in state.signatures):
        return []
    on_paper.require_fresh(state.matter, sheet)
    signed = AgreementSigned(command.party, command.content_hash, now, proven_at, sheet)
    last = len(state.signatures) + 1 == len(state.matter.parties)
    if last and state.content.agreed_on is not None:
        return [signed, *_effective(state.content, state.content.agreed_on, rules, calendar)]
    return [signed]


def _mark(
    state: Signing, command: MarkAgreement, now: datetime, *, rules: Rules, calendar: WorkingCalendar
) -> list[Event]:
    """The mediator's mark is always the mediator's own: nobody makes both."""
    _require_current(state.content, command)
    if state.content.form == "oral" or len(state.signatures) < len(state.matter.parties):
        raise Refused("signatures_missing")
    if group.is_awaited(state.matter, now):
        raise Refused("group_still_asked")
    mark: Literal["mediator", "committee"] = (
        "mediator" if command.member == state.held.mediator else "committee"
    )
    if getattr(state.marks, mark) is not None:
        return []
    marked = AgreementMarked(mark, command.member, now)
    if not replace(state.marks, **{mark: now}).complete:
        return [marked]
    return [marked, *_effective(state.content, local_day(now), rules, calendar)]


def _effective(content: Content, day: date, rules: Rules, calendar: WorkingCalendar) -> list[Event]:
    effective = AgreementEffective(day, calendar.after_days(day, rules.judicial_days))
    return [effective] if content.promises else [effective, CommitmentsPerformed()]


def _ask_court(state: Performing | Performed, command: AskCourt, now: datetime) -> list[Event]:
    agreement = agreement_in(state, command.agreement_id)
    if state.matter.party(command.party) is None:
        raise NotFound
    if state.matter.hidden:
        raise Refused("no_court_while_hidden")
    if now >= end_of_day(agreement.judicial_until):
        raise Refused("court_time_over", until=agreement.judicial_until.isoformat())
    if command.party in agreement.asked_court:
        return []
    return [CourtAsked(command.party, command.agreement_id)]


def _require_current(content: Content, command: SignAgreement | EnterSignature | MarkAgreement) -> None:
    if command.agreement_id != content.agreement_id:
        raise NotFound
