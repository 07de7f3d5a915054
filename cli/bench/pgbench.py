"""The ceiling of a filing: pgbench running the very statements that one filing runs, and nothing else.

The statements are taken from the service at work, with their arguments written into them. What differs
between two filings (ids, references, keys) is made of a number pgbench counts; so no row collides and no
round trip is added.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.local.postgres import PROGRAMS, WHEEL_SITE
from deploy.local.problems import StepFailed
from shared.persistence.database import Connection

_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_REFERENCE = r"SJ-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]"
TOKEN = re.compile(f"{_UUID}|{_REFERENCE}")
_RATE = re.compile(r"tps = ([\d.]+)")
_FAILED = re.compile(r"number of failed transactions: (\d+)")
_PER_CLIENT = 10_000_000

HELPERS = """
CREATE OR REPLACE FUNCTION bench_id(counted bigint, ordinal int) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT format('%s-%s-7%s-8%s-%s',
                  substr(t, 1, 8), substr(t, 9, 4), lpad(to_hex(ordinal), 3, '0'), substr(n, 1, 3), substr(n, 4, 12))
    FROM lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint), 12, '0') AS t, lpad(to_hex(counted), 15, '0') AS n
$$;
CREATE OR REPLACE FUNCTION bench_reference(counted bigint) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT upper(format('SJ-%s-%s-0', substr(n, 1, 4), substr(n, 5, 4))) FROM lpad(to_hex(counted), 8, '0') AS n
$$
"""
"""Ids sort by time as UUIDv7 do, so that the indexes grow at one end as they do in the service."""


@dataclass(frozen=True)
class Sent:
    """One statement as the service sent it."""

    query: str
    arguments: Sequence[Any]


async def script(connection: Connection, one: Sequence[Sent], other: Sequence[Sent]) -> str:
    """The pgbench script of what two filings have in common; what they have not is made unique.

    Raises StepFailed when they did not run the same statements.
    """
    if [sent.query for sent in one] != [sent.query for sent in other]:
        raise StepFailed("pgbench", "two filings ran different statements")
    await connection.execute(HELPERS)
    made = _Made()
    lines = [r"\set i :i + 1", rf"\set n :base + :client_id * {_PER_CLIENT} + :i"]
    for first, second in zip(one, other, strict=True):
        arguments = await _arguments(connection, first, second, made)
        lines.append(_with(first.query, arguments).strip().rstrip(";") + ";")
    return "\n".join(lines) + "\n"


def _with(query: str, arguments: Sequence[str]) -> str:
    return re.sub(r"\$(\d+)", lambda place: arguments[int(place[1]) - 1], query)


class _Made:
    """The same fresh value gets the same expression in all statements."""

    def __init__(self) -> None:
        self._ordinals: dict[str, int] = {}

    def __call__(self, token: str) -> str:
        if token.startswith("SJ-"):
            return "bench_reference(:n)"
        return f"bench_id(:n, {self._ordinals.setdefault(token, len(self._ordinals))})"


async def _arguments(connection: Connection, first: Sent, second: Sent, made: _Made) -> list[str]:
    if not first.arguments:
        return []
    types = [kind.name for kind in (await connection.prepare(first.query)).get_parameters()]
    written = []
    for kind, value, other in zip(types, first.arguments, second.arguments, strict=True):
        if value is None:
            written.append(f"NULL::{kind}")
        elif isinstance(value, int) and value != other:
            written.append(f":n::{kind}")
        else:
            text, another = [
                await connection.fetchval(f"SELECT ($1::{kind})::text", each) for each in (value, other)
            ]
            written.append(f"({_expression(text, another, made)})::{kind}")
    return written


def _expression(text: str, other: str, made: _Made) -> str:
    """The text as SQL, its tokens that the other filing does not share replaced."""
    shared = set(TOKEN.findall(other))
    pieces: list[str] = []
    end = 0
    for token in TOKEN.finditer(text):
        if token[0] in shared:
            continue
        pieces += [literal(text[end : token.start()]), made(token[0])]
        end = token.end()
    return " || ".join([*pieces, literal(text[end:])])


def literal(text: str) -> str:
    """The text as SQL: pgbench would take a colon for one of its variables, in a string too."""
    quoted = text.replace("\\", "\\\\").replace("'", "''").replace(":", "\\x3A")
    return f"E'{quoted}'"


async def run(
    url: str, file: Path, *, clients: int, seconds: int, base: int, protocol: str = "prepared"
) -> float:
    """Transactions per second. Raises StepFailed when any failed: a ceiling over errors is none."""
    process = await asyncio.create_subprocess_exec(
        str(WHEEL_SITE / PROGRAMS / "bin" / "pgbench"),
        *("--no-vacuum", f"--protocol={protocol}", f"--client={clients}", "--jobs=2", f"--time={seconds}"),
        *("-D", "i=0", "-D", f"base={base}", f"--file={file}", url),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, problems = (part.decode() for part in await process.communicate())
    rate, failed = _RATE.search(output), _FAILED.search(output)
    if process.returncode != 0 or rate is None or (failed is not None and failed[1] != "0"):
        raise StepFailed("pgbench", (problems or output)[-1500:])
    return float(rate[1])
