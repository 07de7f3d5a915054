"""What the parties cannot agree on because it is not theirs to allow: the table is unlawful.yaml. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from services.mediation.state import Promise, places_of
from shared.errors import Invalid
from shared.tables import table_of

Words = tuple[str, ...]

_SENTENCES = re.compile(r"[。;;!!??\n]|\.\s")


class Forbidden(BaseModel):
    """One thing the law forbids whoever agrees to it: the words that speak of it, and where it stands."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    subcategory: str
    law: str
    certainty: Literal["H", "M"]
    each: tuple[Words, ...]

    def is_spoken_of(self, sentence: str) -> bool:
        return all(_has(sentence, words) for words in self.each)


class Unlawful(BaseModel):
    """The table."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    permits: Words
    ends: Words
    rows: tuple[Forbidden, ...]

    def allowed_by(self, text: str) -> Forbidden | None:
        """The first thing that a sentence of the text allows and the law does not."""
        for sentence in _SENTENCES.split(text.lower()):
            if not _has(sentence, self.permits) or _has(sentence, self.ends):
                continue
            for row in self.rows:
                if row.is_spoken_of(sentence):
                    return row
        return None


@cache
def table() -> Unlawful:
    """The table of this version."""
    return Unlawful.model_validate(table_of("services.mediation", "unlawful.yaml"))


def require_lawful(terms: str, promises: Iterable[Promise]) -> None:
    """Raises Invalid at the words that would allow what the law forbids, with the law's reference."""
    promises = tuple(promises)
    places = places_of(promises)
    words = {f"/commitments/{places[one.commitment_id].number - 1}/what": one.what for one in promises}
    for field, text in {"/terms": terms, **words}.items():
        forbidden = table().allowed_by(text)
        if forbidden is not None:
            raise Invalid(field, "allows_unlawful", rule=forbidden.law, matter=forbidden.subcategory)


def require_days_to_come(promises: tuple[Promise, ...], today: date) -> None:
    """Raises Invalid at a promise, or at a step of one, whose day is over."""
    places = places_of(promises)
    for promise in promises:
        if promise.due_on < today:
            raise Invalid(f"/commitments/{places[promise.commitment_id].number - 1}/due_on", "day_is_over")


def _has(sentence: str, words: Words) -> bool:
    return any(word in sentence for word in words)
