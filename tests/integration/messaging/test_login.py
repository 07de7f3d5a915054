"""On a broker as in production, each service does its work, and can do no other's."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.errors import GroupAuthorizationFailedError, TopicAuthorizationFailedError

from cli.running import Running
from cli.topics import Rights, arguments, rights_of_services
from deploy.local.environment import operator_environment
from deploy.local.ports import Ports, free_port
from deploy.local.settings import ROOT
from deploy.local.site import Site
from deploy.local.supervised import running as supervised
from shared.contracts import topics as names
from shared.contracts.complaints import OccurrenceLogged
from shared.messaging import broker, topics
from shared.messaging.consumer import Consumer
from shared.messaging.login import Login
from shared.messaging.relay import Relay
from shared.messaging.subscription import Subscription
from tests.integration.messaging.conftest import BRISK, Bus, an_event, log_effect, running
from tests.integration.messaging.secured import Secured


@pytest.fixture(scope="module")
async def rights(tmp_path_factory: pytest.TempPathFactory) -> list[Rights]:
    """From the code."""
    return await rights_of_services(
        Running(operator_environment(Site(tmp_path_factory.mktemp("home"), Ports(0))))
    )


@pytest.fixture(scope="module")
async def secured(shared_home: Path, rights: list[Rights]) -> AsyncIterator[Secured]:
    """With the topics made and the rights given, as an administrator does both."""
    made = Secured(shared_home / "secured", port=free_port(), controller_port=free_port())
    async with supervised(made.daemon(name="secured-kafka"), logs=shared_home / "logs"):
        await topics.apply(made.bootstrap, login=made.login("admin"))
        for one in rights:
            for line in arguments(one):
                await asyncio.to_thread(_kafka_acls, made, line)
        yield made


def _kafka_acls(secured: Secured, line: str) -> None:
    where = ("--bootstrap-server", secured.bootstrap, "--command-config", str(secured.as_admin()))
    tool = str(ROOT / "deploy" / "local" / "kafka-tools")
    ended = subprocess.run(
        [tool, "kafka-acls", *where, *line.split()], check=False, capture_output=True, text=True
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_only_notifications_reads_contacts_and_only_the_alliance_writes_them(rights: list[Rights]) -> None:
    assert [one.user for one in rights if names.CONTACTS in one.reads] == ["notifications"]
    assert [one.user for one in rights if names.CONTACTS in one.writes] == ["alliance"]
    written = [topic for one in rights for topic in one.writes]
    assert sorted(written) == sorted(topic.name for topic in names.TOPICS)


async def test_what_one_service_relays_another_handles(secured: Secured, bus: Bus) -> None:
    event = an_event()
    here = replace(bus, topic=names.COMPLAINTS)
    await here.store(event)
    subscription = Subscription("notifications", (names.COMPLAINTS,), {OccurrenceLogged.TYPE: log_effect})
    async with running(
        Relay(database_url=bus.url, bootstrap=secured.bootstrap, login=secured.login("complaints")),
        Consumer(
            subscription,
            bootstrap=secured.bootstrap,
            database=bus.database,
            login=secured.login("notifications"),
            pace=BRISK,
        ),
    ):
        await bus.has_effects(1)
    assert await bus.effects() == [event.id]


@pytest.mark.parametrize("user", ["alliance", "complaints", "mediation"])
async def test_nobody_else_reads_contacts(secured: Secured, user: str) -> None:
    with pytest.raises(TopicAuthorizationFailedError):
        async with (
            AIOKafkaConsumer(
                names.CONTACTS,
                bootstrap_servers=secured.bootstrap,
                auto_offset_reset="earliest",
                **secured.login(user).options,
            ) as consumer,
            asyncio.timeout(60),
        ):
            await consumer.getone()


async def test_nobody_reads_in_anothers_place(secured: Secured) -> None:
    with pytest.raises(GroupAuthorizationFailedError):
        async with AIOKafkaConsumer(
            names.ALLIANCE,
            bootstrap_servers=secured.bootstrap,
            group_id="notifications",
            **secured.login("mediation").options,
        ):
            pass


async def test_nobody_writes_for_another(secured: Secured) -> None:
    async with AIOKafkaProducer(
        bootstrap_servers=secured.bootstrap, **secured.login("complaints").options
    ) as producer:
        await producer.send_and_wait(names.COMPLAINTS, b"{}", key=b"key")
        with pytest.raises(TopicAuthorizationFailedError):
            await producer.send_and_wait(names.MEDIATION, b"{}", key=b"key")


async def test_a_wrong_password_and_an_open_line_are_turned_away(secured: Secured) -> None:
    right = secured.login("complaints")
    assert await broker.answers(secured.bootstrap, right)
    assert not await broker.answers(secured.bootstrap, replace(right, password="another"))
    assert not await broker.answers(secured.bootstrap, Login())
