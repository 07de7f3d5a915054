"""The demonstration neighbourhood: places and people by the alliance service, the rest by the APIs."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from cli import bus
from cli.inside import database_of, kit_of, service
from cli.people import Person, http_client
from cli.running import BUS_SERVICES, NotHere, Running
from services.alliance import seed as alliance
from services.alliance.neighbourhood import BLOCKS
from services.alliance.operations import development_token
from services.alliance.seed import Seeded
from services.alliance.settings import Settings as AllianceSettings
from shared.access.door import Kit
from shared.contracts import topics
from shared.messaging import relay

PATIENCE_SECONDS = 60.0
WORKDAYS = range(5)
ROOMS: Mapping[str, str] = {"R1": "调解一室", "R2": "调解二室"}
ZONE = {"zone_class": "2", "source": "演示数据：实际类别以所在区公布的声环境功能区划图为准"}
"""The noise class of the neighbourhood's blocks: shops and homes mixed (GB 3096)."""

OPEN_FROM, OPEN_TO = "09:00", "20:00"
MEDIATORS_FROM, MEDIATORS_TO = "09:00", "18:00"
SHOWN_ROLES = ("resident", "merchant", "mediator", "coordinator")


async def plant(where: Running) -> Seeded:
    """All of it, or what is missing of it; returns when every service has taken it in."""
    async with kit_of("alliance", where) as kit:
        seeded = await alliance.seed(kit.database, kit.clock.now())
        await taken_in(where)
        await _make_ready(where, kit, seeded)
    return seeded


async def taken_in(where: Running, *, services: Sequence[str] = BUS_SERVICES) -> None:
    """Until these services have had everything the alliance service has told. Raises NotHere."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await _unpublished(where) or await _unread(where, services):  # noqa: ASYNC110
                await asyncio.sleep(0.2)
    except TimeoutError:
        raise NotHere(
            f"the services have not taken the neighbourhood in within {PATIENCE_SECONDS:.0f} s; "
            "`shangju verify` and `shangju relay status` tell where it waits"
        ) from None


async def token_for(kit: Kit, contact: str) -> str:
    """An access token without a sign-in; `kit` is the alliance service's."""
    assert isinstance(kit.settings, AllianceSettings)  # noqa: S101  kit_of("alliance") makes these
    return await development_token(kit.database, kit.settings, contact, kit.clock.now())


def words_on_signing_in(where: Running, seeded: Seeded) -> str:
    """For a person who wants to look around."""
    lines = ["Sign in at the page above with one of these addresses; the code comes to the mailbox page:"]
    for role in SHOWN_ROLES:
        people = [one for one in seeded.sign_ins if one.role == role]
        lines += [f"  {role:<12} {one.contact:<22} {one.display_name}" for one in people[:1]]
    lines.append(f"  {'mailbox':<12} {where['MAILBOX_URL']}")
    return "\n".join(lines)


async def _make_ready(where: Running, kit: Kit, seeded: Seeded) -> None:
    coordinator, *_ = (one for one in seeded.sign_ins if one.role == "coordinator")
    async with http_client() as http:

        async def acting(contact: str) -> Person:
            person = Person(contact, contact, where=where, http=http)
            await person.carry(lambda: token_for(kit, contact))
            return person

        clerk = await acting(coordinator.contact)
        for block in BLOCKS:
            await clerk.put("complaints", f"/v1/blocks/{alliance.id_of(block)}/zone-class", ZONE)
        for code, name in ROOMS.items():
            await clerk.put(
                "mediation", f"/v1/rooms/{code}", {"name": name, "weekly": _weekly(OPEN_FROM, OPEN_TO)}
            )
        for one in seeded.sign_ins:
            if one.role == "mediator":
                diary = {"weekly": _weekly(MEDIATORS_FROM, MEDIATORS_TO), "exceptions": []}
                await (await acting(one.contact)).put("mediation", "/v1/mediators/me/availability", diary)


def _weekly(start: str, end: str) -> list[dict[str, object]]:
    return [{"weekday": day, "from": start, "to": end} for day in WORKDAYS]


async def _unpublished(where: Running) -> int:
    async with database_of("alliance", where) as database, database.reading() as connection:
        return (await relay.state(connection)).unpublished


async def _unread(where: Running, services: Sequence[str]) -> int:
    wanted = {topics.ALLIANCE, topics.CONTACTS}
    groups: dict[str, tuple[str, ...]] = {}
    for name in services:
        async with kit_of(name, where) as kit:
            for one in service(name).subscriptions(kit):
                groups[one.group] = tuple(wanted.intersection(one.topics))
    return await bus.unread(where.broker, groups)
