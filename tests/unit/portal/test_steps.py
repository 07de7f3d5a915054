from __future__ import annotations

from datetime import date

import pytest

from services.portal.forms import Form, Mistakes
from services.portal.steps import STEPS, TABLE, days_ahead, offered


def body(step: str, **typed: str | list[str]) -> dict[str, object]:
    fields = {name: value if isinstance(value, list) else [value] for name, value in typed.items()}
    return STEPS[step].body(Form(fields))


def test_the_services_names_are_found_however_they_are_written() -> None:
    names = [
        step.name
        for step in offered(["pass-on", "confirm-in-court", "never heard of"], "mediation", "agreement")
    ]

    assert names == ["confirm_in_court", "pass_on"]


def test_no_step_takes_the_name_of_another() -> None:
    assert len(STEPS) == len(TABLE)


def test_two_services_may_call_their_steps_alike() -> None:
    assert [step.name for step in offered(["invite"], "case")] == ["invite_successor"]
    assert [step.name for step in offered(["invite"], "mediation")] == ["invite"]


def test_only_steps_about_what_is_asked_are_offered() -> None:
    assert [step.name for step in offered(["accept", "take"], "case")] == ["accept"]


def test_an_empty_optional_field_is_not_sent() -> None:
    assert body("accept", shared_summary="后门夜间音乐", respondent_id="") == {
        "shared_summary": "后门夜间音乐"
    }


def test_what_is_said_of_a_file_is_not_sent_without_one() -> None:
    sent = body("occurrences", note="又来了", kind="audio", shows_minor="yes")
    assert sent == {"note": "又来了", "evidence_ids": []}


def test_an_empty_required_field_is_named() -> None:
    with pytest.raises(Mistakes) as mistakes:
        body("answer", kind="agree", text=" ")

    assert mistakes.value.codes == {"text": "field_missing"}


def test_a_survey_is_sent_as_figures() -> None:
    said = {"solved": False, "score": 2}
    assert body("survey", solved="no", score="2") == said


def test_a_tick_is_sent_where_it_is_set_and_only_there() -> None:
    """A service of the release before knows nothing of a new one."""
    [ticked, not_ticked] = [
        body("survey", solved="no", score="2", share_comment=said) for said in ("yes", "")
    ]
    assert (ticked["share_comment"], "share_comment" in not_ticked) == (True, False)


def test_a_score_in_words_is_refused() -> None:
    with pytest.raises(Mistakes):
        body("survey", solved="yes", score="²")


def test_times_are_read_row_by_row_and_empty_rows_are_skipped() -> None:
    sent = body(
        "consent",
        separate="yes",
        window_day=["2026-03-24", "", ""],
        window_from=["14:00", "", ""],
        window_to=["16:00", "", ""],
    )

    assert sent == {
        "separate": True,
        "languages": [],
        "available": [{"starts_at": "2026-03-24T14:00:00+08:00", "ends_at": "2026-03-24T16:00:00+08:00"}],
    }


def test_half_a_time_is_named_with_its_row() -> None:
    with pytest.raises(Mistakes) as mistakes:
        body("consent", window_day=["", "2026-03-24"], window_from=["", "14:00"], window_to=["", ""])

    assert mistakes.value.codes == {"window_1": "window_wrong"}


def test_parts_of_a_day_ticked_one_after_another_are_one_time() -> None:
    sent = body("consent", free=["2026-03-25/evening", "2026-03-24/afternoon", "2026-03-24/morning"])

    assert sent["available"] == [
        {"starts_at": "2026-03-24T09:00:00+08:00", "ends_at": "2026-03-24T17:00:00+08:00"},
        {"starts_at": "2026-03-25T17:00:00+08:00", "ends_at": "2026-03-25T20:00:00+08:00"},
    ]


def test_what_is_ticked_and_what_is_written_go_together() -> None:
    sent = body(
        "answers",
        free=["2026-03-24/morning"],
        window_day=["2026-04-20"],
        window_from=["14:15"],
        window_to=["16:00"],
    )

    assert [one["starts_at"] for one in sent["available"]] == [  # type: ignore[attr-defined]
        "2026-03-24T09:00:00+08:00",
        "2026-04-20T14:15:00+08:00",
    ]


@pytest.mark.parametrize("ticked", ["2026-03-24/night", "tomorrow/morning", "2026-03-24"])
def test_no_other_part_of_a_day_is_taken(ticked: str) -> None:
    with pytest.raises(Mistakes) as mistakes:
        body("consent", free=[ticked])

    assert mistakes.value.codes == {"available": "field_wrong"}


def test_the_calendar_begins_tomorrow() -> None:
    days = days_ahead(date(2026, 12, 30))

    assert (days[0], days[-1]) == (date(2026, 12, 31), date(2027, 1, 13))


