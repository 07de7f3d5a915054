"""The alliance service on a real PostgreSQL and the real mailbox, at noon of a Thursday in Shanghai."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from deploy.local.mailbox import Mailbox
from deploy.local.postgres import Postgres
from services.alliance.commands import RegisterMember
from services.alliance.main import SERVICE
from services.alliance.settings import Settings
from services.alliance.use_cases.register import found_alliance, handle
from shared.access.actor import SYSTEM, Actor, Grant, strongest
from shared.persistence.database import Database, open_database
from shared.persistence.migrate import migrate
from tests.support.http import Client, SetClock, client_of, settings_for
from tests.support.tokens import ALLIANCE

NOON = datetime(2026, 3, 12, 4, tzinfo=UTC)
_addresses = count(1)


@pytest.fixture(scope="session")
async def alliance_url(postgres: Postgres) -> str:
    url = await postgres.create_database(f"alliance_{uuid4().hex[:8]}")
    await migrate("alliance", url)
    async with open_database(url) as database, database.transaction() as tx:
        await found_alliance(tx, ALLIANCE, "山北商居联盟", NOON)
    return url


@pytest.fixture(scope="session")
async def database(alliance_url: str) -> AsyncIterator[Database]:
    async with open_database(alliance_url) as opened:
        yield opened


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOON)


@pytest.fixture
def settings(alliance_url: str, mailbox: Mailbox) -> Settings:
    return settings_for(
        Settings,
        alliance_url,
        key_secret="tests-key-secret",
        smtp_host=mailbox.smtp_host,
        smtp_port=mailbox.smtp_port,
    )


@pytest.fixture
async def client(settings: Settings, clock: SetClock) -> AsyncIterator[Client]:
    """The service, asked from an address of its own, so that no test spends another's budget."""
    address = f"2001:db8:{next(_addresses):x}::1"
    async with client_of(SERVICE, settings, clock=clock, address=address) as opened:
        yield opened


@dataclass(frozen=True)
class Somebody:
    """A registered member."""

    id: UUID
    contact: str
    actor: Actor


Register = Callable[..., Awaitable[Somebody]]


@pytest.fixture
async def alliance_id(database: Database) -> UUID:
    """An alliance of its own, that has entered nothing."""
    new = uuid4()
    async with database.transaction() as tx:
        await found_alliance(tx, new, "新联盟", NOON)
    return new


@pytest.fixture
def register(database: Database) -> Register:
    async def registered(*roles: str, name: str = "林佩珍", **more: Any) -> Somebody:
        member_id, contact = uuid4(), f"{uuid4().hex[:12]}@shanbei.example"
        grants = tuple(Grant(role) for role in roles or ("resident",))
        command = RegisterMember(member_id, ALLIANCE, name, contact, grants=grants, **more)
        async with database.transaction() as tx:
            await handle(tx, command, SYSTEM, NOON)
        actor = Actor(member_id, ALLIANCE, frozenset(grants), strongest(frozenset(grants)))
        return Somebody(member_id, contact, actor)

    return registered


MailsTo = Callable[[str], Awaitable[list[dict[str, Any]]]]


@pytest.fixture
async def mails_to(mailbox: Mailbox) -> AsyncIterator[MailsTo]:
    """The mails an address has received, newest first."""
    async with httpx.AsyncClient(base_url=mailbox.url) as http:

        async def read(address: str) -> list[dict[str, Any]]:
            answer = await http.get("/api/messages", params={"to": address})
            return list(answer.json())

        yield read


CodeFor = Callable[[str], Awaitable[str]]


@pytest.fixture
def code_for(client: Client, mails_to: MailsTo) -> CodeFor:
    """Asks for a code by the public door and reads it from the newest mail."""

    async def asked(contact: str) -> str:
        answer = await client.post("/v1/sign-in/codes", json={"contact": contact}, key=None)
        assert answer.status_code == 202, answer.text
        [line] = [line for line in (await mails_to(contact))[0]["text"].splitlines() if line.isdecimal()]
        return line

    return asked
