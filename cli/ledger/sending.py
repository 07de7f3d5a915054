"""Rows become cases through the public door: in order, a few at a time, each tried until it is answered."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import httpx

from cli.ledger.mapping import Mapping
from cli.ledger.problems import Named, RowError
from cli.ledger.reading import Row
from cli.ledger.results import Outcome, Result
from cli.people import Answered, Person

IN_FLIGHT = 4
TRIES = 8
LONGEST_PAUSE_SECONDS = 20.0
_COME_BACK = {409: ("key_in_flight",), 429: ("too_many_requests",), 503: ("unavailable",)}


@dataclass(frozen=True)
class Filing:
    """A row ready to be sent. The same `source_key` is the same case, in this run and in every later one."""

    row: int
    key: str
    source_key: str
    body: dict[str, Any]

    @property
    def idempotency_key(self) -> str:
        """A row that was corrected in the ledger is another request, though not another case."""
        content = json.dumps(self.body, sort_keys=True).encode()
        return f"{self.source_key}:{hashlib.sha256(content).hexdigest()[:16]}"


def prepared(rows: Iterable[Row], mapping: Mapping) -> Iterator[Filing | Outcome]:
    """Each row as a filing, or as the error it is; the second row of a key is an error."""
    first: dict[str, int] = {}
    for row in rows:
        key = ""
        try:
            key = mapping.key_of(row)
            if first.setdefault(key, row.number) != row.number:
                raise RowError("key_twice", " + ".join(mapping.key), str(first[key]))
            yield Filing(row.number, key, source_key(mapping.ledger, key), mapping.filing(row))
        except RowError as error:
            yield Outcome(row.number, key, "error", error=error.named)


def source_key(ledger: str, key: str) -> str:
    """Opaque, since keys of ledgers may be names or telephone numbers."""
    digest = hashlib.sha256("\n".join((ledger, key)).encode()).hexdigest()
    return f"{ledger}:{digest[:32]}"


async def outcomes(
    work: Iterable[Filing | Outcome], mapping: Mapping, clerk: Person | None
) -> AsyncIterator[Outcome]:
    """What became of each row, in the order of the rows. Without a clerk nothing is sent (dry run)."""
    window: deque[asyncio.Task[Outcome]] = deque()
    try:
        for item in work:
            window.append(asyncio.create_task(_outcome(item, mapping, clerk)))
            if len(window) == IN_FLIGHT:
                yield await window.popleft()
        while window:
            yield await window.popleft()
    finally:
        for task in window:
            task.cancel()


async def _outcome(item: Filing | Outcome, mapping: Mapping, clerk: Person | None) -> Outcome:
    if isinstance(item, Outcome):
        return item
    unsent = Outcome(item.row, item.key, "valid")
    if clerk is None:
        return unsent
    try:
        answer = await _sent(item, clerk)
    except Answered as no:
        if no.code == "already_filed":
            return replace(unsent, result="already_there", reference=no.problem["reference"])
        return replace(unsent, result="error", error=_named(no, mapping))
    except httpx.TransportError as error:
        return replace(unsent, result="error", error=Named("unavailable", about=type(error).__name__))
    result: Result = "already_there" if "Idempotent-Replayed" in answer.headers else "created"
    return replace(unsent, result=result, reference=answer.json()["reference"])


async def _sent(filing: Filing, clerk: Person) -> httpx.Response:
    """The last try's error is the row's. Trying again is safe: the key makes it the same request."""
    body = filing.body | {"source_key": filing.source_key}
    for tried in range(1, TRIES):
        try:
            return await clerk.answer("complaints", "/v1/cases", body, key=filing.idempotency_key)
        except Answered as no:
            if no.code not in _COME_BACK.get(no.status, ()):
                raise
        except httpx.TransportError:
            pass
        await asyncio.sleep(min(LONGEST_PAUSE_SECONDS, 0.25 * 2**tried))
    return await clerk.answer("complaints", "/v1/cases", body, key=filing.idempotency_key)


def _named(no: Answered, mapping: Mapping) -> Named:
    """The service's refusal, with the field in the ledger's own words."""
    errors = no.problem.get("errors") or [{}]
    field = errors[0].get("pointer", "").removeprefix("/")
    return Named(
        errors[0].get("code", no.code or str(no.status)),
        mapping.column_of(field) if field else "",
        sentence=errors[0].get("detail") or str(no.problem.get("detail", "")),
    )
