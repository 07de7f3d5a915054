"""Rows of a CSV or XLSX file as a person sees them, whatever program wrote it."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import BinaryIO
from xml.etree import ElementTree

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from cli.ledger.problems import Unusable

Cell = str | int | float | bool | datetime | None

LARGEST_FILE_BYTES = 50_000_000
LARGEST_UNZIPPED_BYTES = 400_000_000
HEADER_WITHIN_ROWS = 10
"""Ledgers often begin with a title and a date before the header."""

_BROKEN_WORKBOOK = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    ElementTree.ParseError,
    LookupError,
    TypeError,
    ValueError,
    OSError,
)
"""What openpyxl raises at files that are not what they say; it has no error of its own for most of them."""

_ENCODINGS = ("utf-8-sig", "gb18030")
_DELIMITERS = ",;\t"


@dataclass(frozen=True)
class Row:
    """One line; `number` is the one the spreadsheet program shows."""

    number: int
    cells: dict[str, Cell]
    surplus: bool = False
    """More cells than the header has names: something slipped sideways."""


@dataclass(frozen=True)
class Ledger:
    """The rows below the header, and how many lines between them hold nothing."""

    rows: Sequence[Row]
    blank: int = 0


def read(
    path: Path, *, columns: frozenset[str], sheet: str | None = None, fill_down: Iterable[str] = ()
) -> Ledger:
    """The whole ledger. Raises Unusable when it is no ledger with these columns."""
    lines = list(enumerate(_lines(path, columns, sheet), start=1))
    names, header = _header(lines[:HEADER_WITHIN_ROWS], columns)
    below = lines[header:]
    rows = [_row(number, names, line) for number, line in below if any(map(words_of, line))]
    if not rows:
        raise Unusable("no_rows", path=path)
    _fill_down(rows, fill_down)
    return Ledger(rows, blank=len(below) - len(rows))


def words_of(cell: Cell) -> str:
    """A cell as text: 33648024.0 is the number 33648024 to everybody who reads it."""
    match cell:
        case None:
            return ""
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            return cell.isoformat(sep=" ")
    return str(cell).strip()


def _fill_down(rows: Iterable[Row], columns: Iterable[str]) -> None:
    for column in columns:
        above: Cell = None
        for row in rows:
            above = row.cells[column] = row.cells[column] or above


def _row(number: int, names: Sequence[str], line: Sequence[Cell]) -> Row:
    padded = [*line, *[None] * (len(names) - len(line))]
    surplus = any(words_of(cell) for cell in padded[len(names) :])
    return Row(number, dict(zip(names, padded, strict=False)), surplus)


def _header(top: Sequence[tuple[int, Sequence[Cell]]], columns: frozenset[str]) -> tuple[list[str], int]:
    """The first line that names every column of the mapping, and its number."""
    named = [(number, [words_of(cell) for cell in line]) for number, line in top]
    if not any(any(names) for _, names in named):
        raise Unusable("empty")
    number, names = max(named, key=lambda each: (len(columns & set(each[1])), -each[0]))
    if missing := columns - set(names):
        raise Unusable("columns_missing", columns=", ".join(sorted(missing)))
    if twice := [name for name, count in Counter(names).items() if count > 1 and name in columns]:
        raise Unusable("columns_twice", columns=", ".join(sorted(twice)))
    while names and not names[-1]:
        names.pop()
    return names, number


def _lines(path: Path, columns: frozenset[str], sheet: str | None) -> Iterator[Sequence[Cell]]:
    """What the file is, its first bytes say; its name may lie."""
    if not path.is_file():
        raise Unusable("no_file", path=path)
    if path.stat().st_size > LARGEST_FILE_BYTES:
        raise Unusable("file_too_large", path=path, megabytes=LARGEST_FILE_BYTES // 1_000_000)
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(b"PK\x03\x04"):
        return _xlsx(path, sheet)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unusable("old_excel", path=path)
    return _csv(path, columns)


def _csv(path: Path, columns: frozenset[str]) -> Iterator[Sequence[Cell]]:
    raw = path.read_bytes()
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = _decoded(raw, ("utf-16",), path)
    else:
        text = _decoded(raw, _ENCODINGS, path)
    csv.field_size_limit(LARGEST_FILE_BYTES)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, columns), strict=True)
    try:
        yield from lines
    except csv.Error as error:
        raise Unusable("not_csv", path=path, line=lines.line_num, why=str(error)) from None


def _decoded(raw: bytes, encodings: Iterable[str], path: Path) -> str:
    if b"\0" in raw and encodings is _ENCODINGS:
        raise Unusable("not_text", path=path)
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unusable("unknown_encoding", path=path, tried=", ".join(encodings))


def _delimiter(text: str, columns: frozenset[str]) -> str:
    """Excel writes ; in half of Europe and tabs as "Unicode text": the one under which the columns are found."""
    top = text.splitlines()[:HEADER_WITHIN_ROWS]

    def found(delimiter: str) -> int:
        return max((len(columns & set(line)) for line in csv.reader(top, delimiter=delimiter)), default=0)

    return max(_DELIMITERS, key=found)


def _xlsx(path: Path, sheet: str | None) -> Iterator[Sequence[Cell]]:
    """Opened as a stream: openpyxl would otherwise judge by the file's name."""
    try:
        with path.open("rb") as file:
            _check_size(file, path)
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            yield from _lines_of(book, sheet)
    except _BROKEN_WORKBOOK as error:
        raise Unusable("not_xlsx", path=path, why=str(error)) from None


def _check_size(file: BinaryIO, path: Path) -> None:
    with zipfile.ZipFile(file) as packed:
        if sum(part.file_size for part in packed.infolist()) > LARGEST_UNZIPPED_BYTES:
            raise Unusable("file_too_large", path=path, megabytes=LARGEST_FILE_BYTES // 1_000_000)
    file.seek(0)


def _lines_of(book: openpyxl.Workbook, sheet: str | None) -> Iterator[Sequence[Cell]]:
    if sheet is not None and sheet not in book.sheetnames:
        raise Unusable("sheet_missing", sheet=sheet, sheets=", ".join(book.sheetnames))
    page = book[sheet] if sheet is not None else book.worksheets[0]
    page.reset_dimensions()
    for line in page.iter_rows(values_only=True):
        yield [_cell(value) for value in line]


def _cell(value: object) -> Cell:
    match value:
        case None | str() | bool() | int() | float() | datetime():
            return value
        case date():
            return datetime.combine(value, time())
    return str(value)
