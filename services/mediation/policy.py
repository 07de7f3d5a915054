"""Who may do what to a mediation, and who sees what of it. Tables a committee could read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, get_args
from uuid import UUID

from services.mediation import commands as asked
from services.mediation.decisions import possible_commands
from services.mediation.decisions.amending import waits_for_group
from services.mediation.decisions.commitments import is_overdue
from services.mediation.decisions.court import is_asked_by_all, may_be_handed_over
from services.mediation.decisions.dialogue import unanswered
from services.mediation.decisions.group import is_awaited, is_put_to_them
from services.mediation.decisions.guests import may_be_withdrawn
from services.mediation.decisions.openness import has_begun, may_be_open
from services.mediation.decisions.oral import may_ask_court, may_be_disputed
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
    guests_of,
    held_of,
    is_with_court,
    mediator_of,
    proposed_of,
)
from shared.access.actor import SYSTEM, Actor
from shared.clock import end_of_day
from shared.errors import NotAllowed, NotFound, Refused

Role = Literal[
    "party",
    "former",
    "successor",
    "proposed",
    "mediator",
    "coordinator",
    "captain",
    "court",
    "guest",
    "joined",
    "system",
]
Field = Literal[
    "parties",
    "session",
    "words_agreed",
    "words_of_promises",
    "handover",
    "parties_of_hidden_matter",
    "refused_by",
    "wishes",
    "windows",
    "parts",
    "minutes",
    "dialogue",
    "caucus_notes",
    "conflict_kinds",
    "explanations",
    "mediators_asked",
    "void_minutes",
    "wording_dispute",
]

MAY: Mapping[Role, frozenset[type[asked.Command]]] = {
    "party": frozenset(
        {
            asked.Consent,
            asked.AnswerJoint,
            asked.ChooseOpenness,
            asked.RefuseMediation,
            asked.NominateMediator,
            asked.AcceptMediator,
            asked.DeclineMediator,
            asked.StopForConflict,
            asked.AnswerSlots,
            asked.InviteGuest,
            asked.AgreeToGuest,
            asked.DeclineGuest,
            asked.WithdrawInvitation,
            asked.ExplainAbsence,
            asked.ChooseDefault,
            asked.AnswerRestatement,
            asked.SignAgreement,
            asked.AskCourt,
            asked.ProveCommitment,
            asked.ConfirmCommitment,
            asked.DisputeCommitment,
            asked.ProposeAmendment,
            asked.DeclineAmendment,
            asked.GrantDay,
            asked.WaiveCommitment,
            asked.DeclinePerformance,
            asked.HandOver,
            asked.AcceptWording,
            asked.DisputeWording,
        }
    ),
    "former": frozenset({asked.ProveCommitment, asked.WaiveCommitment}),
    "successor": frozenset({asked.ConfirmCommitment, asked.DisputeCommitment, asked.WaiveCommitment}),
    "proposed": frozenset({asked.TakeMediation, asked.PassOn}),
    "mediator": frozenset(
        {
            asked.PassOn,
            asked.StopForConflict,
            asked.ProposeSlots,
            asked.InviteGuest,
            asked.WithdrawInvitation,
            asked.ScheduleSession,
            asked.ScheduleTogether,
            asked.MoveToSlot,
            asked.MoveToTime,
            asked.RecordAbsence,
            asked.ExplainAbsence,
            asked.ExcuseAbsence,
            asked.WriteMinutes,
            asked.ReleaseMinutes,
            asked.WriteCaucusNote,
            asked.LogExchange,
            asked.RestateInterest,
            asked.RecordFinding,
            asked.DraftAgreement,
            asked.MarkAgreement,
            asked.ProposeAmendment,
            asked.MarkImpossible,
            asked.FailMediation,
            asked.RecordOral,
            asked.PassOnCourtRequest,
            asked.ProveCommitment,
        }
    ),
    "coordinator": frozenset(
        {
            asked.NominateMediator,
            asked.InviteGuest,
            asked.WithdrawInvitation,
            asked.StopForConflict,
            asked.MarkAgreement,
            asked.FailMediation,
            asked.ExplainAbsence,
            asked.ExcuseAbsence,
            asked.HandOver,
            asked.RecordCourtResult,
            asked.PassOnWord,
            asked.PassOnCourtRequest,
        }
    ),
    "captain": frozenset({asked.PassOnWord, asked.PassOnCourtRequest}),
    "court": frozenset({asked.RecordCourtResult}),
    "guest": frozenset({asked.AnswerInvitation, asked.AnswerSlots}),
    "joined": frozenset({asked.AnswerDraft, asked.ConfirmCommitment, asked.DisputeCommitment}),
    "system": frozenset(
        {
            asked.OpenMediation,
            asked.OpenOral,
            asked.NoteBeside,
            asked.FollowSession,
            asked.EndWithdrawn,
            asked.RemindAhead,
            asked.RemindOfWord,
            asked.RemindOfSession,
            asked.NoteRoomClosed,
            asked.InviteSpeakers,
            asked.FallDue,
            asked.LetStand,
            asked.CarryOutDefault,
            asked.CloseSlots,
            asked.NoteDeparture,
            asked.NoteSuccessor,
            asked.NoteReturn,
            asked.AskReleases,
        }
    ),
}

_CONCERNED: frozenset[Role] = frozenset(get_args(Role)) - {"successor"}
"""All who are shown more than what was promised and what became of it."""

SEES: Mapping[Field, frozenset[Role]] = {
    "parties": _CONCERNED,
    "session": _CONCERNED,
    "words_agreed": _CONCERNED,
    "words_of_promises": _CONCERNED,
    "handover": _CONCERNED,
    "parties_of_hidden_matter": frozenset({"mediator", "coordinator"}),
    "refused_by": frozenset({"mediator", "coordinator"}),
    "wishes": frozenset({"mediator", "coordinator"}),
    "windows": frozenset({"mediator"}),
    "parts": frozenset({"mediator", "coordinator"}),
    "minutes": frozenset({"party", "former", "mediator", "coordinator"}),
    "dialogue": frozenset({"party", "mediator", "coordinator"}),
    "caucus_notes": frozenset({"mediator"}),
    "conflict_kinds": frozenset({"coordinator"}),
    "explanations": frozenset({"mediator", "coordinator"}),
    "mediators_asked": frozenset({"coordinator"}),
    "void_minutes": frozenset({"coordinator"}),
    "wording_dispute": frozenset({"party", "mediator", "coordinator"}),
}
"""What is not for every participant. Everybody sees what is their own.

