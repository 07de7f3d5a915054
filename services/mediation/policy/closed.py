"""What the status would allow and one person has done already or cannot do yet: nobody is offered it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.mediation.decisions.amending import waits_for_group
from services.mediation.decisions.commitments import is_overdue
from services.mediation.decisions.court import is_asked_by_all, may_be_handed_over
from services.mediation.decisions.dialogue import unanswered
from services.mediation.decisions.group import is_awaited, is_put_to_them
from services.mediation.decisions.guests import may_be_withdrawn
from services.mediation.decisions.on_paper import spoken_for, unsigned
from services.mediation.decisions.openness import has_begun, may_be_open
from services.mediation.decisions.oral import may_ask_court, may_be_disputed
from services.mediation.policy.showing import sees
from services.mediation.policy.standing import is_joined, roles_in
from services.mediation.state import (
    AwaitingConsent,
    ChoosingMediator,
    Drafting,
    Opened,
    OralUnrecorded,
    Party,
    Performed,
    Performing,
    Scheduled,
    Scheduling,
    Side,
    Signing,
    candidate_of,
    fellows_of,
    held_of,
)
from shared.access.actor import Actor
from shared.clock import end_of_day


def closed_to(actor: Actor, state: Opened, now: datetime) -> set[str]:  # noqa: PLR0911 - one for each status
    """What the status would allow and this person has done already, or cannot do yet."""
    me = actor.member_id and state.matter.party(actor.member_id)
    match state:
        case AwaitingConsent():
            return ({"consent"} if me and me.consented else set()) | _closed_joint(state)
        case ChoosingMediator() | Scheduling():
            closed = _closed_choice(actor, state) | _closed_invitations(actor, state, now)
            return closed | _closed_joint(state) | _closed_openness(state, now)
        case Scheduled():
            closed = _closed_absences(state, me.side if me else None, now) | _closed_choice(actor, state)
            closed |= _closed_invitations(actor, state, now) | _closed_openness(state, now)
            return closed | ({"decline-mediator"} if now >= state.session.starts_at else set())
        case Drafting():
            return _closed_dialogue(me or None, state)
        case OralUnrecorded():
            return (_closed_wording(me, state, now) if me else set()) | _closed_leading(actor, state)
        case Signing():
            closed = set() if is_put_to_them(state.matter, now) else {"opt-in"}
            return closed | _closed_marks(actor, state, now) | _closed_dialogue(me or None, state)
        case Performing():
            me = me or (actor.member_id and state.matter.successor(actor.member_id))
            own = _closed_commitments(me, state, now) | _closed_court(me, state, now) if me else set()
            own |= _closed_to_bound(actor.member_id, state, now) if is_joined(actor, state) else set()
            handed = set() if may_be_handed_over(state, now) else {"handover"}
            closed = own | handed | _closed_amendment(actor, state) | _closed_result(state)
            closed |= _closed_request(state, now)
            return closed | _closed_wording(me or None, state, now) | _closed_mouth(me or None, state)
        case Performed():
            closed = _closed_result(state) | _closed_request(state, now)
            return closed | (_closed_court(me, state, now) if me else set())
        case _:
            return set()


def closed_paper(state: Opened) -> set[str]:
    """What is entered for whoever has no account, where nobody is, or their word was given."""
    without = spoken_for(state)
    still_open = {
        "consent/on-paper": any(not party.consented for party in without),
        "refuse/on-paper": bool(without),
        "answers/by-mouth": bool(without),
        "sign/on-paper": bool(unsigned(state)),
    }
    return {name for name, is_open in still_open.items() if not is_open}


def closed_release(state: Opened) -> set[str]:
    """Minutes are released once, where there is somebody for whom others speak."""
    held = held_of(state)
    waits = held is not None and not held.released and bool(fellows_of(state))
    return set() if waits else {"minutes/release"}


def _closed_absences(state: Scheduled, side: Side | None, now: datetime) -> set[str]:
    missed = {one.side for one in state.absences if one.counts}
    explains = bool(missed) if side is None else side in missed
    still_open = {
        "minutes": now >= state.session.starts_at,
        "absences": now >= state.session.starts_at,
        "absences/explain": explains,
        "absences/excuse": bool(missed),
        "default-path": state.default is not None and state.default.absent != side,
    }
    return {name for name, is_open in still_open.items() if not is_open}


def _closed_leading(actor: Actor, state: OralUnrecorded) -> set[str]:
    """Whoever was there is accepted already; somebody else is named once they are taken off."""
    return {"nominate", "accept-mediator"} if state.led else {"stop"} | _closed_choice(actor, state)


def _closed_choice(
    actor: Actor, state: ChoosingMediator | Scheduling | Scheduled | OralUnrecorded
) -> set[str]:
    candidate = candidate_of(state)
    if candidate is None:
        return {"accept-mediator", "decline-mediator"}
    return {"accept-mediator"} if actor.member_id in state.matter.accepted(candidate) else set()


def _closed_invitations(
    actor: Actor, state: ChoosingMediator | Scheduling | Scheduled, now: datetime
) -> set[str]:
    guests, mine = state.matter.guests, roles_in(actor, state)
    begun = isinstance(state, Scheduled) and now >= state.session.starts_at
    still_open = {
        "invite": not state.matter.hidden or sees("parties_of_hidden_matter", mine),
        "invite/agree": any(actor.member_id not in guest.agreed for guest in guests),
        "invite/decline": bool(guests),
        "invite/withdraw": any(may_be_withdrawn(state.matter, one, actor.member_id) for one in guests),
        "invite/answer": True,
    }
    closed = {name for name, is_open in still_open.items() if begun or not is_open}
    comes = any(guest.member_id == actor.member_id for guest in state.matter.coming)
    return closed | {"answers"} if "guest" in mine and not comes else closed


def _closed_joint(state: AwaitingConsent | ChoosingMediator | Scheduling) -> set[str]:
    """One session for two is asked about where there are two."""
    return set() if state.matter.beside else {"joint-session", "schedule-together"}


def _closed_openness(state: ChoosingMediator | Scheduling | Scheduled, now: datetime) -> set[str]:
    """Nobody is offered an open session where none can be."""
    return set() if may_be_open(state) and not has_begun(state, now) else {"openness"}


def _closed_dialogue(me: Party | None, state: Drafting | Signing) -> set[str]:
    """Only what was said of one's own needs is answered; sides heard apart say nothing to each other."""
    waits = me is not None and unanswered(state.held.dialogue, to=me.side) is not None
    closed = set() if waits else {"restatements/answer"}
    return closed | ({"restatements"} if state.matter.separate else set())


