"""From the register to a drawing: streets, houses and doors, each large enough to be touched on a small phone."""

from __future__ import annotations

from uuid import UUID, uuid5

import pytest

from services.portal.answers import Place
from services.portal.pages.plan import heat
from services.portal.plan import ABREAST, ABREAST_IN_LARGE_TYPE, HOUSE_WIDTH, Plan, block_plan, house_plan

NARROWEST_COLUMN_PX = 284
BLOCK = uuid5(UUID(int=0), "118弄")


def a_place(kind: str, name: str, building: str | None = None) -> Place:
    return Place(
        id=uuid5(UUID(int=0), name),
        kind=kind,
        name=name,
        block_id=BLOCK,
        building_id=uuid5(UUID(int=0), building or name),
    )


LANE = Place(id=BLOCK, kind="block", name="118弄")
HOUSES = [a_place("building", f"118弄{number}号") for number in range(1, 7)]
SHOPS = [
    a_place("shop", f"山北路{98 + 2 * number + extra}号 店", f"118弄{number}号")
    for number in range(1, 6)
    for extra in (0, 40)
]
FLATS = [a_place("unit", f"118弄3号{floor}0{flat}", "118弄3号") for floor in (1, 2) for flat in (1, 2)]


def drawn(plan: Plan) -> dict[str, tuple[float, float]]:
    return {one.label: (one.x, one.y) for one in plan.plots}


def test_given_a_block_when_drawn_then_houses_with_shops_stand_on_the_street_and_others_on_the_lane() -> None:
    plan = block_plan(LANE, [LANE, *HOUSES, *SHOPS, *FLATS], abreast=ABREAST)

    assert [street.name for street in plan.streets] == ["118弄", "山北路"]
    assert drawn(plan)["6号"][1] == 0
    lane, street = (one.y for one in plan.streets)
    assert all(lane < y < street for label, (_, y) in drawn(plan).items() if label != "6号")
    assert {one.label: one.shops for one in plan.plots}["3号"] == "104–144"


def test_given_more_houses_than_fit_when_drawn_then_they_go_on_in_another_row() -> None:
    plan = block_plan(LANE, [*HOUSES, *SHOPS], abreast=ABREAST_IN_LARGE_TYPE)

    assert [street.name for street in plan.streets] == ["118弄", "山北路", "山北路"]
    assert drawn(plan)["4号"][0] == drawn(plan)["1号"][0]
    assert max(one.x + one.width for one in plan.plots) <= plan.width


def test_given_no_house_when_drawn_then_nothing_is() -> None:
    assert block_plan(LANE, [LANE], abreast=ABREAST).plots == ()


def test_given_a_house_when_drawn_then_the_top_floor_is_above_and_the_shops_on_the_ground() -> None:
    shop = a_place("shop", "山北路116号 夜猫小酒馆", "118弄3号")

    plan = house_plan(HOUSES[2], [HOUSES[2], *FLATS, shop, *SHOPS[:2]], abreast=ABREAST)

    assert [one.label for one in plan.plots] == ["201", "202", "101", "102", "116号 夜猫小酒馆"]
    assert [one.y for one in plan.plots] == sorted(one.y for one in plan.plots)


@pytest.mark.parametrize(("abreast", "least"), [(ABREAST, 44), (ABREAST_IN_LARGE_TYPE, 60)])
def test_every_plot_can_be_touched_on_the_narrowest_phone(abreast: int, least: int) -> None:
    block = block_plan(LANE, [*HOUSES, *SHOPS], abreast=abreast)
    house = house_plan(HOUSES[2], FLATS, abreast=abreast)

    for plan in (block, house):
        scale = NARROWEST_COLUMN_PX / plan.width
        assert all(min(one.width, one.height) * scale >= least for one in plan.plots)
    assert house.width == HOUSE_WIDTH


def test_given_counts_when_shaded_then_none_is_lightest_and_most_is_darkest() -> None:
    assert [heat(cases, 9) for cases in (0, 1, 4, 9)] == [0, 1, 2, 3]
    assert heat(0, 0) == 0
    assert heat(1, 1) == 3