Who came after a party that left reads what was promised and what became of it. `parties` are who promised it,
`session` who was or is to be there and when, `words_agreed` facts, terms and signatures, `words_of_promises` why
one is disputed or cannot be kept.
"""


def roles_in(actor: Actor, state: Opened) -> frozenset[Role]:
    """The actor's parts in this mediation. A party is nothing else: nobody marks their own agreement.

    For whom a party acts holds no office in it either: the matter is their own.
    """
    if actor is SYSTEM:
        return frozenset({"system"})
    if actor.alliance_id != state.matter.alliance_id or actor.member_id is None:
        return frozenset()
    if (me := state.matter.party(actor.member_id)) is not None:
        return frozenset({"party" if me.left_on is None else "former"})
    if state.matter.successor(actor.member_id):
        return frozenset({"successor"})
    if is_joined(actor, state):
        return frozenset({"joined"})
    held: dict[Role, bool] = {
        "proposed": proposed_of(state) == actor.member_id,
        "mediator": mediator_of(state) == actor.member_id,
        "coordinator": actor.has("coordinator"),
        "captain": state.matter.oral is not None and state.matter.oral.captain_id == actor.member_id,
        "court": actor.has("court_liaison") and is_with_court(state),
        "guest": any(guest.member_id == actor.member_id for guest in guests_of(state)),
    }
    open_to = {"guest"} if actor.member_id in state.matter.represented else held.keys()
    return frozenset(role for role, is_so in held.items() if is_so and role in open_to)


def is_joined(actor: Actor, state: Opened) -> bool:
    """Whether others speak for the actor, and the agreement is theirs to read: not after they said no to it."""
    return any(fellow.member_id == actor.member_id for fellow in fellows_of(state))


def is_only_guest(actor: Actor, state: Opened) -> bool:
    """Whether reference, time, room and the labels of the sides are all that the actor may see."""
    return roles_in(actor, state) == {"guest"}


def side_of(actor: Actor, state: Opened) -> Side | None:
    """Whose times of a session held apart are told to the actor: a party's own; None is the whole."""
    me = actor.member_id and state.matter.party(actor.member_id)
    return me.side if me else None


