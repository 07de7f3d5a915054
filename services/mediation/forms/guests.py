"""Whom somebody brings to the table, and whether they come."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from services.mediation.forms.fields import NO_NUL, FormModel
from services.mediation.state import GuestRole, Relation


class InviteForm(FormModel):
    """`name`: what those at the table call them; nobody has to know it of a mediator or of the court's liaison."""

    member_id: UUID
    role: GuestRole
    required: bool = False
    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100, pattern=NO_NUL)] = ""


class GuestForm(FormModel):
    guest_id: UUID


class ComesForm(FormModel):
    """`relation`: what somebody who comes as second mediator is to any of the parties."""

    comes: bool
    relation: Relation | None = None
