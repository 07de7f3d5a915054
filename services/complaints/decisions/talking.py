"""What is said around a case without moving it: messages through the facilitator, repeats, a look at a name."""

from __future__ import annotations

from services.complaints.commands import LogOccurrence, ReleaseMessage, RevealIdentity, SendMessage
from services.complaints.decisions import evidence
from services.complaints.decisions.exhibits import Exhibit
from services.complaints.decisions.state import Circumstances, Filed, Standing
from services.complaints.events import (
    ContactMade,
    Event,
    IdentityRevealed,
    MessageReleased,
    MessageSent,
    OccurrenceLogged,
)
from shared.errors import Invalid, NotFound, Refused


def send_message(case: Filed, command: SendMessage, at: Circumstances) -> list[Event]:
    """What one side says to the other waits for the coordinator, who lets no name or threat through."""
    sender = at.by.role
    if command.to == sender:
        raise Invalid("/to", "own_side")
    if command.to == "respondent" and (case.file.accepted_on is None or not case.file.respondents):
        raise Refused("respondent_not_reached")
    held = command.to != "coordinator" and sender in ("complainant", "respondent")
    sent = MessageSent(command.message_id, sender, command.to, command.text, held)
    return [sent, *(first_contact(case, at) if command.to == "complainant" and not held else ())]


def first_contact(case: Filed, at: Circumstances) -> list[Event]:
    """Somebody of the committee has spoken to who complained: what the contact clock was named for."""
    clock = case.file.clock("contact")
    return [ContactMade(at.today)] if clock is not None and clock.state == "running" else []


def release_message(case: Filed, command: ReleaseMessage, _: Circumstances) -> list[Event]:
    """Let through as it stands."""
    waiting = next((one for one in case.file.held if one.message_id == command.message_id), None)
    if waiting is None:
        raise NotFound
    return [MessageReleased(waiting.message_id, waiting.sender, waiting.to)]


def has_held(case: Filed, _: Circumstances) -> bool:
    """Whether a message waits."""
    return bool(case.file.held)


def log_occurrence(case: Filed, command: LogOccurrence, at: Circumstances) -> list[Event]:
    """It happened again: one tap, so that nobody must write a second complaint."""
    evidence.require_theirs(case.file, command.evidence_ids, lambda one: _may_name(one, at.by))
    return [OccurrenceLogged(command.note, command.evidence_ids)]


def _may_name(exhibit: Exhibit, by: Standing) -> bool:
    """Their own; the coordinator whatever lies there."""
    return by.role == "coordinator" or (by.party_id is not None and exhibit.party_id == by.party_id)


def reveal(_: Filed, command: RevealIdentity, __: Circumstances) -> list[Event]:
    """Every look is written down with its reason and told to the one looked at."""
    return [IdentityRevealed(command.coordinator_id, command.reason)]


def is_hidden(case: Filed, _: Circumstances) -> bool:
    """Whether there is a name that could be looked at."""
    return case.file.identity == "hidden" and bool(case.file.complainants)
