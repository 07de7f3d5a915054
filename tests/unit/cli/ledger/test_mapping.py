"""A row becomes a filing by rules a committee can read, or an error that names the cell."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from cli.ledger.mapping import LONGEST_CELL, Mapping, load
from cli.ledger.problems import RowError, Unusable
from cli.ledger.reading import Row

RULES: dict[str, Any] = {
    "ledger": "shanbei-2026",
    "key": ["编号"],
    "fields": {
        "category": {"value": "noise"},
        "subcategory": {"column": "类别", "values": {"酒吧": "bar_music"}, "default": "other"},
        "description": {"join": ["事由", "备注"], "separator": ";"},
        "place_text": {"column": "地点"},
        "occurred_at": {"column": "时间", "date": ["%Y-%m-%d %H:%M", "%Y年%m月%d日"]},
    },
}
ROW = {
    "编号": "7",
    "类别": "酒吧",
    "事由": "后门吵",
    "备注": "连续三周",
    "地点": "116号",
    "时间": "2026-03-12 23:52",
}


def filing(**cells: Any) -> dict[str, Any]:
    return Mapping.model_validate(RULES).filing(Row(2, ROW | cells))


def refused(**cells: Any) -> tuple[str, str]:
    with pytest.raises(RowError) as refusal:
        filing(**cells)
    return refusal.value.named.code, refusal.value.named.field


def test_given_a_whole_row_when_mapped_then_it_is_a_filing() -> None:
    assert filing() == {
        "category": "noise",
        "subcategory": "bar_music",
        "description": "后门吵;连续三周",
        "place_text": "116号",
        "occurred_at": "2026-03-12T23:52:00+08:00",
    }


def test_given_empty_cells_when_mapped_then_defaults_are_said_and_optional_fields_left_out() -> None:
    assert filing(类别=None, 备注="  ", 地点="", 时间=None) == {
        "category": "noise",
        "subcategory": "other",
        "description": "后门吵",
    }


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026年3月12日", "2026-03-12T00:00:00+08:00"),
        (datetime(2026, 3, 12, 23, 52), "2026-03-12T23:52:00+08:00"),  # noqa: DTZ001
    ],
)
def test_given_another_way_to_write_a_date_when_mapped_then_it_is_that_moment(
    written: Any, moment: str
) -> None:
    assert filing(时间=written)["occurred_at"] == moment


@pytest.mark.parametrize(
    ("cells", "error"),
    [
        ({"类别": "迪厅"}, ("unknown_value", "类别")),
        ({"时间": "三月中旬"}, ("bad_date", "时间")),
        ({"时间": "2026-02-30 10:00"}, ("bad_date", "时间")),
        ({"事由": "", "备注": ""}, ("value_missing", "事由 + 备注")),
        ({"事由": "长" * (LONGEST_CELL + 1)}, ("cell_too_long", "事由")),
        ({"地点": "#REF!"}, ("cell_broken", "地点")),
    ],
)
def test_given_a_bad_cell_when_mapped_then_the_error_names_its_column(
    cells: dict[str, Any], error: tuple[str, str]
) -> None:
    assert refused(**cells) == error


def test_given_more_cells_than_columns_when_mapped_then_the_row_is_an_error() -> None:
    with pytest.raises(RowError) as refusal:
        Mapping.model_validate(RULES).filing(Row(2, ROW, surplus=True))
    assert refusal.value.named.code == "too_many_cells"


def test_given_a_number_from_a_workbook_when_keyed_then_it_is_the_same_key_as_from_csv() -> None:
    mapping = Mapping.model_validate(RULES)
    assert {mapping.key_of(Row(2, ROW | {"编号": key})) for key in ("33648024", 33648024, 33648024.0)} == {
        "33648024"
    }


def test_given_no_key_when_keyed_then_the_row_is_an_error() -> None:
    with pytest.raises(RowError) as refusal:
        Mapping.model_validate(RULES).key_of(Row(2, ROW | {"编号": None}))
    assert refusal.value.named.code == "key_missing"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a list",
        "ledger: x\nkey: [a]\nfields: {}",
        "ledger: X Y\nkey: [a]\nfields: {category: {value: noise}}",
        "ledger: x\nkey: []\nfields: {category: {value: noise}}",
        "ledger: x\nkey: [a]\nfields: {category: {value: noise, column: b}}",
        "ledger: x\nkey: [a]\nfields: {category: {}}",
        "ledger: x\nkey: [a]\ntimezone: Mars/Base\nfields: {category: {value: noise}}",
        "ledger: x\nkey: [a]\ncolour: red\nfields: {category: {value: noise}}",
        "{not: yaml",
    ],
)
def test_given_a_wrong_mapping_when_loaded_then_it_is_refused_with_the_place(
    tmp_path: Path, text: str
) -> None:
    file = tmp_path / "mapping.yaml"
    file.write_text(text)
    with pytest.raises(Unusable) as refusal:
        load(file)
    assert refusal.value.code in ("mapping_wrong", "mapping_unreadable")
