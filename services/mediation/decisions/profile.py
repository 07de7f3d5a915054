"""What a mediator says of themselves, and how well that suits a matter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from services.mediation.state import Language

Topic = Literal["noise", "fire_safety", "sanitation", "other"]


@dataclass(frozen=True)
class Training:
    """A course finished, by its code."""

    code: str
    on: date


@dataclass(frozen=True)
class Profile:
    """`limit` is how many open mediations they lead at once; None is the alliance's rule.

    `members` and `places` are what they declared to be too near to (利害关系): for themselves and the committee.
    """

    languages: tuple[Language, ...] = ()
    topics: tuple[Topic, ...] = ()
    training: tuple[Training, ...] = ()
    limit: int | None = None
    members: tuple[UUID, ...] = ()
    places: tuple[UUID, ...] = ()

    @property
    def declared(self) -> frozenset[UUID]:
        return frozenset((*self.members, *self.places))

    def is_full(self, open_mediations: int, *, usual_limit: int) -> bool:
        limit = usual_limit if self.limit is None else self.limit
        return open_mediations >= limit

    def fit(self, languages: Iterable[Language], topic: str) -> tuple[int, int]:
        """How many of the languages asked for they speak, then whether the topic is theirs: more is better."""
        return len(set(languages) & set(self.languages)), int(topic in self.topics)
