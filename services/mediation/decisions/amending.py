"""What was agreed is changed by everybody's signature and both marks; until then the old holds (art. 29, 31)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import datetime
from typing import Literal

from services.mediation.commands import (
    AnswerDraft,
    DeclineAmendment,
    EnterSignature,
    MarkAgreement,
    ProposeAmendment,
    SignAgreement,
)
from services.mediation.decisions import departing, intent, on_paper
from services.mediation.decisions.canonical import words_of
from services.mediation.decisions.lawful import require_days_to_come, require_lawful
from services.mediation.decisions.moves import not_now
from services.mediation.events import (
    AmendmentAgreed,
    AmendmentDeclined,
    AmendmentEffective,
    AmendmentMarked,
    AmendmentProposed,
    AmendmentSigned,
    Event,
)
from services.mediation.rules import Rules
from services.mediation.state import Amendment, Content, Matter, Mediation, Performing
from shared.calendar.working_days import WorkingCalendar
from shared.clock import local_day
from shared.errors import Invalid, NotAllowed, NotFound, Refused

Amending = ProposeAmendment | DeclineAmendment


def decide(state: Mediation, command: Amending, now: datetime) -> list[Event]:
    """A new proposal makes the signatures under an earlier one void."""
    match state, command:
        case Performing(), ProposeAmendment():
            return [_proposed(state, command, now)]
        case Performing(amendment=Amendment()), DeclineAmendment(party=party):
            return [AmendmentDeclined(party)]
        case Performing(), DeclineAmendment():
            raise Refused("nothing_to_sign")
        case _:
            raise not_now(state)


def amendment_hash(matter: Matter, amendment: Amendment) -> str:
    """SHA-256 over the canonical words, and over what they take the place of."""
    words = {
        "mediation": matter.mediation_id,
        "reference": matter.reference,
        "replaces": sorted(map(str, amendment.replaces)),
        **words_of(amendment.content),
    }
    canonical = json.dumps(words, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def sign(state: Performing, command: SignAgreement | EnterSignature, now: datetime) -> list[Event]:
    """A party signs the words that have this hash."""
    amendment = _current(state, command)
    if state.matter.party(command.party) is None:
        raise NotFound
    if command.content_hash != amendment_hash(state.matter, amendment):
        raise Invalid("/content_hash", "content_changed")
    since = amendment.proposed_on or state.agreement.effective_on
    proven_at, sheet = intent.meant(state.matter, command, since=since, today=local_day(now))
    if any(signature.party == command.party for signature in amendment.signatures):
        return []
    on_paper.require_fresh(state.matter, sheet)
    return [AmendmentSigned(command.party, command.content_hash, now, proven_at, sheet)]


def answer(state: Performing, command: AnswerDraft, now: datetime) -> list[Event]:
    """Whoever of a group is bound by their own yes is bound to just those words: nobody changes them without theirs.

    A no leaves what was agreed as it is, for everybody; so does silence.
    """
    amendment = _current(state, command)
    if command.member not in state.matter.bound:
        raise NotAllowed if state.matter.fellow(command.member) else NotFound
    if command.content_hash != amendment_hash(state.matter, amendment):
        raise Invalid("/content_hash", "content_changed")
    if not command.agrees:
        return [AmendmentDeclined(command.member)]
    proven_at = intent.proven(command.intent, by=command.member, content_hash=command.content_hash)
    if command.member in amendment.agreed:
        return []
    return [AmendmentAgreed(command.member, command.content_hash, now, proven_at)]


def waits_for_group(state: Performing, amendment: Amendment) -> bool:
    """Whether the yes of somebody who is bound is missing."""
    return not {*state.matter.bound} <= {*amendment.agreed}


def mark(
    state: Performing, command: MarkAgreement, now: datetime, *, rules: Rules, calendar: WorkingCalendar
) -> list[Event]:
    """The last mark makes it binding, with 30 days of its own to ask the court."""
    amendment = _current(state, command)
    if len(amendment.signatures) < len(state.matter.parties):
        raise Refused("signatures_missing")
    if waits_for_group(state, amendment):
        raise Refused("bound_still_asked")
    by: Literal["mediator", "committee"] = (
        "mediator" if command.member == state.held.mediator else "committee"
    )
    if getattr(amendment.marks, by) is not None:
        return []
    marked = AmendmentMarked(by, command.member, now)
    if not replace(amendment.marks, **{by: now}).complete:
        return [marked]
    today = local_day(now)
    effective = AmendmentEffective(today, calendar.after_days(today, rules.judicial_days))
    return [marked, effective, *_performed(state, amendment)]


def _performed(state: Performing, amendment: Amendment) -> list[Event]:
    """Where nothing is left to do once the old promises are gone and no new one was made."""
    left = [
        one
        for one in state.commitments
        if not one.is_settled and one.promise.commitment_id not in amendment.replaces
    ]
    return [] if left or amendment.content.promises else [departing.last_settled(state)]


def _proposed(state: Performing, command: ProposeAmendment, now: datetime) -> AmendmentProposed:
    require_lawful(command.terms, command.promises)
    known = {one.promise.commitment_id for one in state.commitments if not one.is_settled}
    for place, replaced in enumerate(command.replaces):
        if replaced not in known:
            raise Invalid(f"/replaces/{place}", "unknown_commitment")
    require_days_to_come(command.promises, local_day(now))
    if not command.replaces and not command.promises:
        raise Invalid("/replaces", "nothing_changes")
    content = Content(command.agreement_id, "written", "", command.terms, command.promises)
    return AmendmentProposed(content, command.replaces, local_day(now))


def _current(
    state: Performing, command: SignAgreement | EnterSignature | MarkAgreement | AnswerDraft
) -> Amendment:
    amendment = state.amendment
    if amendment is None:
        raise Refused("nothing_to_sign")
    if command.agreement_id != amendment.content.agreement_id:
        raise NotFound
    return amendment
