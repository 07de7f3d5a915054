"""Covenants: entered by staff, read by everybody, kept in every version."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from uuid import UUID, uuid4

import pytest

from shared.contracts.envelope import decode
from shared.persistence import journal
from shared.persistence.database import Database
from tests.support.http import Client
from tests.support.tokens import an_actor

FIRST: dict[str, Any] = {
    "title": "安静夜晚公约",
    "clauses": [{"number": 1, "text": "十点以后轻拿轻放。"}, {"number": 2, "text": "十点以后不卸货。"}],
    "sides": ["residents", "merchants"],
    "adopted_on": "2026-02-15",
    "meeting": {
        "kind": "joint_meeting",
        "place": "居委会活动室",
        "counts": [{"side": "residents", "present": 64, "in_favour": 59}],
    },
    "in_force_from": "2026-03-01",
}
SECOND = FIRST | {
    "follows": 1,
    "clauses": [{"number": 1, "text": "九点半以后轻拿轻放。"}, {"number": 3, "text": "门口贴电话。"}],
    "adopted_on": "2026-03-10",
    "in_force_from": "2026-04-01",
}


@pytest.fixture
def staff(client: Client, alliance_id: UUID) -> Client:
    return client.as_(an_actor("operator", alliance_id=alliance_id))


async def registered(staff: Client) -> str:
    answer = await staff.post("/v1/covenants", json=FIRST)
    assert answer.status_code == 201, answer.text
    return f"/v1/covenants/{answer.json()['id']}"


async def test_everybody_reads_what_is_in_force_and_every_version(
    client: Client, staff: Client, alliance_id: UUID
):
    path = await registered(staff)
    assert (await staff.post(f"{path}/versions", json=SECOND)).status_code == 200
    assert (await staff.post(f"{path}/filing", json={"on": "2026-03-11", "follows": 2})).status_code == 200

    [shown] = (await client.get(f"/v1/alliances/{alliance_id}/covenants")).json()["items"]
    whole = (await client.get(path)).json()
    table = await client.get(f"/v1/alliances/{alliance_id}/covenants.csv", headers={"Accept-Language": "en"})

    assert (shown["standing"], shown["version"], shown["in_force_since"]) == ("in_force", 1, "2026-03-01")
    numbers = [[clause["number"] for clause in one["clauses"]] for one in whole["versions"]]
    assert (numbers, whole["versions"][0]["filed_on"]) == ([[1, 3], [1, 2]], "2026-03-11")
    assert whole["versions"][1]["meeting"] == FIRST["meeting"]
    rows = list(csv.reader(io.StringIO(table.text.removeprefix("\ufeff"))))
    assert rows[1] == ["安静夜晚公约", "in force", "1", "2", "residents and merchants", "2026-03-01", ""]


async def test_one_that_ended_stays_to_be_read_with_its_reason(
    client: Client, staff: Client, alliance_id: UUID
):
    path = await registered(staff)
    over = {"follows": 1, "on": "2026-03-12", "reason": "联席会议决定不再续订"}
    assert (await staff.post(f"{path}/end", json=over)).status_code == 200

    [shown] = (await client.get(f"/v1/alliances/{alliance_id}/covenants")).json()["items"]
    whole = (await client.get(path)).json()
    again = await staff.post(f"{path}/versions", json=SECOND)

    assert (shown["standing"], shown["ended_on"], whole["ended_because"]) == (
        "ended",
        "2026-03-12",
        over["reason"],
    )
    assert (again.status_code, again.json()["type"]) == (409, "/problems/covenant_is_over")


async def test_a_clause_of_fines_is_refused_at_the_door_with_what_to_do(staff: Client):
    fines = FIRST | {"clauses": [{"number": 1, "text": "违者罚款一百元。"}]}
    answer = await staff.post("/v1/covenants", json=fines, headers={"Accept-Language": "en"})
    [error] = answer.json()["errors"]
    assert (answer.status_code, error["pointer"]) == (422, "/clauses/0/text")
    assert "voluntary self-discipline" in error["detail"]


async def test_it_is_nobody_elses_to_keep(client: Client, staff: Client, alliance_id: UUID):
    path = await registered(staff)
    resident = client.as_(an_actor("resident", alliance_id=alliance_id))
    elsewhere = client.as_(an_actor("coordinator", alliance_id=uuid4()))
    for to, body in {"versions": SECOND, "filing": {"on": "2026-03-11", "follows": 1}}.items():
        assert (await client.post(f"{path}/{to}", json=body)).status_code == 401
        assert (await resident.post(f"{path}/{to}", json=body)).status_code == 403
        assert (await elsewhere.post(f"{path}/{to}", json=body)).status_code == 404
        assert (await staff.post(f"/v1/covenants/{uuid4()}/{to}", json=body)).status_code == 404
    assert (await resident.post("/v1/covenants", json=FIRST)).status_code == 403
    assert (await client.get(f"/v1/covenants/{uuid4()}")).status_code == 404


async def test_each_step_is_told_without_a_word_and_the_history_is_chained(staff: Client, database: Database):
    path = await registered(staff)
    await staff.post(f"{path}/versions", json=SECOND)
    await staff.post(f"{path}/end", json={"follows": 2, "on": "2026-05-01", "reason": "另立新约"})
    covenant_id = UUID(path.rsplit("/", 1)[-1])
    async with database.reading() as connection:
        rows = await connection.fetch(
            "SELECT headers, payload FROM outbox WHERE aggregateid = $1 ORDER BY position", covenant_id
        )
        entries = await connection.fetch(
            "SELECT * FROM journal WHERE aggregate_id = $1 ORDER BY version", covenant_id
        )
        head = await connection.fetchrow("SELECT version, head FROM covenants WHERE id = $1", covenant_id)
    told = [
        decode([(k, v.encode()) for k, v in json.loads(row["headers"]).items()], row["payload"]).data
        for row in rows
    ]
    assert [type(one).__name__ for one in told] == ["CovenantAdopted", "CovenantAdopted", "CovenantEnded"]
    assert not any("公约" in one.model_dump_json() or "轻拿" in one.model_dump_json() for one in told)
    assert head is not None
    chain = map(journal.from_row, entries)
    assert journal.verify(chain, expected_version=head["version"], expected_head=head["head"]) is None
