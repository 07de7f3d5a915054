"""Commands for the system as a whole: start it, fill it, bring it up to date, act in it."""

from __future__ import annotations

from cyclopts import App

from cli.inside import kit_of
from cli.output import console, print_plain
from cli.running import running
from cli.seeding import plant, token_for, words_on_signing_in
from deploy.local.settings import LocalSettings
from deploy.local.up import up as run_local_system
from deploy.prepare import SERVICES
from services.alliance.operations import rotate_keys
from services.alliance.settings import Settings as AllianceSettings
from shared.persistence.migrate import migrate as bring_up_to_date

keys = App(name="keys")


async def up() -> int:
    """Start everything on this machine and stay until Ctrl-C."""
    return await run_local_system(LocalSettings())


async def seed() -> None:
    """Plant the demonstration neighbourhood 山北; what is there already is left as it is."""
    where = running()
    where.require_development("the demonstration neighbourhood")
    seeded = await plant(where)
    print_plain(words_on_signing_in(where, seeded))


async def token(*, as_: str) -> None:
    """Print an access token without a sign-in (development only).

    Parameters
    ----------
    as_
        E-mail, telephone or member id.
    """
    where = running()
    where.require_development("a token without a sign-in")
    async with kit_of("alliance", where) as kit:
        print_plain(await token_for(kit, as_))


async def migrate() -> None:
    """Bring every service's database up to date."""
    where = running()
    for name in SERVICES:
        await bring_up_to_date(name, where.database_url(name))
        console.print(f"{name} is up to date")


@keys.command
async def rotate() -> None:
    """Let a new key sign from now on; nobody is signed out by it."""
    where = running()
    async with kit_of("alliance", where) as kit:
        assert isinstance(kit.settings, AllianceSettings)  # noqa: S101  kit_of("alliance") makes these
        new = await rotate_keys(kit.database, kit.settings, kit.clock.now())
    console.print(f"key {new} signs from now on")
