"""Whether a step is somebody's to ask, and which ones are open to them now."""

from __future__ import annotations

from datetime import datetime

from services.mediation import commands as asked
from services.mediation.decisions import possible_commands
from services.mediation.policy.closed import closed_paper, closed_release, closed_to
from services.mediation.policy.showing import sees
from services.mediation.policy.standing import roles_in
from services.mediation.policy.tables import MAY
from services.mediation.state import Opened
from shared.access.actor import Actor
from shared.errors import NotAllowed, NotFound, Refused


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


def possible_for(actor: Actor, state: Opened, now: datetime) -> list[str]:
    """What this very person could do now, by the names of the endpoints."""
    roles = roles_in(actor, state)
    allowed = {asked.NAMES[command] for role in roles for command in MAY[role]}
    closed = closed_to(actor, state, now) | closed_release(state) | closed_paper(state)
    return sorted((allowed & possible_commands(state)) - closed)