def require(actor: Actor, command: type[asked.Command], state: Opened) -> None:
    """Raises NotFound for who has no part in it, NotAllowed for another role's step."""
    roles = roles_in(actor, state)
    if not roles:
        raise NotFound
    if not any(command in MAY[role] for role in roles):
        raise NotAllowed


def require_choice(actor: Actor, state: Opened) -> None:
    """Who is refused for a conflict would tell where a hidden party lives: then only the committee names somebody."""
    if state.matter.hidden and not sees("parties_of_hidden_matter", roles_in(actor, state)):
        raise Refused("no_choice_while_hidden")


def require_invitation(actor: Actor, state: Opened) -> None:
    """For the same reason only mediator and committee invite anybody while a party is hidden. Raises Refused."""
    if state.matter.hidden and not sees("parties_of_hidden_matter", roles_in(actor, state)):
        raise Refused("no_guests_while_hidden")


def require_profile(actor: Actor, mediator_id: UUID) -> None:
    """A mediator keeps their own; the committee may enter it for them. Raises NotAllowed."""
    if not (actor.has("coordinator") or (actor.has("mediator") and actor.member_id == mediator_id)):
        raise NotAllowed


def member(actor: Actor) -> UUID:
    """Who somebody signed in is. Raises NotAllowed for the clockwork and for the public."""
    if actor.member_id is None:
        raise NotAllowed
    return actor.member_id


def alliance(actor: Actor) -> UUID:
    """Where somebody signed in belongs. Raises NotAllowed for the clockwork and for the public."""
    if actor.alliance_id is None:
        raise NotAllowed
    return actor.alliance_id


def alliance_for(actor: Actor, role: str) -> UUID:
    """The alliance in which the actor holds `role`. Raises NotAllowed without it."""
    if not actor.has(role):
        raise NotAllowed
    return alliance(actor)


def alliance_of_handovers(actor: Actor) -> UUID:
    """Whose packs are listed: those of the own alliance, to the court station and the committee."""
    if not (actor.has("court_liaison") or actor.has("coordinator")):
        raise NotAllowed
    return alliance(actor)


def sees(field: Field, roles: frozenset[Role]) -> bool:
    """Whether one of these roles may see the field."""
    return bool(SEES[field] & roles)


def possible_for(actor: Actor, state: Opened, now: datetime) -> list[str]:
    """What this very person could do now, by the names of the endpoints."""
    roles = roles_in(actor, state)
    allowed = {asked.NAMES[command] for role in roles for command in MAY[role]}
    return sorted(
        (allowed & possible_commands(state)) - _closed_to(actor, state, now) - _closed_release(state)
    )


def _closed_to(actor: Actor, state: Opened, now: datetime) -> set[str]:  # noqa: PLR0911 - one for each status
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


def _closed_release(state: Opened) -> set[str]:
    """Minutes are released once, where there is somebody for whom others speak."""
    held = held_of(state)
    waits = held is not None and not held.released and bool(fellows_of(state))
    return set() if waits else {"minutes/release"}


def reads_minutes(actor: Actor, state: Opened) -> bool:
    """Whether the record is theirs: of a group those who speak for it have it at once, the others once released."""
    roles, held = roles_in(actor, state), held_of(state)
    return sees("minutes", roles) or ("joined" in roles and held is not None and held.released)


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
