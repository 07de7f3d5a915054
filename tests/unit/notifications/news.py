"""Events of every contract, made up from the contract's own fields."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin
from uuid import UUID, uuid4

from pydantic import BaseModel

from services.notifications.rules import LINES, SILENCES
from shared.contracts import complaints, mediation
from shared.contracts.complaints import Party
from shared.contracts.envelope import REGISTRY, Contract
from shared.contracts.erasure import ErasureAnswer
from shared.contracts.mediation import SessionPart

CONTRACTS = sorted(
    (
        contract
        for contract in REGISTRY.values()
        if contract.__module__ in (complaints.__name__, mediation.__name__)
        and not issubclass(contract, ErasureAnswer)
    ),
    key=lambda contract: contract.TYPE,
)
LIN, SUN, MA, ZHOU, GU, HAN, FENG = (
    UUID(f"aaaaaaaa-0000-7000-8000-00000000000{number}") for number in range(1, 8)
)
"""Two complainants, the respondent, the coordinator, the mediator, another mediator, a guest at the session."""

PARTIES = (
    Party(member_id=LIN, side="complainant"),
    Party(member_id=SUN, side="complainant"),
    Party(member_id=MA, side="respondent"),
)
THURSDAY = date(2026, 3, 5)
AFTERNOON = datetime(2026, 3, 24, 6, tzinfo=UTC)

_KNOWN = {
    "sha256": "ab" * 32,
    "parties": PARTIES,
    "mediator_id": GU,
    "proposed_id": HAN,
    "owner_id": MA,
    "member_id": LIN,
    "to": (MA,),
    "guests": (FENG,),
    "reference": "SJ-7K3M-9QX4-C",
    "room": "ROOM-1",
    "room_name": "调解一室",
    "uid": "A1",
    "ends_at": AFTERNOON.replace(hour=7, minute=30),
    "parts": (),
}


APART: dict[str, Any] = {
    "ends_at": AFTERNOON.replace(hour=8, minute=30),
    "parts": (
        SessionPart(side="respondent", starts_at=AFTERNOON, ends_at=AFTERNOON.replace(hour=7)),
        SessionPart(
            side="complainant",
            starts_at=AFTERNOON.replace(hour=7, minute=30),
            ends_at=AFTERNOON.replace(hour=8, minute=30),
        ),
    ),
}
"""A session held apart: in Shanghai MA from 14:00 to 15:00, LIN and SUN from 15:30 to 16:30."""


def an_event(contract: type[BaseModel], **changes: Any) -> Any:
    """An event of this contract, all its fields filled."""
    fields = {name: _value(name, field.annotation) for name, field in contract.model_fields.items()}
    return contract(**fields | changes)


def every_event() -> list[Contract]:
    """Each contract, with each value of the fields that the table asks about."""
    return [an_event(contract, **choice) for contract in CONTRACTS for choice in _asked_about(contract)]


def _asked_about(contract: type[Contract]) -> list[dict[str, object]]:
    names = {name for entry in (*LINES, *SILENCES) if entry.event is contract for name in entry.when}
    return [
        {name: value} for name in names for value in _choices(contract.model_fields[name].annotation)
    ] or [{}]


def _choices(annotation: Any) -> tuple[object, ...]:
    if annotation is bool:
        return (False, True)
    return get_args(annotation) if get_origin(annotation) is Literal else ()


def _value(name: str, annotation: Any) -> Any:
    if name in _KNOWN:
        return _KNOWN[name]
    if get_origin(annotation) in (Union, UnionType):
        annotation = next(one for one in get_args(annotation) if one is not type(None))
    if get_origin(annotation) is tuple:
        return (_value(name, get_args(annotation)[0]),)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return an_event(annotation)
    made = {UUID: uuid4(), date: THURSDAY, datetime: AFTERNOON, int: 1}
    return (_choices(annotation) or (made.get(annotation, "something"),))[0]
