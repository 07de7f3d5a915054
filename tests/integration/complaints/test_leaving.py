"""Occupancies end: who left stays who they were, and who comes after reads nothing that was said before."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from shared.clock import local_day
from shared.contracts import alliance
from shared.contracts import complaints as contracts
from shared.contracts import mediation as m
from tests.integration.complaints.town import A_NOISY_BAR, Town, done, member_of
from tests.support.http import Client

FACTS = "夜间低频音乐;约定十点后关后门"


async def moves_in(
    town: Town, who: Client, place: UUID, kind: Any = "lives", since: date | None = None
) -> UUID:
    occupancy = uuid4()
    await town.tell(
        alliance.OccupancyStarted(
            member_id=member_of(who),
            alliance_id=town.alliance_id,
            occupancy_id=occupancy,
            place_id=place,
            kind=kind,
            from_day=since or date(2020, 1, 1),
        )
    )
    return occupancy


async def moves_out(town: Town, who: Client, occupancy: UUID, until: date | None = None) -> None:
    await town.tell(
        alliance.OccupancyEnded(
            member_id=member_of(who),
            alliance_id=town.alliance_id,
            occupancy_id=occupancy,
            until_day=until or local_day(town.clock.now()),
        )
    )


async def role(by: Client, case_id: str) -> str:
    return str(done(await by.get(f"/v1/cases/{case_id}"))["role_in_case"])


async def in_force(town: Town) -> str:
    case_id, mediation_id = await town.in_mediation()
    await town.mediation(
        m.AgreementEffective,
        case_id,
        mediation_id,
        agreement_id=uuid4(),
        effective_on=date(2026, 3, 13),
        judicial_until=date(2026, 4, 13),
        commitments=(),
    )
    return case_id


async def successor_joins(town: Town, case_id: str, side: str, who: Client) -> None:
    invited = {"member_id": str(member_of(who)), "side": side, "facts": FACTS}
    done(await town.zhou.post(f"/v1/cases/{case_id}/invite", json=invited))
    done(await who.post(f"/v1/cases/{case_id}/invitation", json={"affected": True, "text": "有味道"}))


async def test_she_moves_out_and_leaves_it_to_the_flat(town: Town):
    # given
    flat = uuid4()
    home = await moves_in(town, town.lin, flat)
    case_id = await in_force(town)
    # when
    await moves_out(town, town.lin, home)
    # then she is asked, and no party any more
    assert await role(town.lin, case_id) == "former"
    seen = done(await town.lin.get(f"/v1/cases/{case_id}"))
    assert seen["description"] == A_NOISY_BAR["description"]
    assert seen["possible"] == ["leaving"]
    [left] = [one.data for one in await town.told(case_id) if isinstance(one.data, contracts.PartyLeft)]
    assert (left.side, left.to) == ("complainant", (member_of(town.lin),))
    assert member_of(town.lin) not in {one.member_id for one in left.parties}
    # when
    done(await town.lin.post(f"/v1/cases/{case_id}/leaving", json={"wish": "leave_to_flat"}))
    sun = town.sun
    done(await sun.get(f"/v1/cases/{case_id}"), 404)
    await successor_joins(town, case_id, "complainant", sun)
    # then
    theirs = done(await sun.get(f"/v1/cases/{case_id}"))
    assert theirs["role_in_case"] == "complainant"
    assert theirs["shared_summary"] is not None
    assert (theirs["description"], theirs["answer"], theirs["left"]) == (None, None, [])
    steps = [one["type"] for one in done(await sun.get(f"/v1/cases/{case_id}/history"))["items"]]
    assert steps == ["party_added"]
    for said in (theirs, done(await town.ma.get(f"/v1/cases/{case_id}"))):
        assert str(member_of(town.lin)) not in json.dumps(said)
    mine = done(await town.lin.get("/v1/cases", params={"mine": "true"}))["items"]
    assert [one["role_in_case"] for one in mine] == ["former"]
    steps = [one["type"] for one in done(await town.lin.get(f"/v1/cases/{case_id}/history"))["items"]]
    assert steps[-2:] == ["party_left", "leaving_spoken"]


async def test_a_second_home_of_before_keeps_her_a_party_and_a_later_one_does_not(town: Town):
    first, second = await moves_in(town, town.lin, uuid4()), await moves_in(town, town.lin, uuid4())
    case_id = await town.accepted()
    later = await moves_in(town, town.lin, uuid4(), since=date(2026, 3, 13))
    await moves_out(town, town.lin, first)
    await moves_out(town, town.lin, later)
    assert await role(town.lin, case_id) == "complainant"
    await moves_in(town, town.lin, uuid4(), since=date(2026, 3, 13))
    await moves_out(town, town.lin, second)
    assert await role(town.lin, case_id) == "former"


async def test_a_last_day_to_come_is_waited_for(town: Town):
    home = await moves_in(town, town.lin, uuid4())
    case_id = await town.accepted()
    await moves_out(town, town.lin, home, local_day(town.clock.now()) + timedelta(days=3))
    assert await role(town.lin, case_id) == "complainant"
    await town.later(days=2)
    assert await role(town.lin, case_id) == "complainant"
    await town.later(days=2)
    assert await role(town.lin, case_id) == "former"


@pytest.fixture
async def deserted(town: Town) -> str:
    """In force, and the shop has gone."""
    case_id = await in_force(town)
    [row] = await town.rows("SELECT occupancy_id FROM occupancies WHERE member_id = $1", member_of(town.ma))
    await moves_out(town, town.ma, row["occupancy_id"])
    return case_id


async def test_the_next_operator_is_no_party_by_the_place(town: Town, deserted: str):
    du = await town.newcomer("merchant")
    await moves_in(town, du, town.shop, "trades", local_day(town.clock.now()) + timedelta(days=1))
    done(await du.get(f"/v1/cases/{deserted}"), 404)
    case = done(await town.zhou.get(f"/v1/cases/{deserted}"))
    assert [party["side"] for party in case["parties"]] == ["complainant"]
    assert case["left"][0]["side"] == "respondent"
    waiting = done(await town.zhou.get("/v1/cases", params={"needs_me": "true"}))["items"]
    assert deserted in {one["id"] for one in waiting}
    # invited she reads the facts written for her, and nothing else
    invited = {"member_id": str(member_of(du)), "side": "respondent", "facts": FACTS}
    done(await town.zhou.post(f"/v1/cases/{deserted}/invite", json=invited))
    seen = done(await du.get(f"/v1/cases/{deserted}"))
    assert (seen["role_in_case"], seen["invited"][0]["facts"]) == ("invited", FACTS)
    assert (seen["description"], seen["shared_summary"], seen["answer"]) == (None, None, None)
    assert {party["member_id"] for party in seen["parties"]} == {None}
    assert seen["possible"] == ["invitation"]
    done(await du.get(f"/v1/cases/{deserted}/messages"), 403)
    done(await du.post(f"/v1/cases/{deserted}/withdraw", json={}), 403)


async def test_what_the_shop_says_is_entered_as_its_statement_for_the_staff(town: Town, deserted: str):
    [left] = done(await town.zhou.get(f"/v1/cases/{deserted}"))["left"]
    statement = {"former_id": left["party_id"], "text": "净化器的钱我让新老板扣了"}
    done(await town.zhou.post(f"/v1/cases/{deserted}/leaving", json=statement))
    [left] = done(await town.zhou.get(f"/v1/cases/{deserted}"))["left"]
    assert left["said"] == ["净化器的钱我让新老板扣了"]
    assert done(await town.lin.get(f"/v1/cases/{deserted}"))["left"] == []


async def test_the_new_parties_deliberate_for_themselves(town: Town, deserted: str):
    du = await town.newcomer("merchant")
    await successor_joins(town, deserted, "respondent", du)
    routed = done(await town.zhou.post(f"/v1/cases/{deserted}/route", json={"path": "mediation"}))
    assert (routed["stage"], routed["clock"]["name"]) == ("deliberate", "mediation")
    *_, told = [one.data for one in await town.told(deserted) if isinstance(one.data, contracts.CaseRouted)]
    assert {one.member_id for one in told.parties} == {member_of(town.lin), member_of(du)}


async def test_a_death_is_entered_by_the_coordinator_and_the_family_is_asked(town: Town):
    case_id = await town.answered()
    case = done(await town.zhou.get(f"/v1/cases/{case_id}"))
    [lin] = [one["party_id"] for one in case["parties"] if one["side"] == "complainant"]
    died = {"leaver_id": lin, "on": "2026-03-13", "why": "died"}
    done(await town.ma.post(f"/v1/cases/{case_id}/leavings", json=died), 403)
    done(await town.zhou.post(f"/v1/cases/{case_id}/leavings", json=died))
    [left] = [one.data for one in await town.told(case_id) if isinstance(one.data, contracts.PartyLeft)]
    assert (left.why, left.to) == ("died", ())
    close = {"former_id": lin, "wish": "close", "text": "家里人说不办了"}
    receipt = done(await town.zhou.post(f"/v1/cases/{case_id}/leaving", json=close))
    assert (receipt["stage"], receipt["status"]) == ("closed", "withdrawn")
