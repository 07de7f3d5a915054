"""A committee's ledger is taken over: every row a case or a named error, none lost, none doubled, ever."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import pytest

from cli.running import Running
from deploy.local.settings import ROOT
from tests.support.command_line import printed, shangju

LEDGERS = Path(__file__).parent / "ledgers"
REAL = ROOT.parent / "shared" / "data" / "nyc311-noise-brooklyn-2016.csv"
"""New York's 311 extract: beside the project on some machines, not part of it."""

ERRORS = {
    "7": "bad_date",
    "8": "unknown_value",
    "9": "value_missing",
    "10": "key_twice",
    "11": "key_missing",
    "13": "too_many_cells",
}


def imported(
    where: Running, file: Path, result: Path, *more: str, mapping: Path | None = None, code: int = 0
) -> Any:
    rules = mapping or LEDGERS / "shanbei.yaml"
    return printed(where, "ledger", "import", file, "--mapping", rules, "--result", result, *more, code=code)


def rows_of(result: Path) -> list[dict[str, str]]:
    with result.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def cases_seen_by_the_committee(where: Running) -> set[str]:
    """References of all cases, page by page."""
    token = shangju(where, "token", "--as", "zhou@shanbei.example").strip()
    references: set[str] = set()
    cursor: str | None = None
    while True:
        query = {"limit": "100", **({"cursor": cursor} if cursor else {})}
        headers = {"Authorization": f"Bearer {token}"}
        page = httpx.get(f"{where.api('complaints')}/v1/cases", params=query, headers=headers).json()
        references |= {item["reference"] for item in page["items"]}
        cursor = page["next_cursor"]
        if cursor is None:
            return references


def test_given_a_ledger_when_imported_again_and_again_then_each_row_is_one_case_or_one_error(
    where: Running, tmp_path: Path
) -> None:
    gb18030 = tmp_path / "台账.csv"
    gb18030.write_bytes((LEDGERS / "shanbei.csv").read_text().encode("gb18030"))
    before = cases_seen_by_the_committee(where)

    dry = imported(where, gb18030, tmp_path / "dry.csv", "--dry-run", code=1)
    assert (dry["rows"], dry["valid"], dry["error"], dry["blank_lines"]) == (10, 4, 6, 1)
    assert cases_seen_by_the_committee(where) == before

    first = imported(where, gb18030, tmp_path / "first.csv", code=1)
    assert (first["rows"], first["created"], first["already_there"], first["error"]) == (10, 4, 0, 6)
    outcomes = rows_of(tmp_path / "first.csv")
    assert {one["row"]: one["error"] for one in outcomes if one["result"] == "error"} == ERRORS
    created = {one["reference"] for one in outcomes if one["reference"]}
    assert cases_seen_by_the_committee(where) - before == created

    again = imported(where, gb18030, tmp_path / "again.csv", code=1)
    assert (again["created"], again["already_there"], again["error"]) == (0, 4, 6)

    shangju(where, "clock", "advance", "8d")
    later = imported(where, _as_workbook(tmp_path), tmp_path / "later.csv", code=1)
    assert (later["created"], later["already_there"]) == (0, 4)
    assert {one["reference"] for one in rows_of(tmp_path / "later.csv") if one["reference"]} == created
    assert cases_seen_by_the_committee(where) - before == created


def _as_workbook(folder: Path) -> Path:
    """The good rows once more as a workbook with real dates and merged cells; the reading is the same ledger's."""
    book = openpyxl.Workbook()
    page = book.active
    page.append(["编号", "日期", "大类", "小类", "地点", "事由", "备注"])
    page.append(["2026-001", datetime(2026, 3, 12), "噪声", "酒吧音乐", "山北路116号", "后门", None])  # noqa: DTZ001
    page.append(["2026-002", datetime(2026, 3, 14), "卫生", "油烟", None, "油烟", None])  # noqa: DTZ001
    page.append([None] * 7)
    page.append(["2026-003", "2026-03-15", "噪声", "装修", "山北路101号", "敲墙", None])
    page.append(["2026-007", "2026-03-22", "噪声", "装修", "山北路105号", "x", None])
    page.append(["2026-009", "2026-03-23", "噪声", "装修", "山北路105号", "长" * 33_000, None])
    page.merge_cells("E2:E3")
    book.save(folder / "台账.xlsx")
    return folder / "台账.xlsx"


def test_given_a_cell_of_ten_megabytes_when_imported_then_it_is_one_named_error(
    where: Running, tmp_path: Path
) -> None:
    file = tmp_path / "huge.csv"
    header = "编号,日期,大类,小类,地点,事由,备注\n"
    file.write_text(
        f"{header}huge-1,2026-03-12,噪声,酒吧音乐,116号,{'长' * 3_500_000},\nhuge-2,,噪声,酒吧音乐,116号,吵,\n"
    )
    counts = imported(where, file, tmp_path / "r.csv", code=1)
    assert (counts["created"], counts["error"]) == (1, 1)
    assert [one["error"] for one in rows_of(tmp_path / "r.csv")] == ["cell_too_long", ""]
    assert (tmp_path / "r.csv").stat().st_size < 10_000


def test_given_a_row_the_service_refuses_when_imported_then_the_error_is_the_services(
    where: Running, tmp_path: Path
) -> None:
    file = tmp_path / "l.csv"
    header = "编号,日期,大类,小类,地点,事由,备注\n"
    file.write_text(
        f"{header}w-1,2026-03-12,卫生,酒吧音乐,116号,大类和小类不合,\nw-2,,噪声,酒吧音乐,116号,{'长' * 5000},\n"
    )
    imported(where, file, tmp_path / "r.csv", code=1)
    first, second = rows_of(tmp_path / "r.csv")
    assert (first["error"], first["field"]) == ("unknown_subcategory", "小类")
    assert (second["error"], second["field"]) == ("field_too_long", "事由 + 备注")
    assert first["sentence"]


def test_given_a_useless_file_when_imported_then_it_says_why_and_sends_nothing(
    where: Running, tmp_path: Path
) -> None:
    file = tmp_path / "l.csv"
    file.write_text("a,b\n1,2\n")
    said = shangju(where, "ledger", "import", file, "--mapping", LEDGERS / "shanbei.yaml", code=2)
    assert "no header with these columns" in said


@pytest.mark.skipif(not REAL.exists(), reason="the 311 extract is not beside the project")
def test_given_new_yorks_noise_complaints_when_imported_twice_then_all_117_are_cases_once(
    where: Running, tmp_path: Path
) -> None:
    mapping = ROOT / "cli" / "ledger" / "mappings" / "nyc311-noise.yaml"
    first = imported(where, REAL, tmp_path / "first.csv", mapping=mapping)
    assert (first["rows"], first["created"], first["error"]) == (117, 117, 0)
    again = imported(where, REAL, tmp_path / "again.csv", mapping=mapping)
    assert (again["rows"], again["created"], again["already_there"]) == (117, 0, 117)
    references = [one["reference"] for one in rows_of(tmp_path / "first.csv")]
    assert len(set(references)) == 117
    assert references == [one["reference"] for one in rows_of(tmp_path / "again.csv")]
