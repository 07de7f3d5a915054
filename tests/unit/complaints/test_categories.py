"""The 37 rows of routing.md, and one for whoever is not sure in each category."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from services.complaints.categories import catalogue
from services.complaints.terms import EvidenceKind
from shared.errors import Invalid

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


NOISE = {"noise_source", "days", "hours", "where_heard", "reading_db", "reading_by"}
FIRE = {"what_blocks_or_burns", "people_at_risk"}
SANITATION = {"sanitation_what", "front_of_shop"}
COMMON = {"since_when", "how_often", "hours", "affected", "talked_to", "talked_result"}


@pytest.mark.parametrize(
    ("category", "codes"),
    [("noise", NOISE), ("fire_safety", FIRE), ("sanitation", SANITATION), ("other", COMMON)],
)
def test_each_category_has_its_own_questions_beside_the_common_ones(category, codes):
    for row in catalogue().of(category):
        asked = [question.code for question in row.questions]
        assert len(asked) == len(set(asked))
        assert set(asked) >= codes | COMMON
        assert row.evidence


def test_e_bikes_and_cylinders_are_counted():
    def asked(code: str) -> set[str]:
        return {question.code for question in catalogue().find(code).questions}

    assert "ebikes" in asked("ebike_charging_corridor")
    assert "cylinders" in asked("gas_cylinder_indoor")
    assert "purifier" in asked("cooking_fumes")


def test_health_is_marked_sensitive():
    marked = {q.code for row in catalogue().subcategories for q in row.questions if q.sensitive}
    assert marked == {"vulnerable", "somebody_hurt"}


def test_the_law_follows_the_day_of_the_act():
    laws = catalogue().find("bar_music").law
    before, after = date(2026, 8, 14), date(2026, 8, 15)
    assert next(law.text for law in laws if law.holds(before)).startswith("噪声污染防治法")
    assert next(law.text for law in laws if law.holds(after)).startswith("生态环境法典")


@pytest.mark.parametrize(
    "row", [row for row in catalogue().subcategories if row.code in ROUTING], ids=lambda row: row.code
)
def test_every_row_of_the_routing_table_names_its_law(row):
    assert row.law


def changed(row: str, **more):
    return catalogue().find(row).model_copy(update=more)


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (changed("bar_music", category="weather"), "/category"),
        (changed("bar_music", authorities=("police", "navy")), "/authorities/1"),
        (changed("bar_music", evidence=("dream",)), "/evidence/0"),
        (
            changed("bar_music", questions=catalogue().find("bar_music").questions[:1] * 2),
            "/questions/1/code",
        ),
        (changed("bar_music", emergency="always"), "/call"),
        (changed("exit_blocked", emergency="never", call=None), "/emergency"),
        (changed("gas_cylinder_indoor", off=True), "/off"),
    ],
)
def test_a_version_that_cannot_be_is_refused_by_its_field(row, field):
    with pytest.raises(Invalid) as invalid:
        catalogue().require_sound(row)
    assert invalid.value.field == field


def asked_otherwise(row: str, code: str, **more):
    found = catalogue().find(row)
    questions = tuple(one.model_copy(update=more) if one.code == code else one for one in found.questions)
    return found.model_copy(update={"questions": questions})


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (changed("bar_music", category="other"), "/category"),
        (asked_otherwise("bar_music", "since_when", type="bool"), "/questions/0/type"),
        (asked_otherwise("bar_music", "days", multiple=False), "/questions/2/type"),
    ],
)
def test_a_version_under_which_earlier_cases_would_mean_something_else_is_refused(row, field):
    catalogue().require_sound(row)
    with pytest.raises(Invalid) as invalid:
        catalogue().require_sound(row, [catalogue().find("bar_music")])
    assert invalid.value.field == field


def test_a_question_that_was_of_two_kinds_stays_what_it_was_last():
    shipped = catalogue().find("bar_music")
    before = asked_otherwise("bar_music", "since_when", type="bool")
    without = before.model_copy(update={"questions": before.questions[1:]})
    catalogue().require_sound(before, [without, before, shipped])
    with pytest.raises(Invalid, match="question_kind_stays"):
        catalogue().require_sound(shipped, [without, before, shipped])


def test_a_question_may_be_worded_anew_moved_dropped_and_offer_other_answers():
    before = catalogue().find("bar_music")
    asked = before.questions
    anew = asked[1].model_copy(update={"en": "Worded anew", "options": asked[1].options[:1]})
    catalogue().require_sound(before.model_copy(update={"questions": (anew, asked[0])}), [before])


def test_an_alliances_version_takes_the_place_of_the_one_shipped():
    mine = changed("bar_music", en="Loud bar", version=1)
    new = changed("bar_music", code="karaoke", version=1)
    own = catalogue().with_own([mine, new])
    assert own.find("bar_music").en == "Loud bar"
    assert own.find("karaoke") is new
    assert len(own.subcategories) == len(catalogue().subcategories) + 1


def test_what_is_switched_off_is_offered_no_more_and_still_found():
    own = catalogue().with_own([changed("square_dance", off=True, version=1)])
    assert "square_dance" not in {row.code for row in own.of("noise")}
    assert own.find("square_dance") is not None
    assert "square_dance" in {row.code for row in own.every("noise")}
    with pytest.raises(Invalid):
        own.offered("noise", "square_dance")


def test_what_helps_as_evidence_can_be_brought():
    assert catalogue().evidence.keys() - {"reading"} == set(get_args(EvidenceKind))
