"""The number by which somebody lets others find them: the end of their id, short enough to be read out."""

from __future__ import annotations

import re
import unicodedata
from uuid import UUID

_NUMBER = re.compile("[0-9a-f]{12}")


def number_of(member_id: UUID) -> str:
    """In groups, as it is read out: 3F2A-91BC-77DE."""
    return "-".join(re.findall(".{4}", member_id.hex[-12:].upper()))


def number_in(typed: str) -> str | None:
    """As the register knows it, however it was typed; None for what is no number."""
    figures = re.sub(r"[\s\-–—]", "", unicodedata.normalize("NFKC", typed)).lower()
    return figures if _NUMBER.fullmatch(figures) else None
