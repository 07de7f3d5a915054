"""The signing keys: made once, sealed, rotated without signing anybody out."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import uuid4

import pytest
from joserfc.jwk import KeySet

from deploy.local.postgres import Postgres
from services.alliance.main import SERVICE
from services.alliance.operations import development_token, rotate_keys
from services.alliance.settings import Settings
from services.alliance.use_cases import keys
from shared.access.tokens import TokenVerifier
from shared.errors import NotFound, Refused
from shared.persistence.database import Database, open_database
from shared.persistence.migrate import migrate
from tests.integration.alliance.conftest import NOON, Register
from tests.support.http import Client, SetClock, client_of, settings_for

SECRET = "tests-key-secret"


@pytest.fixture(scope="module")
async def keys_url(postgres: Postgres) -> str:
    url = await postgres.create_database(f"alliance_{uuid4().hex[:8]}")
    await migrate("alliance", url)
    return url


@pytest.fixture
async def empty_url(keys_url: str) -> str:
    """A database in which no key has been made."""
    async with open_database(keys_url, max_size=1) as database, database.transaction() as tx:
        await tx.execute("TRUNCATE signing_keys")
    return keys_url


@pytest.fixture
async def fresh(empty_url: str, clock: SetClock) -> AsyncIterator[Client]:
    """A service that has never signed anything."""
    settings = settings_for(Settings, empty_url, key_secret=SECRET)
    async with client_of(SERVICE, settings, clock=clock) as opened:
        yield opened


async def published(client: Client) -> list[dict[str, str]]:
    answer = await client.get("/.well-known/jwks.json")
    assert answer.status_code == 200
    found: list[dict[str, str]] = answer.json()["keys"]
    return found


async def test_the_first_key_is_there_when_first_asked_for(fresh: Client) -> None:
    [key] = await published(fresh)
    assert key.keys() == {"kty", "crv", "x", "kid", "use", "alg"}
    assert (key["kty"], key["crv"], key["use"], key["alg"]) == ("OKP", "Ed25519", "sig", "EdDSA")


async def test_processes_that_race_for_the_first_key_share_one(empty_url: str) -> None:
    async def first_key() -> str:
        async with open_database(empty_url, max_size=1) as database, database.transaction() as tx:
            return (await keys.active_key(tx, SECRET, NOON)).kid

    found = await asyncio.gather(*(first_key() for _ in range(6)))

    assert len(set(found)) == 1


async def test_rotations_that_race_leave_one_active_key(empty_url: str) -> None:
    settings = settings_for(Settings, empty_url, key_secret=SECRET)
    async with open_database(empty_url) as database:
        made = await asyncio.gather(*(rotate_keys(database, settings, NOON) for _ in range(5)))
        async with database.reading() as connection:
            active = await connection.fetch("SELECT kid FROM signing_keys WHERE retired_at IS NULL")
    assert len(set(made)) == 5
    assert len(active) == 1


async def test_the_private_part_lies_sealed_in_the_database(fresh: Client, empty_url: str) -> None:
    await published(fresh)
    async with open_database(empty_url) as database, database.reading() as connection:
        row = await connection.fetchrow("SELECT * FROM signing_keys")
    assert row is not None
    assert "d" not in json.loads(row["public"])
    assert '"d"' not in row["sealed_private"]


async def test_after_a_rotation_old_tokens_stay_good_as_long_as_they_live(
    client: Client, database: Database, settings: Settings, register: Register, clock: SetClock
) -> None:
    member = await register("mediator")
    old = await development_token(database, settings, str(member.id), clock.now())
    [old_kid, *_] = [key["kid"] for key in await published(client)]

    new_kid = await rotate_keys(database, settings, clock.now())
    new = await development_token(database, settings, member.contact, clock.now())

    async def fetch() -> KeySet:
        return KeySet.import_key_set({"keys": await published(client)})

    assert await TokenVerifier(fetch).actor(old, clock.now()) == member.actor
    assert await TokenVerifier(fetch).actor(new, clock.now()) == member.actor
    assert [key["kid"] for key in await published(client)][:2] == [new_kid, old_kid]

    clock.advance(timedelta(minutes=16))
    assert [key["kid"] for key in await published(client)] == [new_kid]


async def test_a_verifier_that_knew_the_old_key_learns_the_new_one(
    client: Client, database: Database, settings: Settings, register: Register, clock: SetClock
) -> None:
    member = await register()

    async def fetch() -> KeySet:
        return KeySet.import_key_set({"keys": await published(client)})

    verifier = TokenVerifier(fetch, refetch_seconds=0)
    await verifier.actor(
        await development_token(database, settings, member.contact, clock.now()), clock.now()
    )
    await rotate_keys(database, settings, clock.now())

    token = await development_token(database, settings, member.contact, clock.now())
    assert await verifier.actor(token, clock.now()) == member.actor


async def test_after_the_secret_has_changed_a_rotation_makes_signing_possible_again(
    empty_url: str,
) -> None:
    settings = settings_for(Settings, empty_url, key_secret="new secret")
    async with open_database(empty_url) as database:
        async with database.transaction() as tx:
            old = await keys.active_key(tx, "old secret", NOON)
        new_kid = await rotate_keys(database, settings, NOON)
        async with database.transaction() as tx:
            assert (await keys.active_key(tx, "new secret", NOON)).kid == new_kid != old.kid


async def test_a_development_token_is_for_development_alone(
    database: Database, settings: Settings, register: Register
) -> None:
    member = await register()
    production = settings.model_copy(update={"environment": "production"})
    with pytest.raises(Refused, match="development_only"):
        await development_token(database, production, member.contact, NOON)


@pytest.mark.parametrize(
    "nobody", ["nobody@nowhere.example", "13900009999", "00000000-0000-4000-8000-000000000000", "林佩珍"]
)
async def test_there_is_no_development_token_for_nobody(
    database: Database, settings: Settings, nobody: str
) -> None:
    with pytest.raises(NotFound):
        await development_token(database, settings, nobody, NOON)
