"""Whatever file is given as a ledger, it is read or refused in words, and each of its rows is too."""

from __future__ import annotations

import io
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from cli.ledger import mapping
from cli.ledger.problems import Unusable
from cli.ledger.reading import read
from cli.ledger.sending import prepared

MAPPING = mapping.Mapping.model_validate(
    {
        "ledger": "fuzzed",
        "key": ["编号"],
        "fields": {
            "category": {"column": "事由", "values": {"油烟": "fumes"}},
            "description": {"join": ["事由", "编号"]},
            "occurred_at": {"column": "日期", "date": ["%Y-%m-%d"]},
        },
    }
)
LINES = [["编号", "事由", "日期"], [1, "油烟", "2026-03-12"], [2.5, "=1+1", None], ["三", "噪声", "昨天"]]


def a_workbook() -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for line in LINES:
        book.active.append(line)
    book.save(file)
    return file.getvalue()


GOOD = st.sampled_from(
    [
        a_workbook(),
        *(
            "\n".join(",".join(map(str, line)) for line in LINES).encode(code)
            for code in ("utf-8", "gb18030", "utf-16")
        ),
    ]
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A ledger some of whose bytes are missing, foreign or there twice."""
    file = draw(GOOD)
    start = draw(st.integers(0, len(file)))
    end = draw(st.integers(start, min(len(file), start + 40)))
    return file[:start] + draw(st.binary(max_size=20) | st.just(file[start:end] * 2)) + file[end:]


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=200) | damaged())
def test_given_any_file_when_it_is_imported_then_it_is_read_or_refused_in_words(file: bytes) -> None:
    with TemporaryDirectory() as folder, suppress(Unusable):
        path = Path(folder) / "ledger"
        path.write_bytes(file)
        rows = read(path, columns=MAPPING.columns).rows
        assert len(list(prepared(rows, MAPPING))) == len(rows)


@settings(deadline=None, max_examples=50)
@given(
    st.binary(max_size=100)
    | st.text().map(str.encode)
    | st.sampled_from([b"[", b"a: !!python/name:os.system", b"&a [*a]"])
)
def test_given_any_mapping_when_it_is_loaded_then_it_is_refused_in_words(file: bytes) -> None:
    with TemporaryDirectory() as folder, suppress(Unusable):
        (Path(folder) / "mapping.yaml").write_bytes(file)
        assert mapping.load(Path(folder) / "mapping.yaml")
