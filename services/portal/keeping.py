"""Keeping the register: the forms beside a place's or a member's file, each one command of a service."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import Response

from services.portal import receipts
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
    service: str = "alliance"
    method: str = "POST"

    async def ask(self, page: Page, target: UUID | str, form: Form) -> Any:
        """Raises Mistakes, Problem, Away."""
        required(form, *self.required)
        address = self.path.format(target=target, occupancy=form["occupancy"])
        return await page.send(
            self.service, address, self.body(form), key=form[KEY_FIELD], method=self.method
        )


def typed(*names: str) -> Callable[[Form], dict[str, Any]]:
    """What was typed in these fields; an empty one is not sent."""
    return lambda form: {name: form[name] for name in names if form[name]}


def require_staff(page: Page) -> None:
    """Raises NotFound for whom there is no such page."""
    if not page.session.roles & STAFF:
        raise NotFound


async def shown(
    page: Page, template: str, typed: Form | None, error: Refusal | None, **context: Any
) -> Response:
    """A page of the register: its forms, the refused one as it was typed, and the word of what was kept last."""
    form = typed or Form()
    return page.form(
        template,
        trouble=page.trouble(error, form[KEY_FIELD]),
        typed=form,
        receipt=await receipts.shown_once(page, KEPT_HERE),
        **context,
    )


async def kept(page: Page, path: str) -> Response:
    """On to the page of what was changed, which says that it is kept."""
    await receipts.keep(page, KEPT_HERE, {"next": page.say("kept")})
    return page.go(path)


def find(acts: Mapping[str, Act], name: str) -> Act:
    """Raises NotFound."""
    if name not in acts:
        raise NotFound
    return acts[name]
