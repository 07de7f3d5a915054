"""The 37 rows of routing.md, and one for whoever is not sure in each category."""

from __future__ import annotations

import pytest

from services.complaints.categories import catalogue

ROUTING = set(
    """
    bar_music patrons_outside fixed_equipment promo_speaker street_music loading_at_night renovation_noise
    shutter_and_furniture ebike_alarm square_dance gas_cylinder_indoor exit_blocked fire_lane_occupied
    fire_equipment_damaged ebike_charging_corridor ebike_charging_indoors fly_wire open_flame_cooking
    mixed_living_in_shop flammable_goods cooking_fumes kitchen_waste garbage_sorting dirty_water falling_objects
    goods_on_pavement signboard_light signboard_unsafe pests food_safety pet_of_shop smoke_second_hand water_leak
    load_bearing_change camera_at_windows parking_by_customers threat_or_violence
    """.split()  # noqa: SIM905
)


def test_every_row_of_the_routing_table_is_there_once():
    codes = [one.code for one in catalogue().subcategories]
    assert len(codes) == len(set(codes))
    assert set(codes) >= ROUTING
    assert len(ROUTING) == 37
    assert set(codes) - ROUTING == {
        "other_noise",
        "other_fire_safety",
        "other_sanitation",
        "other_matter",
    }


@pytest.mark.parametrize("row", catalogue().subcategories, ids=lambda row: row.code)
def test_a_row_speaks_of_what_exists(row):
    assert row.category in catalogue().categories
    assert set(row.authorities) <= catalogue().authorities.keys()
    assert (row.call is None) == (row.emergency == "never")
    assert row.zh
    assert row.en


def test_help_is_called_first_where_it_burns():
    gas, lane, bar = (
        catalogue().find(code) for code in ("gas_cylinder_indoor", "fire_lane_occupied", "bar_music")
    )
    assert gas.is_emergency(happening_now=False)
    assert lane.is_emergency(happening_now=True)
    assert not lane.is_emergency(happening_now=False)
    assert not bar.is_emergency(happening_now=True)
    assert gas.numbers == ["119", "110", "120"]
    assert catalogue().find("threat_or_violence").numbers[0] == "110"
