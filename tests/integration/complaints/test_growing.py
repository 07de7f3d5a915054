"""However many cases there are, a page of one case looks at that one: PostgreSQL knows where it stands, and how few
others belong to it. `shangju bench` measures it with a million; here it is asked how it would go about it.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import product
from typing import Any

import asyncpg

from cli.bench.growing import copy_case
from cli.bench.pgbench import Sent
from shared.persistence.database import MEMBER, Database
from tests.integration.complaints.town import Town, done
from tests.support.statistics import uncounted_expressions

COPIES = 10_000
GROWING = {"cases", "parties", "journal"}
FEW = 20
"""Of so many cases PostgreSQL would expect fifty where nothing was counted."""

PAGES = (
    "/v1/cases/{id}",
    "/v1/cases/{id}/history",
    "/v1/cases/{id}/messages",
    "/v1/cases/{id}/evidence",
    "/v1/me/data",
)


async def test_given_an_index_of_few_rows_then_what_its_expression_holds_is_counted_for_all(town: Town):
    assert await uncounted_expressions(town.http.kit.database) == set()


async def test_given_many_cases_when_a_page_of_one_is_shown_then_nothing_goes_through_the_others(
    town: Town, complaints_database: str
):
    case_id = await town.answered()
    withdrawn = (await town.file(town.sun))["id"]
    done(await town.sun.post(f"/v1/cases/{withdrawn}/withdraw", json={}))
    sent = await _sent(town, complaints_database, case_id)

    async with _many(complaints_database, withdrawn) as connection:
        await connection.execute(f"SET LOCAL ROLE {MEMBER}")
        await connection.fetch("SELECT set_config('shangju.alliance', $1, true)", str(town.alliance_id))
        for each in sent:
            [[told]] = await connection.fetch(f"EXPLAIN (FORMAT JSON) {each.query}", *each.arguments)
            assert list(_roundabout(json.loads(told)[0]["Plan"])) == [], each.query


async def _sent(town: Town, url: str, case_id: str) -> list[Sent]:
    """What the pages ask of cases, for both sides and the coordinator."""
    heard: list[Sent] = []

    async def listened_to(connection: Any) -> None:
        connection.add_query_logger(lambda record: heard.append(Sent(record.query, record.args)))

    pool = await asyncpg.create_pool(url, min_size=1, max_size=1, init=listened_to)
    try:
        town.http.app.state.kit = replace(town.http.kit, database=Database(pool))
        for reader, page in product((town.lin, town.ma, town.zhou), PAGES):
            done(await reader.get(page.format(id=case_id)))
    finally:
        await pool.close()
    return [one for one in heard if any(f" {table}" in one.query for table in GROWING)]


@asynccontextmanager
async def _many(url: str, case_id: str) -> AsyncIterator[Any]:
    """A connection that sees many cases more until it is closed."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("BEGIN")
        await copy_case(connection, case_id, COPIES)
        await connection.execute("ANALYZE cases, parties, journal")
        yield connection
    finally:
        await connection.close()


def _roundabout(plan: dict[str, Any]) -> Iterator[str]:
    """The parts of a plan that read a growing table from end to end, or expect many of its rows."""
    grows = plan.get("Relation Name") in GROWING
    if (plan["Node Type"] == "Seq Scan" and grows) or plan["Node Type"].startswith("Gather"):
        yield plan["Node Type"]
    elif grows and plan["Plan Rows"] > FEW:
        yield f"{plan['Node Type']} of {plan['Plan Rows']} {plan['Relation Name']}"
    for part in plan.get("Plans", ()):
        yield from _roundabout(part)
