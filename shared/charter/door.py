"""The HTTP door to a service's rules: what holds on a day, how it came about, and a new row for the alliance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

from shared.access.actor import Actor
from shared.access.door import CurrentActor, DoOnce, TheKit
from shared.charter import policy, storage
from shared.charter.rules import Certainty, OwnRule, Rule, RuleTable
from shared.charter.storage import Charters
from shared.clock import local_day
from shared.errors import Invalid, NotFound
from shared.persistence.database import Connection

Sound = Callable[[RuleTable, date], bool]
"""Whether the rules in force on a day fit together."""

RuleId = Annotated[str, Path(pattern=r"^[a-z0-9_]{1,64}(\.[a-z0-9_]{1,64}){0,2}$")]
"""A rule, or its refinement for certain cases: `answer`, `answer.noise`, `answer.noise.urgent`."""


def _figure_or_word(value: Any) -> int | str:
    """Neither a fraction nor yes or no: what it must be is for the rule to say."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ValueError
    return value


class RuleForm(BaseModel):
    """A figure from a day on; a time of day is written HH:MM, a choice by its word."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: Annotated[int | str, BeforeValidator(_figure_or_word)]
    effective_from: date
    source: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern="^[^\\x00]*$")
    ] = "alliance setting"


class RuleView(BaseModel):
    """A row, with where it comes from; who set it is for those who might have."""

    rule_id: str
    value: int | str
    unit: str
    source: str
    article: str | None
    effective_from: date
    certainty: Certainty
    own: bool
    """Whether the alliance set it."""
    settable: bool
    """Whether an alliance may set another: what a law fixes it may not."""
    set_by: UUID | None = None
    set_at: datetime | None = None


class RuleList(BaseModel):
    items: list[RuleView]


def rules_router(
    charters: Charters,
    *,
    sound: Sound = lambda _table, _day: True,
    refined_by: frozenset[str] = frozenset(),
) -> APIRouter:
    """The endpoints, the same in every service that has rules. `refined_by` are the words a rule may be refined by."""
    router = APIRouter()

    @router.get("/v1/rules")
    async def show_rules(actor: CurrentActor, kit: TheKit, on: date | None = None) -> RuleList:
        """Every rule in force on a day, today if none is named."""
        day = on or local_day(kit.clock.now())
        async with kit.database.reading() as connection:
            charter = await charters.current(connection, policy.alliance_of(actor))
        return RuleList(items=[_view(row, actor) for row in charter.rules.on(day).values()])

    @router.get("/v1/rules/{rule_id}")
    async def show_history(rule_id: RuleId, actor: CurrentActor, kit: TheKit) -> RuleList:
        """All rows of a rule, past and coming ones too, the newest first."""
        async with kit.database.reading() as connection:
            charter = await charters.current(connection, policy.alliance_of(actor))
        return RuleList(items=[_view(row, actor) for row in charter.rules.history(rule_id)])

    @router.put("/v1/rules/{rule_id}", response_model=RuleView)
    async def set_rule(
        rule_id: RuleId, form: RuleForm, *, actor: CurrentActor, kit: TheKit, once: DoOnce
    ) -> Response:
        """The alliance's own figure from a day on. Clocks that have begun keep their day."""

        if not refined_by.issuperset(rule_id.split(".")[1:]):
            raise NotFound

        async def work(tx: Connection) -> RuleView:
            row = await _set(tx, charters, rule_id, form, actor=actor, now=kit.clock.now(), sound=sound)
            return _view(row, actor)

        return await once(work)

    return router


async def _set(
    tx: Connection,
    charters: Charters,
    rule_id: str,
    form: RuleForm,
    *,
    actor: Actor,
    now: datetime,
    sound: Sound,
) -> OwnRule:
    alliance_id, by = policy.require_setting(actor, "rules")
    table = (await charters.held(tx, alliance_id)).rules
    row = table.set(
        rule_id,
        form.value,
        effective_from=form.effective_from,
        source=form.source,
        by=by,
        at=now,
        today=local_day(now),
    )
    if not sound(table.with_own(row), row.effective_from):
        raise Invalid("/value", "figures_disagree")
    await storage.add_rule(tx, alliance_id, row)
    return row


def _view(row: Rule, actor: Actor) -> RuleView:
    known = policy.may_set(actor, "rules") and isinstance(row, OwnRule)
    return RuleView(
        **{name: getattr(row, name) for name in _SHOWN},
        value=row.written,
        own=isinstance(row, OwnRule),
        settable=not row.is_law,
        set_by=row.set_by if known and isinstance(row, OwnRule) else None,
        set_at=row.set_at if known and isinstance(row, OwnRule) else None,
    )


_SHOWN = ("rule_id", "unit", "source", "article", "effective_from", "certainty")
