"""What stands on the door of a room, put in where a contract names the room by its mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import TypeAdapter, ValidationError

from shared.contracts.envelope import Contract, DoorSign

_SIGNS: TypeAdapter[str] = TypeAdapter(DoorSign)


def named(contracts: Sequence[Contract], names: Mapping[str, str]) -> list[Contract]:
    """The same with what stands on the door of the room; a name that may not leave leaves its mark alone."""
    return [_at_its_door(one, names) for one in contracts]


def _at_its_door(contract: Contract, names: Mapping[str, str]) -> Contract:
    name = names.get(getattr(contract, "room", None) or "")
    try:
        return (
            contract
            if name is None
            else contract.model_copy(update={"room_name": _SIGNS.validate_python(name)})
        )
    except ValidationError:
        return contract
