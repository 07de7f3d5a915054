"""PostgreSQL, Kafka and the mailbox keep what they were given, whatever happens to their processes."""

from __future__ import annotations

import os
import shutil
import smtplib
import tempfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import asyncpg
import httpx
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from deploy.local import postgres as local_postgres
from deploy.local.kafka import Kafka
from deploy.local.mailbox import Mailbox
from deploy.local.ports import free_port
from deploy.local.postgres import Postgres
from deploy.local.supervised import running


async def test_kafka_killed_and_started_again_on_the_same_folder_keeps_its_messages(home: Path):
    first = Kafka(home, port=free_port(), controller_port=free_port())
    async with running(first.daemon(), logs=home / "logs") as process:
        await create_topic(first.bootstrap, "kept")
        await send(first.bootstrap, "kept", "听议定")
        process.kill()
        await process.until_ready()
        await send(first.bootstrap, "kept", "办督评")

    second = Kafka(home, port=free_port(), controller_port=free_port())
    async with running(second.daemon(), logs=home / "logs"):
        assert await received(second.bootstrap, "kept", count=2) == ["听议定", "办督评"]


async def send(bootstrap: str, topic: str, words: str) -> None:
    async with AIOKafkaProducer(bootstrap_servers=bootstrap, acks="all") as producer:
        await producer.send_and_wait(topic, words.encode())


async def received(bootstrap: str, topic: str, *, count: int) -> list[str]:
    consumer = AIOKafkaConsumer(topic, bootstrap_servers=bootstrap, auto_offset_reset="earliest")
    async with consumer:
        return [(await consumer.getone()).value.decode() for _ in range(count)]


async def test_kafka_creates_no_topic_by_itself(kafka: str):
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    try:
        await admin.describe_topics(["never-declared"])
        assert "never-declared" not in await admin.list_topics()
    finally:
        await admin.close()


async def create_topic(bootstrap: str, name: str) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        await admin.create_topics([NewTopic(name, num_partitions=1, replication_factor=1)])
    finally:
        await admin.close()


async def test_postgres_survives_kill_9_with_what_it_confirmed(home: Path):
    server = Postgres(home, port=free_port())
    async with running(server.daemon(), logs=home / "logs") as process:
        url = await server.create_database("shangju_survivor")
        await execute(url, "CREATE TABLE promise (words text)", "INSERT INTO promise VALUES ('quiet by ten')")

        process.kill()
        await process.until_ready()

        assert await fetch(url, "SELECT words FROM promise") == "quiet by ten"


async def test_postgres_starts_over_the_pid_file_of_a_killed_one_whose_pid_is_somebody_elses(home: Path):
    server = Postgres(home, port=free_port())
    async with running(server.daemon(), logs=home / "logs"):
        pass
    data = home / "pg" / "18"
    (data / "postmaster.pid").write_text(f"1\n{data}\n0\n{server.port}\n\n127.0.0.1\n")

    async with running(server.daemon(), logs=home / "logs"):
        assert await fetch(server.url("postgres"), "SELECT 'up'") == "up"


@pytest.fixture
def unreachable_home() -> Iterator[Path]:
    """As a clone under /root: nobody else may enter."""
    home = Path(tempfile.mkdtemp(prefix="sj-"))
    home.chmod(0o700)
    yield home
    local_postgres.remove(home)
    shutil.rmtree(home)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another user for PostgreSQL")
async def test_postgres_runs_where_its_system_user_may_not_enter(
    unreachable_home: Path, home: Path, monkeypatch: pytest.MonkeyPatch
):
    for part in (local_postgres.PROGRAMS, local_postgres.LIBRARIES):
        shutil.copytree(local_postgres.WHEEL_SITE / part, unreachable_home / part)
    monkeypatch.setattr(local_postgres, "WHEEL_SITE", unreachable_home)
    monkeypatch.setattr(local_postgres, "REACHABLE_ROOT", home)
    server = Postgres(unreachable_home, port=free_port())
    for _ in range(2):
        async with running(server.daemon(), logs=unreachable_home / "logs"):
            url = await server.create_database("shangju_hidden")
            assert await fetch(url, "SELECT current_database()") == "shangju_hidden"

    assert permissions(unreachable_home) == 0o700


def permissions(folder: Path) -> int:
    return folder.stat().st_mode & 0o777


async def test_postgres_keeps_its_promises_on_durability_and_size(postgres: Postgres):
    settings = {
        "fsync": "on",
        "synchronous_commit": "on",
        "max_connections": "200",
        "shared_buffers": "256MB",
    }

    for name, value in settings.items():
        assert await fetch(postgres.url("postgres"), f"SHOW {name}") == value


async def execute(url: str, *statements: str) -> None:
    connection = await asyncpg.connect(url)
    for statement in statements:
        await connection.execute(statement)
    await connection.close()


async def fetch(url: str, query: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


def a_mail(to: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "office@shangju.test"
    message["To"] = to
    message["Subject"] = "您的登录码 · Your code"
    message.set_content("482 913")
    message.add_alternative("<p>482 913</p><script>alert(1)</script>", subtype="html")
    return message


async def test_a_mail_is_listed_shown_and_still_there_after_kill_9(home: Path):
    box = Mailbox(home, smtp_port=free_port(), http_port=free_port())
    async with running(box.daemon(), logs=home / "logs") as process, httpx.AsyncClient() as client:
        with smtplib.SMTP(box.smtp_host, box.smtp_port) as smtp:
            smtp.send_message(a_mail("li@example.test"))
        process.kill()
        await process.until_ready()

        [listed] = (await client.get(f"{box.url}/api/messages", params={"to": "li@example.test"})).json()
        assert listed["subject"] == "您的登录码 · Your code"
        assert listed["text"].strip() == "482 913"
        shown = await client.get(f"{box.url}/api/messages/{listed['id']}")
        assert shown.json() == listed
        page = await client.get(f"{box.url}/messages/{listed['id']}")
        assert "482 913" in page.text
        html = await client.get(f"{box.url}/messages/{listed['id']}/html")
        assert html.headers["content-security-policy"].startswith("default-src 'none'")
        assert "sandbox" in html.headers["content-security-policy"]

        assert (await client.delete(f"{box.url}/api/messages")).status_code == 204
        assert (await client.get(f"{box.url}/api/messages")).json() == []
        assert (await client.get(f"{box.url}/messages/{listed['id']}")).status_code == 404
