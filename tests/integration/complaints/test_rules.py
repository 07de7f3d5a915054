"""An alliance's own rules: set while the system runs, used by the next command, kept for ever."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from services.complaints.rules import rule_table
from shared.charter.storage import Charters
from shared.contracts.notifications import NoticeDelivered
from tests.integration.complaints.town import Town, done, member_of
from tests.support.http import Client
from tests.support.tokens import an_actor


async def put(by: Client, rule_id: str, figure: Any, since: str = "2026-03-12", **more: Any) -> Any:
    form = {"value": figure, "effective_from": since, **more}
    return await by.put(f"/v1/rules/{rule_id}", json=form)


async def test_the_next_filing_counts_by_the_new_rule_and_the_last_keeps_its_day(town: Town):
    before = await town.file()
    set_ = done(await put(town.zhou, "triage", 1, source="联盟会议 2026-03-12"))
    assert (set_["value"], set_["own"], set_["set_by"]) == (1, True, str(member_of(town.zhou)))
    after = await town.file(description="又来了。")
    assert (before["due"], after["due"]) == ("2026-03-16", "2026-03-13")
    assert done(await town.zhou.get(f"/v1/cases/{before['id']}"))["due"] == "2026-03-16"


async def test_another_process_uses_the_new_rule_for_its_next_command(town: Town):
    """Its copy was read before the rule was set; the revision in its own statement says that it is old."""
    done(await put(town.zhou, "triage", 3))
    await town.file()
    there = Charters(rule_table())
    async with town.http.kit.database.reading() as connection:
        old = await there.current(connection, town.alliance_id)
        assert old.rules.in_force("triage", town.clock.now().date()).value == 3
        done(await put(town.zhou, "triage", 1))
        new = await there.current(connection, town.alliance_id)
    assert new.rules.in_force("triage", town.clock.now().date()).value == 1


async def test_timers_count_by_the_alliances_rules(town: Town):
    """A mail that was taken counts as served a while later: then a timer begins the answer's clock."""
    case_id = await town.accepted()
    done(await put(town.zhou, "answer", 2, since="2026-03-14"))
    await town.tell(
        NoticeDelivered(
            case_id=UUID(case_id),
            alliance_id=town.alliance_id,
            notice_id=uuid4(),
            recipient_id=member_of(town.ma),
            kind="case_accepted",
            channel="mail",
            result="accepted",
        )
    )
    await town.later(hours=25)
    clocks = done(await town.zhou.get(f"/v1/cases/{case_id}"))["clocks"]
    assert {clock["name"]: clock["until"] for clock in clocks}["answer"] == "2026-03-17"


async def test_another_alliance_knows_nothing_of_it(town: Town):
    done(await put(town.zhou, "triage", 1))
    stranger = town.http.as_(an_actor("coordinator", alliance_id=uuid4()))
    rules = done(await stranger.get("/v1/rules"))["items"]
    assert {row["rule_id"]: row["own"] for row in rules}["triage"] is False


async def test_a_rule_of_the_law_stays_as_it_is(town: Town):
    refused = done(await put(town.zhou, "mediation", 3), 409)
    assert refused["type"] == "/problems/rule_is_law"
    assert "人民调解工作若干规定" in refused["detail"]


async def test_rules_are_set_by_those_who_may(town: Town):
    operator = town.http.as_(an_actor("operator", alliance_id=town.alliance_id))
    done(await put(operator, "triage", 4))
    for nobody in (town.lin, town.ma, town.gu, town.xu):
        done(await put(nobody, "triage", 1), 403)
    assert (await town.zhou.put("/v1/rules/triage", key=None, json={})).status_code in (400, 422)
    assert (await town.http.get("/v1/rules")).status_code == 401


async def test_what_is_wrong_is_named(town: Town):
    async def pointer(rule_id: str, figure: Any, since: str = "2026-03-12") -> str:
        return done(await put(town.zhou, rule_id, figure, since), 422)["errors"][0]["pointer"]

    assert await pointer("triage", 0) == "/value"
    assert await pointer("triage", "3") == "/value"
    assert await pointer("triage", 1.5) == "/value"
    assert await pointer("triage", True) == "/value"
    assert await pointer("survey_after", "never") == "/value"
    assert await pointer("survey_after", 1) == "/value"
    assert await pointer("household_floor", 1) == "/value"
    assert await pointer("triage", 2, "2026-03-11") == "/effective_from"
    done(await put(town.zhou, "unheard_of", 2), 404)


async def test_rules_are_shown_for_a_day_and_with_their_history(town: Town):
    done(await put(town.zhou, "survey", 10, since="2026-06-01"))

    async def survey(on: str, by: Client) -> dict[str, Any]:
        rows = done(await by.get(f"/v1/rules?on={on}"))["items"]
        return next(row for row in rows if row["rule_id"] == "survey")

    assert (await survey("2026-05-31", town.lin))["value"] == 7
    later = await survey("2026-06-01", town.lin)
    assert (later["value"], later["own"], later["set_by"]) == (10, True, None)
    history = done(await town.zhou.get("/v1/rules/survey"))["items"]
    assert [row["value"] for row in history] == [10, 7]
    assert history[0]["set_by"] == str(member_of(town.zhou))


async def test_the_history_of_rules_is_only_added_to(town: Town):
    done(await put(town.zhou, "triage", 1))
    with pytest.raises(asyncpg.RaiseError):
        await town.rows("UPDATE rules SET value = 9 RETURNING value")
    with pytest.raises(asyncpg.RaiseError):
        await town.rows("DELETE FROM rules RETURNING value")


async def test_a_setting_that_is_sent_twice_is_made_once(town: Town):
    form = {"value": 1, "effective_from": "2026-03-12"}
    first = await town.zhou.put("/v1/rules/triage", json=form, key="once")
    again = await town.zhou.put("/v1/rules/triage", json=form, key="once")
    assert first.content == again.content
    [row] = await town.rows("SELECT count(*) FROM rules WHERE alliance_id = $1", town.alliance_id)
    assert row["count"] == 1


async def test_filing_by_the_alliances_own_settings_asks_the_database_nothing_more(town: Town):
    """One after another all requests get the pool's first connection: what it is asked is what is asked."""
    statements: list[str] = []
    async with town.http.kit.database.reading() as connection:
        connection.add_query_logger(lambda record: statements.append(record.query))

    async def asked() -> list[str]:
        statements.clear()
        await town.file()
        return list(statements)

    await town.file()
    plain = await asked()
    done(await put(town.zhou, "triage", 1))
    await town.file()
    assert await asked() == plain
    assert any("FROM charters" in statement for statement in plain)
