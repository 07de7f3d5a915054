"""Opaque marks of where a page ended: the sort key of its last row, for the caller to hand back as it is."""

from __future__ import annotations

import base64
import binascii
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from shared.errors import Invalid

K = TypeVar("K")


class Cursor(Generic[K]):
    """The marks of one list, whose sort key is of type `key`."""

    def __init__(self, key: Any) -> None:
        self._key: TypeAdapter[K] = TypeAdapter(key)

    def after(self, key: K) -> str:
        """What the caller gives back to have the rows after `key`."""
        return base64.urlsafe_b64encode(self._key.dump_json(key)).decode()

    def read(self, cursor: str | None) -> K | None:
        """Where the next page goes on. Raises Invalid for anything we did not make."""
        if cursor is None:
            return None
        try:
            return self._key.validate_json(base64.b64decode(cursor, altchars=b"-_", validate=True))
        except (binascii.Error, ValidationError, ValueError):
            raise Invalid("query/cursor", "bad_cursor") from None
