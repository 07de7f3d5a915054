"""One part is away, or a stranger writes: what was answered exists, and everybody hears once. (More: test_faults.py)"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from aiokafka import AIOKafkaProducer

from cli.demo.telling import world_of
from cli.demo.world import World, at, eventually, working_day
from cli.people import Answered, Person
from cli.running import Running
from cli.verify.command import findings_of
from deploy.local.system import LocalSystem
from shared.contracts import topics
from tests.support.command_line import printed, shangju


@dataclass(frozen=True)
class Town:
    """A resident who complains, a coordinator who hears of it, and the system between them."""

    system: LocalSystem
    where: Running
    world: World
    sun: Person
    zhou: Person

    async def file(self, key: str) -> dict[str, Any]:
        """Files a complaint as a phone does on a bad line: again under the same key, until it is answered."""
        form = {
            "category": "noise",
            "subcategory": "loading_at_night",
            "place_text": "山北路",
            "description": f"夜里卸货 {key}",
        }
        async with asyncio.timeout(90):
            while True:
                try:
                    return await self.sun.post("complaints", "/v1/cases", form, key=key)
                except (Answered, httpx.TransportError) as error:
                    if isinstance(error, Answered) and error.status not in {409, 500, 503}:
                        raise
                    await asyncio.sleep(0.2)

    async def file_many(self, name: str, count: int) -> list[dict[str, Any]]:
        """Filed by four at once."""
        limit = asyncio.Semaphore(4)

        async def one(number: int) -> dict[str, Any]:
            async with limit:
                return await self.file(f"{name}-{number}")

        return await asyncio.gather(*(one(number) for number in range(count)))

    async def mails_about(self, cases: Sequence[dict[str, Any]], person: Person) -> Counter[str]:
        ids = {case["id"] for case in cases}
        mails = await self.world.mailbox.mails(to=person.contact)
        return Counter(mail.case_id for mail in mails if mail.case_id in ids)

    async def nothing_is_broken(self) -> None:
        """Journals, outboxes, topics and inboxes agree, once everything has arrived."""
        findings = await eventually(
            lambda: findings_of(self.where),
            lambda all_: not any(one.waiting for one in all_),
            "everything has arrived",
        )
        assert [one for one in findings if not one.holds] == []


@pytest.fixture(scope="module")
async def town(system: LocalSystem, where: Running) -> AsyncIterator[Town]:
    async with world_of(where) as world:
        world.wait_until(at(working_day(world.today, 1), 9))  # by day, when mails go
        sun = await world.arrives("sun", "sun@shanbei.example")
        zhou = await world.arrives("zhou", "zhou@shanbei.example")
        yield Town(system, where, world, sun, zhou)


async def hears_once(town: Town, cases: Collection[dict[str, Any]]) -> None:
    once = Counter(case["id"] for case in cases)
    for person in (town.sun, town.zhou):
        await eventually(
            lambda person=person: town.mails_about(list(cases), person),
            lambda heard: heard.keys() == once.keys(),
            f"{person.name} hears of all {len(cases)} cases",
        )
    await asyncio.sleep(1)
    for person in (town.sun, town.zhou):
        assert await town.mails_about(list(cases), person) == once


async def test_given_no_broker_when_people_file_then_they_are_answered_and_all_is_told_after(town):
    broker = town.system.process("kafka")
    await broker.stop()
    try:
        cases = await town.file_many("no-broker", 10)
        assert all(case["reference"] for case in cases)
    finally:
        await broker.start()
    await hears_once(town, cases)
    await town.nothing_is_broken()


async def test_given_poison_on_the_topic_of_a_case_when_the_case_goes_on_then_it_is_set_aside_and_told(town):
    case = await town.file("poison")
    await hears_once(town, [case])
    async with AIOKafkaProducer(bootstrap_servers=town.system.kafka_bootstrap) as stranger:
        for value in (b"{", b"\xff\xfe", b"\x00", None):
            await stranger.send_and_wait(topics.COMPLAINTS, value, key=case["id"].encode())
    await town.zhou.post(
        "complaints",
        f"/v1/cases/{case['id']}/decline",
        {"reason": "already_filed", "next_address": "hotline_12345"},
    )
    await eventually(
        lambda: town.mails_about([case], town.sun),
        lambda heard: heard[case["id"]] == 2,
        "what follows the poison is told",
    )
    for service in ("mediation", "notifications"):
        letters = [one for one in printed(town.where, "dlq", "list", service) if one["key"] == case["id"]]
        shown = [json.loads(shangju(town.where, "dlq", "show", service, one["id"])) for one in letters]
        assert [one["value"] for one in shown] == ["{", "\\xff\\xfe", "\0", None]
        for letter in letters:
            shangju(town.where, "dlq", "discard", service, letter["id"], "--why", "a stranger's bytes")
        assert case["id"] not in [one["key"] for one in printed(town.where, "dlq", "list", service)]
