"""From the measured value to the one that is judged: GB 22337 §5.7, HJ 706 §5.4 and §6.1, rounded by GB/T 8170."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Literal

from services.complaints.noise.table import Limits

Holds = Literal["within", "above", "unknown"]
Doubt = Literal["background_missing", "background_too_high"]

_SMALLEST_DIFFERENCE, _LARGEST_DIFFERENCE = 3, 10


@dataclass(frozen=True)
class Judged:
    """One measured quantity against its limit. `corrected_db` is the whole number that is compared."""

    limit_db: int
    measured_db: Decimal
    corrected_db: int | None
    correction_db: int | None
    holds: Holds
    doubt: Doubt | None = None

    @property
    def margin_db(self) -> int | None:
        """How far above the limit; below zero is how far under."""
        return None if self.corrected_db is None else self.corrected_db - self.limit_db


def to_integer(level: Decimal) -> int:
    """Half to even, once (GB/T 8170-2008): 50.5 is 50, 51.5 is 52."""
    return int(level.quantize(Decimal(1), ROUND_HALF_EVEN))


def judge_level(measured: Decimal, background: Decimal | None, limit: int, table: Limits) -> Judged:
    """One level against its limit.

    Without a usable background a value below the limit complies as it was measured (HJ 706-2014 §6.1); any
    other one cannot be decided, as the background might be what is heard.
    """
    correction = correction_for(measured, background, table)
    if correction is not None:
        corrected = to_integer(measured - correction)
        return Judged(limit, measured, corrected, correction, "above" if corrected > limit else "within")
    if measured < limit:
        return Judged(limit, measured, to_integer(measured), None, "within")
    doubt: Doubt = "background_missing" if background is None else "background_too_high"
    return Judged(limit, measured, None, None, "unknown", doubt)


def correction_for(measured: Decimal, background: Decimal | None, table: Limits) -> int | None:
    """What is taken off for the background, or None where no answer follows from it (§5.7).

    Whether 2.5 to 2.9 may round up to 3 is not said: the difference itself must be three.
    """
    if background is None or measured - background < _SMALLEST_DIFFERENCE:
        return None
    if measured - background > _LARGEST_DIFFERENCE:
        return 0
    return table.background[to_integer(measured - background)]
