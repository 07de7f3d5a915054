"""The dated rule table (rules.yaml): what the law and the alliance fix, as data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Literal

import yaml
from pydantic import TypeAdapter


@dataclass(frozen=True)
class Rule:
    """One figure, where it comes from and from which day it holds. Certainty: H, M or L as in domain-facts."""

    rule_id: str
    value: int
    unit: Literal["working_days", "days", "months", "hours", "percent", "households"]
    source: str
    article: str | None
    effective_from: date
    certainty: Literal["H", "M", "L"]


@dataclass(frozen=True)
class RuleTable:
    """All rows, past and coming ones too."""

    rows: tuple[Rule, ...]

    def in_force(self, rule_id: str, on: date) -> Rule:
        """The newest row of the rule on that day. Raises LookupError when there is none."""
        held = [row for row in self.rows if row.rule_id == rule_id and row.effective_from <= on]
        if not held:
            raise LookupError(f"no rule {rule_id} on {on}")
        return max(held, key=lambda row: row.effective_from)


@cache
def rule_table() -> RuleTable:
    """The table of this version."""
    text = resources.files("services.complaints").joinpath("rules.yaml").read_text("utf-8")
    return RuleTable(TypeAdapter(tuple[Rule, ...]).validate_python(yaml.safe_load(text)))