def test_slots_left_open_are_not_answered() -> None:
    assert body("answers", slot=["a", "b"], slot_a="if_need_be") == {
        "answers": [{"slot_id": "a", "answer": "if_need_be"}]
    }


def test_an_agreement_carries_the_commitments_that_were_written() -> None:
    sent = body(
        "agreement",
        form="written",
        terms="后门夜里关上",
        promise_owner_side=["respondent", "complainant", "respondent"],
        promise_what=["后门22点关", "先在平台反映", ""],
        promise_measure=["门上有告示", "没有群里发帖", ""],
        promise_due_on=["2026-03-25", "2026-04-21", ""],
    )

    assert sent["commitments"] == [
        {"owner_side": "respondent", "what": "后门22点关", "measure": "门上有告示", "due_on": "2026-03-25"},
        {
            "owner_side": "complainant",
            "what": "先在平台反映",
            "measure": "没有群里发帖",
            "due_on": "2026-04-21",
        },
    ]


PHOTOS = {
    "form": "written",
    "terms": "每月拍定时器照片",
    "promise_owner_side": ["respondent"],
    "promise_what": ["每月1日拍定时器照片"],
    "promise_measure": ["照片"],
    "promise_due_on": ["2026-12-01"],
}


def test_what_is_done_several_times_has_its_earlier_days_before_the_last() -> None:
    [photos] = body("agreement", **PHOTOS, promise_earlier=["2026-10-01、2026-11-01"])["commitments"]

    assert photos["steps"] == ["2026-10-01", "2026-11-01", "2026-12-01"]


def test_an_earlier_day_that_is_none_is_named_with_its_row() -> None:
    with pytest.raises(Mistakes) as mistakes:
        body("agreement", **PHOTOS, promise_earlier=["每月1日"])

    assert mistakes.value.codes == {"promise_0": "promise_earlier_wrong"}


def test_half_a_commitment_is_named_with_its_row() -> None:
    with pytest.raises(Mistakes) as mistakes:
        body(
            "agreement",
            form="written",
            terms="x",
            promise_owner_side=["respondent"],
            promise_what=["后门22点关"],
            promise_measure=[""],
            promise_due_on=[""],
        )

    assert mistakes.value.codes == {"promise_0": "promise_wrong"}


def test_an_agreement_without_commitments_is_asked_for_one() -> None:
    with pytest.raises(Mistakes):
        body("agreement", form="oral", terms="x")


def test_a_reading_is_sent_as_figures_and_a_moment() -> None:
    sent = body(
        "readings",
        measured_at_day="2026-03-12",
        measured_at_time="23:40",
        source="sound_system",
        point="outside_window",
        level_db="48,5",
        seconds="60",
        steady="yes",
        instrument="phone",
    )

    assert sent["measured_at"] == "2026-03-12T23:40:00+08:00"
    assert (sent["level_db"], sent["seconds"], sent["steady"]) == (48.5, 60.0, True)
    assert "background_db" not in sent


MEASURED = {
    "measured_at_day": "2026-03-12",
    "source": "fan",
    "point": "boundary",
    "level_db": "48.5",
    "seconds": "60",
    "steady": "yes",
    "instrument": "meter_type_1",
    "measured_by": "cma_lab",
}


def test_what_was_not_noted_of_a_measurement_is_not_sent() -> None:
    assert body("readings_measured", **MEASURED).keys() == {
        "measured_at",
        "source",
        "point",
        "level_db",
        "seconds",
        "steady",
        "instrument",
        "measured_by",
        "record",
    }


def test_octave_bands_are_read_one_after_another_with_or_without_background() -> None:
    sent = body(
        "readings_measured", **MEASURED, bands="31.5 60 50，63 55.5; 125 48", boundary_measurable="no"
    )

    assert sent["bands"] == [
        {"hz": "31.5", "level_db": "60", "background_db": "50"},
        {"hz": "63", "level_db": "55.5"},
        {"hz": "125", "level_db": "48"},
    ]
    assert sent["boundary_measurable"] is False


@pytest.mark.parametrize("typed", ["63", "63 loud", "63 55 50 1", "63:55"])
def test_a_band_that_cannot_be_read_is_named(typed: str) -> None:
    with pytest.raises(Mistakes) as mistakes:
        body("readings_measured", **MEASURED, bands=typed)

    assert mistakes.value.codes == {"bands": "bands_wrong"}


@pytest.mark.parametrize("typed", ["nan", "inf", "1e9", "-1", "四十", "1234567"])
def test_what_is_no_figure_is_named(typed: str) -> None:
    with pytest.raises(Mistakes) as mistakes:
        body(
            "readings",
            measured_at_day="2026-03-12",
            source="fan",
            point="boundary",
            level_db=typed,
            seconds="60",
            steady="no",
            instrument="phone",
        )

    assert mistakes.value.codes == {"level_db": "field_wrong"}
