"""Tables for a spreadsheet, with names in them that anybody may have typed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would reckon with instead of showing it (OWASP, CSV injection)."""


def plain(name: str) -> str:
    """A name that no spreadsheet reckons with."""
    return f"'{name}" if name.startswith(_FORMULAS) else name


def sheet(rows: Iterable[Iterable[object]]) -> str:
    """As CSV with a byte order mark, so that spreadsheets read the Chinese right."""
    out = io.StringIO()
    out.write("\ufeff")
    csv.writer(out).writerows(rows)
    return out.getvalue()
