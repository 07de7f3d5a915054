"""What can be wrong with a ledger as a whole, and with one row of it."""

from __future__ import annotations

from dataclasses import dataclass


class Unusable(Exception):
    """The file or the mapping as a whole; nothing was sent. `code` has a sentence in the catalogue."""

    def __init__(self, code: str, **data: object) -> None:
        super().__init__(code)
        self.code = code
        self.data = data


@dataclass(frozen=True)
class Named:
    """Why one row did not become a case. `sentence` is filled in where the service itself said why."""

    code: str
    field: str = ""
    about: str = ""
    sentence: str = ""


class RowError(Exception):
    """A row that cannot be sent as it stands."""

    def __init__(self, code: str, field: str, about: str = "") -> None:
        super().__init__(code)
        self.named = Named(code, field, about[:80])
