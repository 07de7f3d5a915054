"""Row-level security: with every filter of the code gone, nobody is shown a word or a name of another alliance."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from services.complaints import policy, storage
from services.complaints.api import reads
from services.complaints.decisions import Standing
from shared.access.actor import SYSTEM, Actor
from tests.integration.complaints.test_inquiries import a_house
from tests.integration.complaints.test_main_path import go_the_main_path
from tests.integration.complaints.test_referrals import refer
from tests.integration.complaints.town import Town, done
from tests.support.locks import check_lock, locked_tables
from tests.support.tokens import an_actor

LOCKED = {
    "cases": "alliance_id",
    "journal": "alliance_id",
    "parties": "of_alliance",
    "minor_notices": "alliance_id",
    "inquiries": "alliance_id",
    "phrases": "alliance_id",
    "surveys": "of_alliance",
    "referrals": "of_alliance",
    "return_visits": "of_alliance",
    "asks": "of_alliance",
}
WORDS = "昨晚两点又响了"


async def test_the_lock_is_on_these_tables_and_on_no_other(town: Town):
    assert await locked_tables(town.http.kit.database) == set(LOCKED)


@pytest.mark.parametrize("table", LOCKED)
async def test_a_query_without_a_filter_finds_rows_of_ones_own_alliance_alone(town: Town, table: str):
    if table in ("surveys", "return_visits"):
        await go_the_main_path(town)
    else:
        await town.in_mediation()
    if table == "minor_notices":
        await town.file(affected_under_14=True)
    if table in ("inquiries", "asks"):
        await (await a_house(town)).ask()
    if table == "referrals":
        await refer(town, await town.answered())
    if table == "phrases":
        phrase = {"used_in": "message", "title_zh": "谢谢", "text_zh": "谢谢您告诉我们。"}
        done(await town.zhou.put(f"/v1/phrases/{uuid4()}", json=phrase))

    await check_lock(town.http.kit.database, table, town.alliance_id, LOCKED[table])


async def test_given_code_that_filters_nothing_when_another_alliance_asks_then_no_word_is_found(
    town: Town, monkeypatch: pytest.MonkeyPatch
):
    case_id, path = await town.accepted(), "/v1/cases/{}/messages"
    done(await town.lin.post(path.format(case_id), json={"to": "coordinator", "text": WORDS}))
    elsewhere = town.http.as_(an_actor("coordinator", alliance_id=uuid4()))
    assert (await elsewhere.get(path.format(case_id))).status_code == 404

    async def whoever_asks(connection: Any, case_id: UUID, *, by: Actor) -> storage.Stored:
        return await read_case(connection, case_id, by=SYSTEM)

    read_case = storage.read_case
    monkeypatch.setattr(reads.storage, "read_case", whoever_asks)
    monkeypatch.setattr(policy, "standing", lambda *_: Standing("coordinator"))

    assert (await elsewhere.get(path.format(case_id))).status_code == 404
    assert WORDS in (await town.zhou.get(path.format(case_id))).text
