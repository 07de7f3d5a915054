"""What a failure means for the record that met it: try again, set aside, or wait and see."""

from __future__ import annotations

import traceback
from enum import Enum

import asyncpg
from asyncpg.exceptions import _base as asyncpg_client

from shared.contracts.envelope import Undecodable
from shared.errors import Refused
from shared.persistence.database import UNAVAILABLE


class Verdict(Enum):
    """Transient is tried for ever, permanent is a dead letter at once, unknown is one after `PATIENCE` tries."""

    TRANSIENT = "transient"
    PERMANENT = "permanent"
    UNKNOWN = "unknown"


PATIENCE = 5

_VERDICTS: tuple[tuple[tuple[type[Exception], ...], Verdict], ...] = (
    ((Undecodable, Refused), Verdict.PERMANENT),
    # The same value is refused every time. The client's own DataError (a lone surrogate, a number too
    # large) is an InterfaceError too, so this line must stand before the next.
    ((asyncpg.DataError, asyncpg_client.DataError), Verdict.PERMANENT),
    (UNAVAILABLE, Verdict.TRANSIENT),
    (
        (
            asyncpg.TransactionRollbackError,
            asyncpg.OperatorInterventionError,
            asyncpg.InsufficientResourcesError,
            asyncpg.LockNotAvailableError,
            asyncpg.IdleInTransactionSessionTimeoutError,
        ),
        Verdict.TRANSIENT,
    ),
)
"""The first line that fits decides; an error on no line is `UNKNOWN`."""


def verdict(error: Exception) -> Verdict:
    """What kind of failure `error` is."""
    return next((verdict for kinds, verdict in _VERDICTS if isinstance(error, kinds)), Verdict.UNKNOWN)


def reason(error: Exception) -> str:
    """The code under which operators find a dead letter."""
    match error:
        case Undecodable():
            return error.reason
        case Refused():
            return error.code
        case asyncpg.DataError() | asyncpg_client.DataError():
            return "value_refused"
        case _:
            return "handler_failed"


def describe(error: Exception) -> str:
    """Class and place of an error, never its words: a database's message quotes the row it refused."""
    if isinstance(error, Undecodable):
        return str(error).encode("ascii", "backslashreplace").decode().replace("\0", "")
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__module__}.{type(error).__qualname__}{place}"
