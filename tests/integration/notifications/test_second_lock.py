"""Row-level security: with every filter of the code gone, nobody is shown a notice or an address of others."""

from __future__ import annotations

from uuid import uuid4

import pytest

from services.notifications import views
from services.notifications.live import Watch
from services.notifications.main import SERVICE
from shared.contracts import complaints as c
from shared.persistence.database import work_for, working_for_everybody
from tests.support.http import Client, client_of
from tests.support.locks import check_lock, locked_tables
from tests.support.tokens import ALLIANCE, an_actor
from tests.unit.notifications.news import LIN

from .conftest import World, the_case
from .group_robot import GroupRobots
from .platform import Platform

LOCKED = {
    "journal": "alliance_id",
    "contacts": "alliance_id",
    "notices": "alliance_id",
    "deliveries": "alliance_id",
    "wordings": "alliance_id",
    "webhooks": "alliance_id",
    "robots": "alliance_id",
    "webhook_messages": "(SELECT alliance_id FROM webhooks WHERE id = webhook_id)",
    "robot_messages": "(SELECT alliance_id FROM robots WHERE id = robot_id)",
}


@pytest.fixture
async def told(world: World) -> World:
    """Lin has been told of something and has read it, and the alliance says it in its own words."""
    await world.people_arrive()
    await world.hear(the_case(c.MessageSent, to=(LIN,)))
    async with client_of(SERVICE, world.settings, clock=world.clock) as client:
        lin = client.as_(an_actor(member_id=LIN))
        [notice] = (await lin.get("/v1/inbox")).json()["items"]
        assert (await lin.post(f"/v1/inbox/{notice['id']}/read")).status_code == 200
        own = {"title": "有话请您看", "body": "请打开。", "follows": 0}
        zhou = client.as_(an_actor("coordinator"))
        assert (await zhou.put("/v1/wordings/message_waiting/zh-CN", json=own)).status_code == 200
    return world


@pytest.fixture
async def groups_too(told: World) -> World:
    """A group and a platform wait to be told."""
    group, platform = GroupRobots(), Platform()
    told.settings = told.settings.model_copy(update=group.settings)
    async with client_of(SERVICE, told.settings, clock=told.clock) as client:
        operator, coordinator = (client.as_(an_actor(role)) for role in ("operator", "coordinator"))
        assert (await operator.post("/v1/webhooks", json={"url": platform.url})).status_code == 201
        assert (await coordinator.post("/v1/robots", json=group.form("wecom"))).status_code == 201
    await told.hear(the_case(c.CaseFiled, identity="hidden"))
    return told


async def test_the_lock_is_on_these_tables_and_on_no_other(world: World):
    assert await locked_tables(world.database) == set(LOCKED)


@pytest.mark.parametrize("table", LOCKED)
async def test_a_query_without_a_filter_finds_rows_of_ones_own_alliance_alone(groups_too: World, table: str):
    await check_lock(groups_too.database, table, ALLIANCE, LOCKED[table])


async def test_given_code_that_forgets_who_asks_when_a_stranger_looks_then_no_notice_is_found(
    told: World, monkeypatch: pytest.MonkeyPatch
):
    inbox = views.inbox
    monkeypatch.setattr(views, "inbox", lambda tx, _, **more: inbox(tx, an_actor(member_id=LIN), **more))
    async with client_of(SERVICE, told.settings, clock=told.clock) as client:
        assert len(await _items(client.as_(an_actor()))) == 1
        assert await _items(client.as_(an_actor(alliance_id=uuid4()))) == []


async def test_given_listeners_of_two_alliances_when_one_asks_for_all_then_each_hears_their_own(world: World):
    await world.people_arrive()
    await world.hear(the_case(c.MessageSent, to=(LIN,)))
    watch = Watch(world.database)
    with watch.seat(LIN) as lins, watch.seat(uuid4()) as strangers, working_for_everybody():
        work_for(uuid4())
        assert (await anext(strangers(None))).count == 0
        assert (await anext(lins(None))).count == 1


async def _items(who: Client) -> list[object]:
    items: list[object] = (await who.get("/v1/inbox")).json()["items"]
    return items
