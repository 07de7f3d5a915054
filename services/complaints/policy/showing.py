"""What of a case is shown to whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal
from uuid import UUID

from services.complaints import events as e
from services.complaints.decisions.state import (
    Case,
    CaseFile,
    Standing,
)
from services.complaints.policy.tables import (
    LOST_BY_CONCEALMENT,
    LOST_BY_JOINING,
    NOT_FOR_SUCCESSORS,
    OTHERS_STEPS,
    PARTIES,
    SEES,
    STEPS,
    STILL_SEEN,
    Field,
)
from services.complaints.showing import is_own_or_staff
from services.complaints.terms import Identity, Role, SharedWith, Side
from shared.access.actor import Actor
from shared.clock import local_day


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
        case (
            e.SurveyRequested()
            | e.SurveyAnswered()
            | e.PartyLeft()
            | e.LeavingSpoken()
            | e.PartyInvited()
            | e.ServiceOffered()
            | e.ServiceAnswered()
        ):
            return by.role in OTHERS_STEPS[type(event)] or by.party_id == event.party_id
        case e.TakedownAsked() | e.TakenDown():
            return by.role not in PARTIES or by.role == event.side
        case e.EvidenceAdded() | e.ReadingRecorded() | e.EvidenceSealed() | e.EvidenceErased():
            return is_own_or_staff(by, event.party_id)
        case _:
            return True


def answers_to_weigh(journal: Sequence[e.Event]) -> tuple[e.SurveyAnswered, ...]:
    """What was answered before the case closed last: while somebody is waited for, nobody weighs the first word.

    Nor what was answered while it was said that it would only be counted (PIPL arts. 7, 14).
    """
    closings = (place for place, event in enumerate(journal) if isinstance(event, e.CaseClosed))
    over = journal[: max(closings, default=0)]
    return tuple(one for one in over if isinstance(one, e.SurveyAnswered) and one.told_who_reads)


def sees_comment(by: Standing, answered: e.SurveyAnswered, file: CaseFile) -> bool:
    """Whether the words of such an answer are read, too: by whoever reads the answer, if their writer agreed."""
    return sees(by, "how_it_went", file) and answered.comment_shared


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
            return sender == "mediator" or (through and sender in PARTIES and to in PARTIES)
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
