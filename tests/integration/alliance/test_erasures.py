"""Having oneself erased: confirmed by a code, weighed by the others, gone here, and a receipt that needs no account."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.alliance import consumers
from services.alliance.commands import NewOccupancy
from services.alliance.storage.register import lock_member
from shared.contracts import complaints, mediation, notifications
from shared.contracts.envelope import Contract, Envelope
from shared.contracts.erasure import Erased, Kept, Obligation
from shared.ids import new_id
from shared.persistence import journal
from shared.persistence.database import Database
from tests.integration.alliance.conftest import CodeFor, MailsTo, Register, Somebody
from tests.integration.alliance.test_journal_and_bus import TODAY, entries_of, unit_of
from tests.support.http import Client, SetClock
from tests.support.strangers import about as about_doors
from tests.support.strangers import ask as ask_all
from tests.support.strangers import strangers
from tests.support.tokens import ALLIANCE, an_actor

RUNS = Obligation(ground="open_case", reference="SJ-7K3M-9QX4-C")


@pytest.fixture
async def lin(database: Database, register: Register) -> Somebody:
    """She lives somewhere, under a name nobody else has."""
    stay = NewOccupancy(uuid4(), await unit_of(database), "lives", TODAY)
    return await register(name=f"林{uuid4().hex[:8]}", occupancies=(stay,))


async def asked(client: Client, lin: Somebody, mails_to: MailsTo) -> dict[str, Any]:
    answer = await client.as_(lin.actor).post("/v1/me/erasure/codes", json={}, key=None)
    assert answer.status_code == 202, answer.text
    mail = (await mails_to(lin.contact))[0]["text"]
    [code] = [line for line in mail.splitlines() if line.isdecimal()]
    as_read_aloud = f"{code[:3]} {code[3:]}"
    answer = await client.as_(lin.actor).post("/v1/me/erasure", json={"code": as_read_aloud}, key=None)
    assert answer.status_code == 202, answer.text
    said: dict[str, Any] = answer.json()
    return said


async def tell(client: Client, told: Contract, *, times: int = 1) -> None:
    """Another service's event, as often as it may come."""
    [subscription] = consumers.subscriptions(client.kit)
    event = Envelope(new_id(), "/services/tests", client.kit.clock.now(), ALLIANCE, 1, told)
    for _ in range(times):
        async with client.kit.database.transaction() as tx:
            await subscription.handlers[told.TYPE](tx, event)


async def about(database: Database, lin: Somebody) -> dict[str, Any]:
    """Which erasure the others were asked about."""
    async with database.reading() as connection:
        erasure_id = await connection.fetchval(
            "SELECT id FROM erasures WHERE member_id = $1 ORDER BY asked_at DESC LIMIT 1", lin.id
        )
    return {"member_id": lin.id, "alliance_id": ALLIANCE, "erasure_id": erasure_id}


async def told(database: Database, lin: Somebody) -> list[tuple[str, bytes | None]]:
    async with database.reading() as connection:
        rows = await connection.fetch(
            "SELECT type, payload FROM outbox WHERE aggregateid = $1 ORDER BY position", lin.id
        )
    return [(row["type"].split(".")[3], row["payload"]) for row in rows]


async def looked_up(client: Client, number: str) -> dict[str, Any]:
    answer = await client.post("/v1/erasures/lookups", json={"number": number}, key=None)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def everywhere(database: Database) -> str:
    """The whole database as text."""
    async with database.reading() as connection:
        tables = await connection.fetch(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
        )
        rows = [await connection.fetch(f"SELECT * FROM {table['table_name']}") for table in tables]
    values = [value for found in rows for row in found for value in row.values()]
    return "\n".join(
        value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value) for value in values
    )


async def test_nobody_is_erased_while_anything_stands_against_it(
    client: Client, database: Database, lin: Somebody, mails_to: MailsTo
) -> None:
    number = (await asked(client, lin, mails_to))["number"]
    asking = await about(database, lin)
    await tell(client, mediation.ErasureWeighed(**asking), times=2)
    assert (await looked_up(client, number))["waits_for"] == ["complaints"]
    await tell(client, complaints.ErasureWeighed(**asking, obligations=(RUNS,)), times=2)

    found = await looked_up(client, f" {number.lower().replace('-', ' ')} ")

    assert (found["status"], found["obligations"]) == ("refused", [{**RUNS.model_dump(), "until": None}])
    assert "number" not in found
    assert (await client.as_(lin.actor).get("/v1/me")).json()["display_name"].startswith("林")
    assert "erasure_granted" not in [type_ for type_, _ in await told(database, lin)]


