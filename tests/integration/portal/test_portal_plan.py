from __future__ import annotations

import pytest

from tests.integration.portal.browser import Shown
from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import BAR, BLOCK, BUILDING

FIGURES = "GET /complaints/v1/figures"
NOBODY = {"value": None, "met": 0, "counted": 0}
A_SINGLE_ONE = {"cases": 1, "open": 1} | dict.fromkeys(
    ("responded", "solved", "satisfied", "performed"), NOBODY
)


def the_register(portal: Portal) -> None:
    """One block with one house, and the bar in it."""
    inside = {"block_id": str(BLOCK), "building_id": str(BUILDING)}
    block = {"id": str(BLOCK), "kind": "block", "name": "118弄"}
    house = {"id": str(BUILDING), "kind": "building", "name": "118弄3号"} | inside
    bar = {"id": str(BAR), "kind": "shop", "name": "山北路116号 夜猫小酒馆"} | inside
    portal.services.says("GET /alliance/v1/places", {"items": [block, house, bar], "next_cursor": None})
    portal.services.says(f"GET /alliance/v1/places/{BUILDING}", house)


def plots(shown: Shown) -> dict[str, str]:
    """What can be pointed at, by where it leads."""
    found = [attributes for tag, attributes in shown.tags if tag == "a" and "aria-label" in attributes]
    return {str(one["href"]): str(one["aria-label"]) for one in found}


async def test_from_the_form_over_the_plan_to_the_door_nothing_typed_is_lost(portal: Portal) -> None:
    the_register(portal)
    await portal.sign_in("resident")
    form = await portal.browser.open("/file?category=noise")

    plan = await portal.browser.follow(
        await portal.browser.send(form, "/file", description="夜里吵", step="plan")
    )
    assert plots(plan) == {f"/plan/{BUILDING}": "118弄3号 116 (shops)"}
    house = await portal.browser.open(f"/plan/{BUILDING}")
    [(door, name)] = plots(house).items()
    assert name == "山北路116号 夜猫小酒馆"
    back = await portal.browser.open(door.partition("#")[0])

    fields = back.form("/file").fields
    assert fields["description"] == ["夜里吵"]
    assert fields["building"] == [str(BUILDING)]
    assert fields["place_id"] == [str(BAR)]
    assert fields["key"] == form.form("/file").fields["key"]


async def test_the_plan_is_for_members_and_knows_houses_alone(portal: Portal) -> None:
    assert (await portal.browser.open("/plan")).goes_to.startswith("/sign-in")
    await portal.sign_in("resident")
    assert (await portal.browser.open(f"/plan/{BAR}")).status == 404


async def test_the_coordinator_sees_where_matters_gather_also_a_single_one(portal: Portal) -> None:
    the_register(portal)
    portal.services.says(FIGURES, {"groups": [{"key": str(BUILDING), "figures": A_SINGLE_ONE}]})
    await portal.sign_in("coordinator")

    shown = await portal.browser.open("/hotspots?category=noise")

    [asked] = portal.services.times(FIGURES)
    assert {"by=building", "category=noise"} <= {*asked.query.split("&")}
    assert {"class": "heat-3"} in [attributes for tag, attributes in shown.tags if tag == "g"]
    assert "<td>1</td>" in shown.answer.text


@pytest.mark.parametrize("role", ["resident", "merchant", "mediator"])
async def test_nobody_else_sees_it(portal: Portal, role: str) -> None:
    await portal.sign_in(role)

    assert (await portal.browser.open("/hotspots")).status == 404
    assert not portal.services.times(FIGURES)
