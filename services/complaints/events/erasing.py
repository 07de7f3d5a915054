"""Somebody's words and papers are gone from a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class PersonErased:
    """What these parties brought is gone with it; their hashes and the chain stay as proof."""

    on: date
    parties: tuple[UUID, ...]
    evidence: tuple[UUID, ...]
