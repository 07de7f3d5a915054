"""What people in the building do and do not while an emergency lasts, by what was reported (duty.yaml)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pydantic import BaseModel, ConfigDict

from shared.tables import table_of


class Duty(BaseModel):
    """Codes of sentences, the most pressing first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    do: tuple[str, ...]
    dont: tuple[str, ...]


class Duties(BaseModel):
    """The table."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    otherwise: Duty
    rows: Mapping[str, Duty]

    def of(self, subcategory: str) -> Duty:
        return self.rows.get(subcategory, self.otherwise)


@cache
def duties() -> Duties:
    """The table of this version."""
    return Duties.model_validate(table_of("services.complaints", "duty.yaml"))
