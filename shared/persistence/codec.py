"""How states and private events are kept as rows: the class's name beside its JSON."""

from __future__ import annotations

from typing import Any, Generic, TypeVar, get_args

from pydantic import TypeAdapter

T = TypeVar("T")


class Codec(Generic[T]):
    """Writes and reads the members of one union of frozen dataclasses."""

    def __init__(self, union: Any) -> None:
        self._members = {member.__name__: member for member in get_args(union) or (union,)}
        self._adapters: dict[str, TypeAdapter[T]] = {}

    def dump(self, value: T) -> tuple[str, bytes]:
        """The row's type and its canonical bytes; the journal's hashes are made over just these bytes."""
        name = type(value).__name__
        return name, self._adapter(name).dump_json(value)

    def load(self, name: str, raw: str | bytes) -> T:
        """The value a row holds. Raises KeyError for a type this version does not know."""
        return self._adapter(name).validate_json(raw)

    def _adapter(self, name: str) -> TypeAdapter[T]:
        """Made when first needed: no process reads them all, and each would add to its start and its memory."""
        if name not in self._adapters:
            self._adapters[name] = TypeAdapter(self._members[name])
        return self._adapters[name]
