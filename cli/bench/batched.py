"""The ceiling of a consumer: pgbench running the very statements of one of its batches, and nothing else.

As in pgbench.py they are taken from the service at work. Each is prepared once, as asyncpg does it, and executed
for every message of the batch; the ids that differ between two messages are made of a number pgbench counts.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cli.bench.pgbench import TOKEN, Sent, literal
from deploy.local.problems import StepFailed
from shared.persistence.database import Connection

BEGIN, CLAIM, COMMIT = "BEGIN;", "INSERT INTO inbox", "COMMIT;"

_FIRST = 100_000_000_000
_PER_CLIENT = 1_000_000_000
"""Numbers of as many digits as the last group of an id has."""

_ID = re.compile(r"<id (\d+)>")


@dataclass(frozen=True)
class Batch:
    """One transaction of a consumer: whose role it takes, the inbox, and what is said for each message."""

    role: Sent
    claim: Sent
    messages: Sequence[Sequence[Sent]]


def batches(heard: Sequence[Sent]) -> Iterator[Batch]:
    """Those that one connection was heard to send. Raises StepFailed for messages that are not alike."""
    opened: list[Sent] = []
    for sent in heard:
        opened.append(sent)
        if sent.query == COMMIT:
            yield from _batch(opened)
            opened = []


def _batch(sent: Sequence[Sent]) -> Iterator[Batch]:
    """Nothing for a transaction that claims no events."""
    match sent:
        case [role, Sent(query="BEGIN;"), claim, *effects, _] if CLAIM in claim.query:
            each = len(effects) // len(claim.arguments[1])
            messages = [effects[place : place + each] for place in range(0, len(effects), each)]
            if any(_queries(message) != _queries(messages[0]) for message in messages):
                raise StepFailed("pgbench", "two messages of a batch ran different statements")
            yield Batch(role, claim, messages)


def _queries(message: Sequence[Sent]) -> list[str]:
    return [sent.query for sent in message]


async def script(connection: Connection, batch: Batch, *, size: int) -> str:
    """The pgbench script of a batch of so many messages, each like the last of `batch`, which has two at least.

    It keeps to pgbench's simple protocol, where a number may stand inside a string: so an id costs the server its
    reading and nothing more.
    """
    *_, other, one = batch.messages
    fresh = _Fresh()
    says = [await _call(connection, sent, like, fresh=fresh) for sent, like in zip(one, other, strict=True)]
    role = await _call(connection, batch.role, batch.role, fresh=fresh)
    claim = _claim(batch.claim.arguments, size=size, fresh=fresh)
    statements = [batch.role.query, batch.claim.query, *_queries(one)]
    lines = [
        r"\if :i = 0",
        *(f"PREPARE s{number} AS {query.strip().rstrip(';')};" for number, query in enumerate(statements)),
        r"\endif",
        rf"\set m0 {_FIRST} + :base + :client_id * {_PER_CLIENT} + :i * {size}",
        *(rf"\set m{place} :m0 + {place}" for place in range(1, size)),
        r"\set i :i + 1",
        f"EXECUTE s0{role};",
        BEGIN,
        f"EXECUTE s1{claim};",
        *(
            f"EXECUTE s{number}{_numbered(call, place)};"
            for place in range(size)
            for number, call in enumerate(says, start=2)
        ),
        COMMIT,
    ]
    return "\n".join(lines) + "\n"


def _claim(arguments: Sequence[Any], *, size: int, fresh: _Fresh) -> str:
    """The inbox's arguments for so many events, each like the last."""
    written = []
    for value in arguments:
        if isinstance(value, list):
            last = TOKEN.sub(lambda one: fresh(one[0]), str(value[-1]))
            written.append(f"'{{{','.join(_numbered(last, place) for place in range(size))}}}'")
        else:
            written.append(literal(value))
    return f"({', '.join(written)})"


class _Fresh:
    """The same fresh id is the same place to be filled in all statements."""

    def __init__(self) -> None:
        self._ordinals: dict[str, int] = {}

    def __call__(self, token: str) -> str:
        return f"<id {self._ordinals.setdefault(token, len(self._ordinals))}>"


async def _call(connection: Connection, sent: Sent, like: Sent, *, fresh: _Fresh) -> str:
    """The arguments as EXECUTE takes them, a place left for each id that the like message does not share."""
    kinds = [kind.name for kind in (await connection.prepare(sent.query)).get_parameters()]
    written = []
    for kind, value, other in zip(kinds, sent.arguments, like.arguments, strict=True):
        if value is None:
            written.append("NULL")
            continue
        text, shared = [
            await connection.fetchval(f"SELECT ($1::{kind})::text", each) for each in (value, other)
        ]
        known = set(TOKEN.findall(shared))
        written.append(literal(TOKEN.sub(lambda one: one[0] if one[0] in known else fresh(one[0]), text)))  # noqa: B023
    return f"({', '.join(written)})" if written else ""


_STAMP = f"{time.time_ns() // 1_000_000:012x}"


def _numbered(call: str, place: int) -> str:
    """Ids sort by number, as UUIDv7 do by time: the indexes grow at one end as they do in the service."""
    return _ID.sub(lambda found: f"{_STAMP[:8]}-{_STAMP[8:]}-7{int(found[1]):03x}-8000-:m{place}", call)
