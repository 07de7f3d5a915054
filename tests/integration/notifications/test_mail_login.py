"""A mail server as providers have them: encrypted, and closed to whoever does not know the password."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog
from pydantic import SecretStr

from services.notifications import decisions
from shared.contracts import complaints as c
from tests.support.certificate import Certified, certify
from tests.unit.notifications.news import LIN

from .conftest import ADDRESSES, World, the_case, until
from .post_office import GuardedPost

PASSWORD = "open-sesame-4711"


@pytest.fixture(autouse=True)
def brisk(monkeypatch):
    """The next attempt comes at once."""
    monkeypatch.setattr(decisions, "RETRY_AFTER", (timedelta(seconds=0.05),))


@pytest.fixture
def certified(tmp_path: Path) -> Certified:
    return certify(tmp_path)


def told(world: World, post: GuardedPost, **otherwise: Any) -> World:
    """The same service with that mail server."""
    settings = world.settings.model_copy(update=post.settings | otherwise)
    return replace(world, post=post, settings=settings)


def guarded(certified: Certified, security: str = "tls") -> GuardedPost:
    return GuardedPost(certified=certified, security=security, password=PASSWORD)


async def waits_because(world: World, reason: str) -> None:
    """A mail that was tried twice still waits, and operators can read why."""

    async def tried() -> bool:
        rows = await world.rows("SELECT state, attempt, reason FROM deliveries WHERE channel = 'mail'")
        return [(row["state"], row["reason"]) for row in rows if row["attempt"] > 1] == [("pending", reason)]

    await until(tried)


@pytest.mark.parametrize("security", ["tls", "starttls"])
async def test_a_mail_goes_encrypted_to_a_server_that_knows_us(
    world: World, certified: Certified, security: str
):
    await world.people_arrive(LIN)
    await world.hear(the_case(c.MessageSent, to=(LIN,)))
    async with guarded(certified, security).open() as post, told(world, post).worker():
        await world.settled(accepted=1)

    assert len(post.mails_of(ADDRESSES[LIN])) == 1
    assert post.offered == [PASSWORD]


@pytest.mark.parametrize("security", ["tls", "starttls"])
async def test_with_a_wrong_password_the_mail_waits_and_goes_once_it_is_right(
    world: World, certified: Certified, security: str
):
    await world.people_arrive(LIN)
    await world.hear(the_case(c.MessageSent, to=(LIN,)))
    async with guarded(certified, security).open() as post:
        wrong = told(world, post, smtp_password=SecretStr("guessed-0815"))
        with structlog.testing.capture_logs() as logs:
            async with wrong.worker():
                await waits_because(world, "smtp_535")
        assert post.taken == []
        async with told(world, post).worker():
            await world.settled(accepted=1)

    assert len(post.mails_of(ADDRESSES[LIN])) == 1
    assert any(line["event"] == "mail_put_off" for line in logs)
    for private in (ADDRESSES[LIN], "guessed-0815", PASSWORD, str(LIN)):
        assert private not in repr(logs)


@pytest.mark.parametrize("security", ["tls", "starttls"])
async def test_to_a_server_that_we_do_not_trust_nothing_is_said(
    world: World, certified: Certified, tmp_path: Path, security: str
):
    (tmp_path / "other").mkdir()
    other = certify(tmp_path / "other")
    await world.people_arrive(LIN)
    await world.hear(the_case(c.MessageSent, to=(LIN,)))
    async with (
        guarded(certified, security).open() as post,
        told(world, post, smtp_authority=other.authority).worker(),
    ):
        await waits_because(world, "no_connection")

    assert (post.offered, post.offers, post.taken) == ([], 0, [])


async def test_a_server_without_encryption_hears_no_password(world: World, certified: Certified):
    """Nor one that asks for it over an open line."""
    await world.people_arrive(LIN)
    await world.hear(the_case(c.MessageSent, to=(LIN,)))
    async with (
        guarded(certified, "none").open() as post,
        told(world, post, smtp_security="starttls").worker(),
    ):
        await waits_because(world, "no_connection")

    assert (post.offered, post.offers, post.taken) == ([], 0, [])
