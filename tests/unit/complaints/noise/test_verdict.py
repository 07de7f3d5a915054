"""Which limit applies, what makes a reading worthless, and how sure it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.complaints.noise import judge
from services.complaints.noise.grading import GRADES
from services.complaints.noise.reading import BandLevel
from services.complaints.noise.verdict import POINTS
from shared.contracts.measurements import Conduct, Equipment, RecordField, ZoneClass
from tests.unit.complaints.noise.readings import DAY, NIGHT, a_reading

PHONE = {"instrument": "phone", "measured_by": "party", "record": ()}


class TestScope:
    @pytest.mark.parametrize("source", get_args(Conduct))
    def test_voices_shutters_dancing_and_homes_have_no_limit_but_a_rule(self, source):
        verdict = judge(a_reading(source=source, level_db=90))
        assert (verdict.outcome, verdict.findings, verdict.branch) == ("not_applicable", (), None)
        assert verdict.rule.standard == "噪声污染防治法"
        assert verdict.rule.table is None

    @pytest.mark.parametrize(("day", "article"), [(14, "64"), (15, "593")])
    def test_the_rule_is_that_of_the_day(self, day, article):
        on = datetime(2026, 8, day, 4, tzinfo=UTC)
        assert judge(a_reading(source="voices", measured_at=on)).rule.clause == article

    @pytest.mark.parametrize("source", get_args(Equipment))
    def test_equipment_is_judged(self, source):
        assert judge(a_reading(source=source)).outcome == "exceeds"


class TestPeriod:
    @pytest.mark.parametrize(
        ("shanghai", "period"),
        [("05:59", "night"), ("06:00", "day"), ("21:59", "day"), ("22:00", "night"), ("00:00", "night")],
    )
    def test_night_is_22_to_6_on_the_spot(self, shanghai, period):
        hour, minute = map(int, shanghai.split(":"))
        at = datetime(2026, 3, 12, hour, minute, tzinfo=UTC) - timedelta(hours=8)
        assert judge(a_reading(measured_at=at)).period == period


class TestBranch:
    @pytest.mark.parametrize(
        ("facts", "branch"),
        [
            ({"through_structure": True, "boundary_m": "0.5"}, "through_structure"),
            ({"boundary_m": "0.5", "boundary_measurable": False}, "near_boundary"),
            ({"boundary_m": 5, "boundary_measurable": False}, "boundary_not_measurable"),
            ({"boundary_m": None, "boundary_measurable": False}, "boundary_not_measurable"),
            ({"boundary_m": 5}, "at_boundary"),
        ],
    )
    def test_the_first_that_fits_is_taken_and_measured_at_its_own_point(self, facts, branch):
        right = judge(a_reading(point=POINTS[branch], room="A", **facts))
        assert right.branch == branch
        assert "wrong_point" not in right.reasons
        for point in set(POINTS.values()) - {POINTS[branch]}:
            wrong = judge(a_reading(point=point, room="A", **facts))
            assert wrong.outcome == "cannot_decide"
            assert "wrong_point" in wrong.reasons

    def test_what_is_not_known_is_not_guessed(self):
        assert judge(a_reading(zone_class=None)).reasons == ("class_not_confirmed",)
        assert judge(a_reading(boundary_m=None)).reasons == ("distance_unknown",)
        indoors = a_reading(through_structure=True, point="indoors_windows_closed")
        assert judge(indoors).reasons == ("room_unknown", "bands_missing")
        assert {judge(one).outcome for one in (a_reading(zone_class=None), indoors)} == {"cannot_decide"}


def quiet_indoors(**more):
    bands = tuple(BandLevel(hz, Decimal(20), Decimal(5)) for hz in ("31.5", "63", "125", "250", "500"))
    asked = {"through_structure": True, "point": "indoors_windows_closed", "room": "A", "bands": bands}
    return a_reading(**{**asked, "level_db": 34, "background_db": 10, **more})


class TestThroughTheStructure:
    def test_a_missing_band_leaves_it_open_unless_the_level_decides(self):
        assert judge(quiet_indoors(bands=())).outcome == "cannot_decide"
        assert judge(quiet_indoors(bands=(), level_db=50)).outcome == "exceeds"

    @pytest.mark.parametrize(("maximum", "outcome"), [(45, "complies"), ("45.1", "exceeds")])
    def test_the_maximum_may_be_ten_above_and_has_no_background(self, maximum, outcome):
        lift = quiet_indoors(source="lift", steady=False, maximum_db=maximum)
        assert judge(lift).outcome == outcome

    def test_non_steady_noise_needs_its_maximum(self):
        assert judge(quiet_indoors(steady=False)).reasons == ("maximum_missing",)


class TestValidity:
    @pytest.mark.parametrize(
        ("facts", "fault"),
        [
            ({"calibrated_after_db": "94.4"}, "calibration_drifted"),
            ({"weather": "rain"}, "bad_weather"),
            ({"weather": "snow"}, "bad_weather"),
            ({"weather": "thunder"}, "bad_weather"),
            ({"wind_m_s": "5.1"}, "too_windy"),
            ({"normal_operation": False}, "source_not_normal"),
            ({"seconds": 59}, "too_short"),
            ({"height_m": "1.1"}, "microphone_misplaced"),
            ({"surface_m": "0.9"}, "microphone_misplaced"),
            ({"instrument": "meter_type_2", "level_db": "34.9"}, "invalid_instrument"),
        ],
    )
    def test_an_invalid_reading_shows_nothing(self, facts, fault):
        verdict = judge(a_reading(**facts))
        assert verdict.outcome == "cannot_decide"
        assert fault in verdict.reasons

    @pytest.mark.parametrize(
        "facts",
        [
            {"calibrated_after_db": "94.3"},
            {"wind_m_s": 5},
            {"seconds": 10, "steady": False},
            {"height_m": "1.2"},
            {"instrument": "meter_type_2", "level_db": 35},
            {"instrument": "meter_type_1", "level_db": 30},
        ],
    )
    def test_up_to_the_figure_it_is_valid(self, facts):
        assert judge(a_reading(**facts)).reasons == ()

    def test_near_the_outer_window_nothing_is_measured_with_windows_closed(self):
        assert judge(quiet_indoors(outer_window_m="0.9")).reasons == ("microphone_misplaced",)


class TestGrade:
    def test_a_phone_is_a_clue_and_never_says_exceeds(self):
        verdict = judge(a_reading(**PHONE, level_db=80))
        assert (verdict.grade, verdict.outcome) == ("indicative", "above_limit")
        assert "phone" in verdict.shortfalls

    @pytest.mark.parametrize("by", ["agency", "cma_lab"])
    def test_a_whole_record_by_who_may_measure_is_proof(self, by):
        verdict = judge(a_reading(measured_by=by))
        assert (verdict.grade, verdict.outcome) == ("accredited_cma", "exceeds")

    def test_a_whole_record_by_anybody_else_is_a_stronger_clue(self):
        verdict = judge(a_reading(measured_by="coordinator"))
        assert (verdict.grade, verdict.outcome) == ("calibrated", "above_limit")

    @pytest.mark.parametrize("missing", get_args(RecordField))
    def test_one_field_less_is_only_indicative(self, missing):
        rest = tuple(one for one in get_args(RecordField) if one != missing)
        verdict = judge(a_reading(record=rest))
        assert (verdict.grade, verdict.shortfalls) == ("indicative", (missing,))

    @pytest.mark.parametrize(
        "facts",
        [
            {"weather": None},
            {"wind_m_s": None},
            {"normal_operation": None},
            {"height_m": None},
            {"surface_m": None},
            {"zone_class": None},
            {"calibrated_before_db": None},
            {"calibrated_after_db": "95"},
        ],
    )
    def test_what_nobody_noted_counts_against_it(self, facts):
        assert judge(a_reading(**facts)).grade == "indicative"


levels = st.decimals(min_value=20, max_value=110, places=1)
zones = st.sampled_from(get_args(ZoneClass))
hours = st.sampled_from([DAY, NIGHT])


@given(levels, levels, levels, zones, hours)
def test_more_noise_is_never_judged_milder(one, other, background, zone, at):
    lower, higher = (
        judge(a_reading(level_db=level, background_db=background, zone_class=zone, measured_at=at)).deciding
        for level in sorted((one, other))
    )
    if lower.holds == "above":
        assert higher.holds == "above"
    if lower.correction_db is not None:
        assert higher.corrected_db >= lower.corrected_db


@given(levels, levels, zones, hours)
def test_a_correction_never_raises(level, background, zone, at):
    found = judge(
        a_reading(level_db=level, background_db=background, zone_class=zone, measured_at=at)
    ).deciding
    assert found.correction_db is None or found.correction_db >= 0
    assert found.corrected_db is None or found.corrected_db <= level + Decimal("0.5")


worse = st.fixed_dictionaries(
    {},
    optional={
        "instrument": st.sampled_from(["phone", "meter_type_2"]),
        "measured_by": st.sampled_from(["party", "coordinator"]),
        "record": st.lists(st.sampled_from(get_args(RecordField)), unique=True).map(tuple),
        "weather": st.just(None),
        "wind_m_s": st.just(None),
        "calibrated_before_db": st.sampled_from([None, 90]),
        "normal_operation": st.just(None),
    },
)


@given(worse, worse)
def test_knowing_less_never_raises_the_grade(some, more):
    reading = a_reading(**some)
    lacking = a_reading(reading, **{name: None for name, value in more.items() if value is None})
    phone = a_reading(reading, instrument="phone")
    grade, lower, by_phone = (GRADES.index(judge(one).grade) for one in (reading, lacking, phone))
    assert lower <= grade
    assert by_phone == 0


@given(worse, levels, zones)
def test_only_accredited_readings_say_that_the_standard_is_exceeded(some, level, zone):
    verdict = judge(a_reading(**some, level_db=level, zone_class=zone))
    assert verdict.outcome != "exceeds" or verdict.grade == "accredited_cma"