def _closed_to_bound(member_id: UUID | None, state: Performing, now: datetime) -> set[str]:
    owed = [one for one in state.commitments if one.promise.owner_side == "respondent"]
    waiting = [one for one in owed if not one.is_settled]
    said = [one for one in waiting if one.status == "proven" or one.affirmed_by]
    if member_id not in state.matter.bound:
        return {"confirm", "dispute"}
    still_open = {
        "confirm": any(member_id in one.objections for one in waiting),
        "dispute": any(
            one.objections_until is None or now < end_of_day(one.objections_until) for one in said
        ),
    }
    return {name for name, is_open in still_open.items() if not is_open}


def _closed_marks(actor: Actor, state: Signing, now: datetime) -> set[str]:
    signed = {signature.party for signature in state.signatures}
    own = state.marks.mediator if actor.member_id == state.held.mediator else state.marks.committee
    waiting = state.content.form == "oral" or len(signed) < len(state.matter.parties)
    closed = {"mark"} if waiting or own or is_awaited(state.matter, now) else set()
    return closed | ({"sign"} if actor.member_id in signed else set())


def _closed_amendment(actor: Actor, state: Performing) -> set[str]:
    amendment = state.amendment
    if amendment is None:
        return {"sign", "mark", "amendment/decline", "opt-in"}
    signed = {signature.party for signature in amendment.signatures}
    own = amendment.marks.mediator if actor.member_id == state.held.mediator else amendment.marks.committee
    waiting = len(signed) < len(state.matter.parties) or waits_for_group(state, amendment)
    closed = {"mark"} if own or waiting else set()
    asked_too = actor.member_id in {*state.matter.bound} - {*amendment.agreed}
    return closed | ({"sign"} if actor.member_id in signed else set()) | (set() if asked_too else {"opt-in"})


def _closed_commitments(me: Party, state: Performing, now: datetime) -> set[str]:
    waiting = [one for one in state.commitments if not one.is_settled]
    mine = [one for one in waiting if one.promise.owner_side == me.side]
    theirs = [one for one in waiting if one.promise.owner_side != me.side]
    still_open = {
        "proof": any(one.status != "proven" for one in mine),
        "confirm": bool(theirs),
        "dispute": any(one.status == "proven" for one in theirs),
        "grant-day": any(not is_overdue(one, now) for one in theirs),
        "waive": any(me.member_id not in one.waived_by for one in theirs),
        "decline-performance": any(one.status != "declined" for one in mine),
    }
    return {name for name, is_open in still_open.items() if not is_open}


def _closed_wording(me: Party | None, state: OralUnrecorded | Performing, now: datetime) -> set[str]:
    oral = state.matter.oral
    still_open = {
        "record": isinstance(state, OralUnrecorded) or (oral is not None and oral.dispute is not None),
        "wording/accept": oral is not None and me is not None and me.member_id not in oral.accepted,
        "wording/dispute": oral is not None and me is not None and may_be_disputed(oral, me.member_id, now),
    }
    return {name for name, is_open in still_open.items() if not is_open}


def _closed_mouth(me: Party | None, state: Performing) -> set[str]:
    """What is said for somebody without an account, and what the mediator saw, is said of such a matter alone."""
    oral = state.matter.oral
    waiting = [one for one in state.commitments if not one.is_settled] if oral is not None else []
    unproven = [one for one in waiting if one.status != "proven"]
    spoken_for = state.matter.party(oral.spoken_for) if oral is not None else None
    owed = [one for one in waiting if spoken_for and one.promise.owner_side != spoken_for.side]
    closed = set() if owed else {"by-mouth"}
    return closed if me is not None or unproven else closed | {"proof"}


def _closed_request(state: Performing | Performed, now: datetime) -> set[str]:
    return set() if may_ask_court(state, now) else {"confirm-in-court/by-mouth"}


def _closed_result(state: Performing | Performed) -> set[str]:
    waits = any(
        is_asked_by_all(state.matter, one) and one.court_result is None
        for one in (state.agreement, *state.amendments)
    )
    return set() if waits else {"court-result"}


def _closed_court(me: Party, state: Performing | Performed, now: datetime) -> set[str]:
    may_ask = any(
        now < end_of_day(one.judicial_until) and me.member_id not in one.asked_court
        for one in (state.agreement, *state.amendments)
    )
    return {"confirm-in-court"} if state.matter.hidden or not may_ask else set()
