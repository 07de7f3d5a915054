"""What a command may be answered with instead of events. Only the HTTP door knows status codes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


class Refused(Exception):
    """A named refusal; `data` is what the sentence in the message catalogue speaks of."""

    def __init__(self, code: str, **data: Any) -> None:
        super().__init__(code)
        self.code = code
        self.data = data


class NotNow(Refused):
    """The command exists, but not in this state; says what would be possible."""

    def __init__(self, stage: str, possible: Iterable[str], code: str = "not_now") -> None:
        super().__init__(code, stage=stage, possible=sorted(possible))


class NotFound(Refused):
    """Not there, or not yours: the answer is the same, so that existence does not leak (OWASP API1)."""

    def __init__(self) -> None:
        super().__init__("not_found")


class NotAllowed(Refused):
    """The actor sees the object, but this action belongs to another role."""

    def __init__(self) -> None:
        super().__init__("not_allowed")


class Invalid(Refused):
    """A well-formed request whose field names something that cannot be; `field` is its JSON pointer."""

    def __init__(self, field: str, code: str, **data: Any) -> None:
        super().__init__(code, **data)
        self.field = field
