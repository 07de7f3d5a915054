"""The service's rule table (rules.yaml): what the law and the alliance fix, as data."""

from __future__ import annotations

from functools import cache

from shared.charter.rules import RuleTable, read_rules


@cache
def rule_table() -> RuleTable:
    """The table of this version."""
    return read_rules("services.complaints")
