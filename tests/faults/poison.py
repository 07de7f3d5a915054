"""Records that no program of ours would write. Each must be set aside once by everybody who reads its topic."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

from shared.contracts.complaints import OccurrenceLogged
from shared.contracts.envelope import Envelope
from shared.ids import new_id

Headers = list[tuple[str, bytes]]


def records() -> Iterator[tuple[bytes | None, Headers]]:
    """The whole set, each under an id of its own."""
    for value in (
        b'{"case_id":',
        b'{"x":"\xff\xfe"}',
        b'{"case_id":"no"}',
        b"[1]",
        b"",
        b"[" + b" " * 1_000_000,
        b'{"case_id":1,' + _event().value()[1:],
        _with(b"NaN"),
        _with(b"1e999"),
        _with(b"[" * 10_000 + b"]" * 10_000),
        _event().value().replace(b'"noise"', b'"\\u0000"'),
        _event().value().replace(b'"noise"', b'"\\ud800"'),
        None,
    ):
        yield value, _headers()
    good = _event().value()
    yield good, []
    yield good, [header for header in _headers() if header[0] != "ce_id"]
    for changed in (
        {"ce_id": b"one"},
        {"ce_source": b"\xff"},
        {"ce_type": b"cn.shangju.nobody.v1"},
        {"ce_type": OccurrenceLogged.TYPE.replace(".v1", ".v2").encode()},
    ):
        yield good, list((dict(_headers()) | changed).items())


def _event() -> Envelope:
    happened = OccurrenceLogged(
        case_id=uuid4(),
        alliance_id=uuid4(),
        reference="SJ-1",
        category="noise",
        subcategory="music",
        stage="hear",
        status="open",
    )
    return Envelope(new_id(), "/services/stranger", datetime.now(UTC), uuid4(), 1, happened)


def _with(extra: bytes) -> bytes:
    """A good event with one more field, which growing contracts would ignore."""
    return _event().value()[:-1] + b',"extra":' + extra + b"}"


def _headers() -> Headers:
    return [(name, value.encode()) for name, value in _event().headers().items()]
