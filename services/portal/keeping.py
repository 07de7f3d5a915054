"""Keeping the register: the forms beside a place's or a member's file, each one command of the alliance service."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.portal.forms import KEY_FIELD, Form, Mistakes, required
from services.portal.gateway import Away, Problem
from services.portal.page import Page
from shared.errors import NotFound

STAFF = frozenset({"coordinator", "operator"})

KEPT_HERE = UUID(int=4)
"""What a receipt is about that is shown on the register's pages."""

Refusal = Mistakes | Problem | Away


@dataclass(frozen=True)
class Act:
    """One form: where it is sent, what must stand in it, and what the service is sent."""

    path: str
    body: Callable[[Form], Mapping[str, Any]]
    required: tuple[str, ...] = ()

    async def ask(self, page: Page, target: UUID | str, form: Form) -> Any:
        """Raises Mistakes, Problem, Away."""
        required(form, *self.required)
        address = self.path.format(target=target, occupancy=form["occupancy"])
        return await page.send("alliance", address, self.body(form), key=form[KEY_FIELD])


def typed(*names: str) -> Callable[[Form], dict[str, Any]]:
    """What was typed in these fields; an empty one is not sent."""
    return lambda form: {name: form[name] for name in names if form[name]}


def require_staff(page: Page) -> None:
    """Raises NotFound for whom there is no such page."""
    if not page.session.roles & STAFF:
        raise NotFound


def find(acts: Mapping[str, Act], name: str) -> Act:
    """Raises NotFound."""
    if name not in acts:
        raise NotFound
    return acts[name]
