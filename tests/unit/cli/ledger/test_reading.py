"""Whatever program wrote the ledger, its rows are read as a person sees them, or the file is refused in words."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from cli.ledger import reading
from cli.ledger.problems import Unusable
from cli.ledger.reading import Ledger, read

COLUMNS = frozenset({"编号", "事由"})


def written(path: Path, text: str, *, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def read_cells(path: Path, **more: object) -> list[tuple[int, dict[str, object]]]:
    ledger = read(path, columns=COLUMNS, **more)  # type: ignore[arg-type]
    return [(row.number, dict(row.cells)) for row in ledger.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_given_an_encoding_people_use_when_read_then_the_words_are_right(
    tmp_path: Path, encoding: str
) -> None:
    file = written(tmp_path / "l.csv", "编号,事由\n1,夜猫酒馆后门吵\n", encoding=encoding)
    assert read_cells(file) == [(2, {"编号": "1", "事由": "夜猫酒馆后门吵"})]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_given_a_delimiter_excel_writes_when_read_then_the_columns_are_found(
    tmp_path: Path, delimiter: str
) -> None:
    file = written(tmp_path / "l.csv", f"编号{delimiter}事由\n1{delimiter}油烟\n")
    assert read_cells(file) == [(2, {"编号": "1", "事由": "油烟"})]


def test_given_a_title_above_the_header_when_read_then_row_numbers_are_the_spreadsheets(
    tmp_path: Path,
) -> None:
    file = written(tmp_path / "l.csv", "山北居民区台账,\n2026年,\n编号,事由\n1,油烟\n")
    assert read_cells(file) == [(4, {"编号": "1", "事由": "油烟"})]


def test_given_blank_lines_when_read_then_they_are_counted_and_are_no_rows(tmp_path: Path) -> None:
    file = written(tmp_path / "l.csv", "编号,事由\n1,油烟\n,\n\n2,噪声\n")
    assert read(file, columns=COLUMNS) == Ledger(read(file, columns=COLUMNS).rows, blank=2)
    assert [number for number, _ in read_cells(file)] == [2, 5]


def test_given_a_short_and_a_long_line_when_read_then_one_is_padded_and_one_is_marked(tmp_path: Path) -> None:
    rows = read(written(tmp_path / "l.csv", "编号,事由\n1\n2,噪声,滑出来的\n"), columns=COLUMNS).rows
    assert rows[0].cells == {"编号": "1", "事由": None}
    assert [row.surplus for row in rows] == [False, True]


def test_given_a_quoted_cell_of_several_lines_when_read_then_it_is_one_cell(tmp_path: Path) -> None:
    file = written(tmp_path / "l.csv", '编号,事由\n1,"第一行\n第二行"\n')
    assert read_cells(file) == [(2, {"编号": "1", "事由": "第一行\n第二行"})]


def test_given_a_cell_of_ten_megabytes_when_read_then_the_other_rows_are_there(tmp_path: Path) -> None:
    file = written(tmp_path / "l.csv", f"编号,事由\n1,{'长' * 3_400_000}\n2,噪声\n")
    assert [number for number, _ in read_cells(file)] == [2, 3]


def a_workbook(path: Path, *lines: list[object], merged: str | None = None, sheet: str = "台账") -> Path:
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for line in lines:
        page.append(line)
    if merged:
        page.merge_cells(merged)
    book.save(path)
    return path


def test_given_a_workbook_when_read_then_numbers_and_dates_keep_their_kind(tmp_path: Path) -> None:
    at = datetime(2026, 3, 12, 23, 52)  # noqa: DTZ001
    file = a_workbook(tmp_path / "l.xlsx", ["编号", "事由", "时间"], [7, "油烟", at])
    assert read_cells(file) == [(2, {"编号": 7, "事由": "油烟", "时间": at})]


def test_given_a_workbook_called_csv_when_read_then_its_content_decides(tmp_path: Path) -> None:
    file = a_workbook(tmp_path / "l.csv", ["编号", "事由"], [7, "油烟"])
    assert read_cells(file) == [(2, {"编号": 7, "事由": "油烟"})]


def test_given_cells_merged_over_rows_when_filled_down_then_each_row_has_the_value(tmp_path: Path) -> None:
    lines = (["编号", "事由", "地点"], [1, "油烟", "116号"], [2, "噪声", None], [3, "占道", "118号"])
    file = a_workbook(tmp_path / "l.xlsx", *lines, merged="C2:C3")
    ledger = read(file, columns=COLUMNS | {"地点"}, fill_down=("地点",))
    assert [row.cells["地点"] for row in ledger.rows] == ["116号", "116号", "118号"]


def test_given_blank_rows_in_a_workbook_when_read_then_numbers_stay_right(tmp_path: Path) -> None:
    file = a_workbook(tmp_path / "l.xlsx", ["编号", "事由"], [1, "油烟"], [None, None], [2, "噪声"])
    assert [number for number, _ in read_cells(file)] == [2, 4]


def refused(path: Path, **more: object) -> str:
    with pytest.raises(Unusable) as refusal:
        read(path, columns=COLUMNS, **more)  # type: ignore[arg-type]
    return refusal.value.code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\n\n,,\n", "empty"),
        ("1,油烟\n2,噪声\n".encode(), "columns_missing"),
        ("编号,别的\n1,油烟\n".encode(), "columns_missing"),
        ("编号,编号,事由\n1,1,油烟\n".encode(), "columns_twice"),
        ("编号,事由\n".encode(), "no_rows"),
        ("編號,事由\n1,油".encode("big5") + b"\xff\xff\n", "unknown_encoding"),
        (b"\x00\x01\x02binary\x00", "not_text"),
        ('编号,事由\n1,"没有关\n'.encode(), "not_csv"),
        (b"PK\x03\x04 not really a zip", "not_xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old excel", "old_excel"),
    ],
)
def test_given_a_bad_file_when_read_then_it_is_refused_by_name(
    tmp_path: Path, content: bytes, code: str
) -> None:
    file = tmp_path / "l.csv"
    file.write_bytes(content)
    assert refused(file) == code


def test_given_no_file_when_read_then_it_is_refused_by_name(tmp_path: Path) -> None:
    assert refused(tmp_path / "nothing.csv") == "no_file"


def test_given_a_sheet_that_is_not_there_when_read_then_it_is_refused_by_name(tmp_path: Path) -> None:
    assert (
        refused(a_workbook(tmp_path / "l.xlsx", ["编号", "事由"], [1, "x"]), sheet="没有") == "sheet_missing"
    )


def test_given_a_zip_that_grows_too_large_when_read_then_it_is_refused_unopened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LARGEST_UNZIPPED_BYTES", 1_000_000)
    file = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 1_000_001)
    assert refused(file) == "file_too_large"


def test_given_a_workbook_with_broken_insides_when_read_then_it_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "l.xlsx"
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types")
    assert refused(file) == "not_xlsx"
