"""Row-level security: with every filter of the code gone, nobody is shown a person or a word of another alliance."""

from __future__ import annotations

from uuid import UUID

import pytest

from services.alliance import views
from tests.integration.alliance.conftest import MailsTo, Register
from tests.integration.alliance.test_carried_help import House, house
from tests.integration.alliance.test_erasures import asked
from tests.support.http import Client
from tests.support.locks import check_lock, locked_tables
from tests.support.tokens import an_actor

__all__ = ["house"]

LOCKED = ("journal", "members", "occupancies", "invitations", "erasures", "carried_help")
VIEWS = {"occupancies"}


async def test_the_lock_is_on_these_tables_and_on_no_other(house: House):
    assert await locked_tables(house.database) == set(LOCKED) - VIEWS


@pytest.mark.parametrize("name", LOCKED)
async def test_a_query_without_a_filter_finds_rows_of_ones_own_alliance_alone(
    house: House, client: Client, register: Register, mails_to: MailsTo, *, name: str
):
    alliance_id = house.alliance_id
    match name:
        case "invitations":
            path = f"/v1/places/{house.homes[0]}/invitations"
            assert (await house.resident.post(path, json={"kind": "lives"})).status_code == 201
        case "carried_help":
            assert (await house.mark(house.resident, 0)).status_code == 204
        case "erasures":
            lin = await register()
            await asked(client, lin, mails_to)
            assert lin.actor.alliance_id
            alliance_id = lin.actor.alliance_id

    await check_lock(house.database, name, alliance_id)


async def test_given_code_that_asks_for_any_alliance_when_a_stranger_looks_then_nobody_is_found(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    stranger = house.staff.as_(an_actor("coordinator"))
    members_of = views.members

    async def whoever_asks(connection, _: UUID | None, *more):
        return await members_of(connection, house.alliance_id, *more)

    monkeypatch.setattr(views, "members", whoever_asks)

    assert (await stranger.get("/v1/members")).json()["items"] == []
    assert "戴敏" in (await house.staff.get("/v1/members")).text
