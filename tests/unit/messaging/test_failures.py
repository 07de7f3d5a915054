"""What each kind of failure means for a record."""

from __future__ import annotations

import asyncpg
import pytest
from asyncpg.exceptions import _base as asyncpg_client

from shared.contracts.envelope import Undecodable
from shared.errors import NotNow, Refused
from shared.messaging.failures import Verdict, describe, reason, verdict


@pytest.mark.parametrize(
    "error",
    [
        ConnectionRefusedError(),
        TimeoutError(),
        asyncpg.ConnectionDoesNotExistError("gone"),
        asyncpg.InterfaceError("connection is closed"),
        asyncpg.InternalClientError("cannot switch to state 11"),
        asyncpg.AdminShutdownError("restart"),
        asyncpg.CannotConnectNowError("starting up"),
        asyncpg.SerializationError("again"),
        asyncpg.DeadlockDetectedError("again"),
        asyncpg.LockNotAvailableError("later"),
        asyncpg.QueryCanceledError("statement timeout"),
        asyncpg.DiskFullError("later"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_passes_by_itself_is_tried_for_ever(error: Exception) -> None:
    assert verdict(error) is Verdict.TRANSIENT


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Undecodable("unknown_type"), "unknown_type"),
        (Refused("no_such_place"), "no_such_place"),
        (NotNow("hear", []), "not_now"),
        (asyncpg.CharacterNotInRepertoireError("\\u0000"), "value_refused"),
        (asyncpg_client.DataError("a lone surrogate, found by the client"), "value_refused"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_fails_every_time_is_set_aside_at_once(error: Exception, code: str) -> None:
    assert verdict(error) is Verdict.PERMANENT
    assert reason(error) == code


def test_the_clients_data_error_would_pass_for_a_lost_connection() -> None:
    """Why the order of the table's lines matters."""
    assert issubclass(asyncpg_client.DataError, asyncpg.InterfaceError)


def test_an_error_nobody_named_is_unknown() -> None:
    assert verdict(ZeroDivisionError()) is Verdict.UNKNOWN
    assert verdict(asyncpg.UniqueViolationError("again?")) is Verdict.UNKNOWN


def test_a_description_says_where_and_never_what() -> None:
    try:
        raise ValueError("王小明 13812345678")
    except ValueError as error:
        described = describe(error)
    assert described.startswith("builtins.ValueError at test_a_description_says_where_and_never_what:")
    assert "138" not in described
