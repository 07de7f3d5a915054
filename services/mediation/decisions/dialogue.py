"""平等交流 and 换位思考: both sides have the word, and each says what the other needs until the other says yes."""

from __future__ import annotations

from dataclasses import replace

from services.mediation import events as happened
from services.mediation.commands import AnswerRestatement, LogExchange, RecordFinding, RestateInterest
from services.mediation.decisions.moves import not_now
from services.mediation.events import Event
from services.mediation.state import (
    Dialogue,
    Drafting,
    Finding,
    Mediation,
    Restatement,
    Signing,
    other_side,
)
from shared.errors import NotFound, Refused

Talking = LogExchange | RestateInterest | AnswerRestatement | RecordFinding

Talked = (
    happened.ExchangeLogged
    | happened.InterestRestated
    | happened.RestatementAnswered
    | happened.FindingRecorded
)


def decide(state: Mediation, command: Talking) -> list[Event]:
    """Kept after the session, until the agreement binds. Sides heard apart restate nothing to each other."""
    if not isinstance(state, Drafting | Signing):
        raise not_now(state)
    match command:
        case LogExchange(spoken=spoken):
            return [happened.ExchangeLogged(spoken)]
        case RestateInterest():
            if state.matter.separate:
                raise Refused("talks_apart")
            return [happened.InterestRestated(command.side, command.text)]
        case AnswerRestatement():
            return [_answered(state, command)]
        case RecordFinding(point=point, established=established):
            return [happened.FindingRecorded(Finding(point, established))]


def _answered(state: Drafting | Signing, command: AnswerRestatement) -> Event:
    party = state.matter.party(command.party)
    if party is None:
        raise NotFound
    restated = unanswered(state.held.dialogue, to=party.side)
    if restated is None:
        raise Refused("nothing_restated")
    return happened.RestatementAnswered(restated.side, command.party, command.right)


def unanswered(dialogue: Dialogue, *, to: str) -> Restatement | None:
    """What the other side said of this one's needs, while nobody has said whether it is right."""
    return next((one for one in dialogue.restated if other_side(one.side) == to and one.right is None), None)


def evolve(dialogue: Dialogue, event: Talked) -> Dialogue:
    """The latest log and the latest restatement of a side hold; findings are added."""
    match event:
        case happened.ExchangeLogged(spoken):
            return replace(dialogue, spoken=spoken)
        case happened.InterestRestated(side, text):
            return _restated(dialogue, Restatement(side, text))
        case happened.RestatementAnswered(side, party, right):
            said = dialogue.restated_by(side)
            assert said is not None  # noqa: S101
            return _restated(dialogue, replace(said, answered_by=party, right=right))
        case happened.FindingRecorded(finding):
            return replace(dialogue, findings=(*dialogue.findings, finding))


def _restated(dialogue: Dialogue, restated: Restatement) -> Dialogue:
    others = tuple(one for one in dialogue.restated if one.side != restated.side)
    return replace(dialogue, restated=(*others, restated))
