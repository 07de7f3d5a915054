"""What the endpoints of this service are handed beside the kit."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from services.alliance.settings import Settings
from shared.access.actor import Actor
from shared.access.door import TheKit


async def the_settings(kit: TheKit) -> Settings:
    """The settings as the class that main.py names."""
    assert isinstance(kit.settings, Settings)  # noqa: S101
    return kit.settings


TheSettings = Annotated[Settings, Depends(the_settings)]


def alliance_of(actor: Actor) -> UUID:
    """The alliance of somebody signed in: their token always names one."""
    assert actor.alliance_id is not None  # noqa: S101
    return actor.alliance_id
