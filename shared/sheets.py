"""Names in a table for a spreadsheet, which anybody may have typed."""

from __future__ import annotations

_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would reckon with instead of showing it (OWASP, CSV injection)."""


def plain(name: str) -> str:
    """A name that no spreadsheet reckons with."""
    return f"'{name}" if name.startswith(_FORMULAS) else name