async def test_whoever_is_erased_is_nowhere_and_the_history_still_holds(
    client: Client, database: Database, lin: Somebody, mails_to: MailsTo
) -> None:
    before = json.dumps((await client.as_(lin.actor).get("/v1/me/data")).json(), ensure_ascii=False)
    assert lin.contact in before
    name = json.loads(before)["member"]["display_name"]
    number = (await asked(client, lin, mails_to))["number"]
    asking = await about(database, lin)
    for free in (complaints.ErasureWeighed(**asking), mediation.ErasureWeighed(**asking)):
        await tell(client, free, times=2)

    assert (await looked_up(client, number))["waits_for"] == ["complaints", "mediation", "notifications"]
    sent = await told(database, lin)
    assert [type_ for type_, _ in sent[-3:]] == ["occupancy_ended", "contact_erased", "erasure_granted"]
    assert dict(sent)["contact_erased"] is None
    dump = await everywhere(database)
    assert name not in dump
    assert lin.contact not in dump
    entries = await entries_of(database, lin.id)
    async with database.transaction() as tx:
        entry = await lock_member(tx, lin.id)
    assert journal.verify(entries, expected_version=entry.version, expected_head=entry.head) is None
    assert (await client.as_(lin.actor).get("/v1/me")).status_code == 401
    staff = client.as_(an_actor("coordinator"))
    assert (await staff.get(f"/v1/members/{lin.id}")).status_code == 404

    words, file = Erased(what="words", count=3), Kept(what="mediation_file", ground="mediation_archive")
    for done in (
        complaints.PersonErased(**asking, on=TODAY, erased=(words,)),
        mediation.PersonErased(**asking, on=TODAY, kept=(file,)),
        notifications.PersonErased(**asking, on=TODAY),
    ):
        await tell(client, done, times=2)
    found = await looked_up(client, number)
    assert (found["status"], found["waits_for"]) == ("completed", [])
    parts = {part["service"]: part for part in found["parts"]}
    assert parts["complaints"]["erased"] == [words.model_dump()]
    assert parts["mediation"]["kept"][0]["ground"] == "mediation_archive"
    assert {one["what"] for one in parts["alliance"]["erased"]} >= {"account", "contact", "occupancies"}
    again = await staff.post(f"/v1/members/{lin.id}/erasure", json={"consent": "written"})
    assert again.status_code == 404, again.text


async def test_without_the_right_code_nothing_begins(
    client: Client, database: Database, lin: Somebody, code_for: CodeFor
) -> None:
    sign_in_code = await code_for(lin.contact)
    for code in ("000000", sign_in_code):
        answer = await client.as_(lin.actor).post("/v1/me/erasure", json={"code": code}, key=None)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/code")
    assert (await about(database, lin))["erasure_id"] is None


async def test_whoever_holds_an_office_is_told_to_give_it_back_first(
    client: Client, register: Register, mails_to: MailsTo
) -> None:
    gu = await register("resident", "mediator")
    await client.as_(gu.actor).post("/v1/me/erasure/codes", json={}, key=None)
    mail = (await mails_to(gu.contact))[0]["text"]
    [code] = [line for line in mail.splitlines() if line.isdecimal()]
    answer = await client.as_(gu.actor).post("/v1/me/erasure", json={"code": code}, key=None)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/holds_office")


async def test_staff_see_what_is_stuck_and_not_whose_it_is(
    client: Client, lin: Somebody, mails_to: MailsTo, clock: SetClock
) -> None:
    number = (await asked(client, lin, mails_to))["number"]
    clock.advance(timedelta(hours=25))

    listed = await client.as_(an_actor("coordinator")).get("/v1/erasures")

    assert any(
        one["late"] and one["waits_for"] == ["complaints", "mediation"] for one in listed.json()["items"]
    )
    assert str(lin.id) not in listed.text
    assert number not in listed.text
    assert (await client.as_(lin.actor).get("/v1/erasures")).status_code == 403


async def test_a_wrong_number_shows_nothing(client: Client) -> None:
    answer = await client.post("/v1/erasures/lookups", json={"number": "7K3M-9QX4-CT2F"}, key=None)
    assert answer.status_code == 404


async def test_staff_ask_for_whoever_has_no_mail_and_nobody_else_can(
    client: Client, database: Database, lin: Somebody
) -> None:
    doors = about_doors(client, "/v1/members/{id}/erasure", consent="written")
    everybody = strangers(ALLIANCE, let_in=("coordinator", "operator"))
    found = await ask_all(client, doors, lin.id, everybody)
    assert (len(doors), found.told_apart) == (1, [])
    own = await client.as_(lin.actor).post(f"/v1/members/{lin.id}/erasure", json={"consent": "written"})
    assert own.status_code == 403
    assert (await about(database, lin))["erasure_id"] is None

    said = {"consent": "told_in_person"}
    answer = await client.as_(an_actor("coordinator")).post(f"/v1/members/{lin.id}/erasure", json=said)

    assert (answer.status_code, answer.json()["status"]) == (202, "weighing")
    assert (await looked_up(client, answer.json()["number"]))["waits_for"] == ["complaints", "mediation"]
    entries = await entries_of(database, (await about(database, lin))["erasure_id"])
    assert json.loads(entries[0].payload or b"")["consent"] == "told_in_person"
    assert entries[0].actor_role == "coordinator"
