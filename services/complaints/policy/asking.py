"""Whether a step is somebody's to ask, and whose word a case waits for."""

from __future__ import annotations

from services.complaints import commands as c
from services.complaints.decisions.state import (
    Acting,
    AwaitingAnswer,
    AwaitingRoute,
    AwaitingService,
    AwaitingTriage,
    AwaitingVisits,
    Case,
    CaseFile,
    Circumstances,
    Closed,
    Deliberating,
    Standing,
    State,
    Supervised,
    Surveyed,
)
from services.complaints.decisions.table import possible_commands
from services.complaints.policy.tables import MAY
from services.complaints.terms import Role
from shared.errors import NotAllowed, NotFound


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
    return by.role in MAY[kind] and (not by.alone or kind is c.WithdrawCase)


def possible(case: State, at: Circumstances) -> list[str]:
    """The commands this caller could ask now, by the words in their addresses."""
    return [c.NAMES[command] for command in possible_commands(case, at) if may(at.by, command)]


def waits_for(case: Case) -> frozenset[Role]:
    """The roles whose word the case waits for: it stands in their list of what needs them."""
    held = case.file.held or (case.file.group and case.file.group.held)
    roles: set[Role] = {"coordinator"} if held else set()
    roles |= _waits_after_leaving(case) | _waits_for_pledges(case)
    match case:
        case AwaitingTriage() | AwaitingRoute():
            roles |= {"coordinator"}
            roles |= {"respondent"} if any(one.is_awaited for one in case.file.added) else set()
        case AwaitingService(file) | AwaitingAnswer(file):
            roles |= {"respondent"} if file.respondents else {"coordinator"}
        case Deliberating(settled_by=(first,)) if case.path != "mediation":
            roles |= {"respondent" if first == "complainant" else "complainant"}
        case Surveyed(file, surveys):
            asked = [one.party_id for one in surveys if not one.is_answered]
            roles |= {side for one in asked if (side := file.side_of(one))}
            roles |= {"former"} if any(file.former_party(one) for one in asked) else set()
    return frozenset(roles)


def _waits_for_pledges(case: Case) -> set[Role]:
    """Whoever pledged says when it is done, and whoever it is owed to whether they want it, and whether it is.

    For whom pledged without an account the coordinator asks; what was settled and is not kept is theirs to look at.
    """
    pledges = () if isinstance(case, Closed) else case.file.pledges
    owed = [one for one in pledges if one.status in ("wanted", "disputed")]
    waits: dict[Role, bool] = {
        "complainant": any(one.status == "offered" for one in pledges),
        "respondent": any(one.party_id is not None for one in owed),
        "coordinator": any(one.party_id is None and one.owed_by is None for one in owed)
        or any(one.is_broken for one in pledges),
    }
    said_done = {one.owed_to for one in pledges if one.status == "proven"}
    settled = {one.owed_by for one in owed if one.owed_by is not None}
    return {role for role, is_so in waits.items() if is_so} | said_done | settled


def _waits_after_leaving(case: Case) -> set[Role]:
    """For the wish of who moved out, the answer of who came after, and whoever asks them where a side is empty."""
    file = case.file
    if isinstance(case, Closed | AwaitingVisits | Surveyed):
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
