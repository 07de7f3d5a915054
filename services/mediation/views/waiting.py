"""What a mediation waits for from one person: the words they owe, and what they promised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Literal

from services.mediation import policy
from services.mediation.decisions.reminding import words_owed
from services.mediation.state import Opened, Word, commitments_of, guests_of
from shared.access.actor import Actor

Wait = Word | Literal["invitation", "performance"]
"""A word that somebody is reminded of; whether a guest comes; and what was promised and is not said to be done."""

GIVEN_BY: Mapping[Wait, str] = {
    "consent": "consent",
    "slots": "answers",
    "guest": "invite/agree",
    "choice": "default-path",
    "signature": "sign",
    "opt_in": "opt-in",
    "confirmation": "confirm",
    "court": "confirm-in-court",
    "invitation": "invite/answer",
    "performance": "proof",
}
"""The step that gives it: where that is not possible, nobody is asked for it."""


def waits_for(actor: Actor, state: Opened, now: datetime) -> list[Wait]:
    """What this very person is asked now, in the order in which it is asked."""
    possible = policy.possible_for(actor, state, now)
    return [wait for wait in dict.fromkeys(_owed_by(actor, state)) if GIVEN_BY[wait] in possible]


def _owed_by(actor: Actor, state: Opened) -> Iterator[Wait]:
    yield from (owed.word for owed in words_owed(state) if actor.member_id in owed.by)
    if any(one.member_id == actor.member_id and one.comes is None for one in guests_of(state)):
        yield "invitation"
    me = actor.member_id and state.matter.party(actor.member_id)
    for one in commitments_of(state):
        if me and one.promise.owner_side == me.side and one.status in ("open", "disputed"):
            yield "performance"
