"""What every service that holds something of a person answers where that person is to be erased (PIPL art. 47).

Each of them has these two among its own contracts, so that the topic tells who said it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.envelope import Code, Contract, Label


class Obligation(BaseModel):
    """Why nobody may be erased yet: a matter that runs, by its number, and until when where that is known."""

    model_config = ConfigDict(frozen=True)

    ground: Code
    reference: Label | None = None
    until: date | None = None


class Erased(BaseModel):
    """How many of one kind of thing are gone."""

    model_config = ConfigDict(frozen=True)

    what: Code
    count: int


class Kept(BaseModel):
    """What stays, on which ground, and until when; without a day as long as the ground stands."""

    model_config = ConfigDict(frozen=True)

    what: Code
    ground: Code
    until: date | None = None


HISTORY_KEPT = Kept(what="history_without_name", ground="proof_of_history")
"""What stays of everybody: the journal's proofs."""


def erased(counted: Mapping[str, int]) -> tuple[Erased, ...]:
    """What is gone, by how many of what kind; what there was none of is not mentioned."""
    return tuple(Erased(what=what, count=count) for what, count in counted.items() if count)


class ErasureAnswer(Contract, abstract=True):
    """About one person's erasure; ordered by person."""

    KEY: ClassVar[str] = "member_id"

    member_id: UUID
    alliance_id: UUID
    erasure_id: UUID


class Weighed(ErasureAnswer, abstract=True):
    """What stands against it here; nothing where the person may be erased."""

    obligations: tuple[Obligation, ...] = ()


class Done(ErasureAnswer, abstract=True):
    """What is gone here and what stays. Told again when more has gone: what stays is as the latest one says."""

    on: date
    erased: tuple[Erased, ...] = ()
    kept: tuple[Kept, ...] = ()
