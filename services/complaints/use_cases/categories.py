"""An alliance changes what people may complain of: the next version of a subcategory."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from services.complaints import storage
from services.complaints.categories import Catalogue, Subcategory, catalogue
from shared.access.actor import Actor
from shared.charter import policy
from shared.errors import Invalid, Refused
from shared.persistence.database import Connection

NEEDED = ("category", "names", "path")


async def set_subcategory(
    tx: Connection,
    code: str,
    changes: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    *,
    follows: int | None = None,
) -> Subcategory:
    """Adds a version: what `changes` does not name stays as it is.

    Raises NotAllowed, Invalid, and Refused where it was written on another version than the one it `follows`.
    """
    alliance_id, by = policy.require_setting(actor, "categories")
    offered = await storage.CATALOGUES.held(tx, alliance_id)
    entry = _next(offered, code, changes)
    if follows not in (None, entry.version - 1):
        raise Refused("changed_meanwhile")
    offered.require_sound(entry, await _earlier(tx, alliance_id, code))
    await storage.add_version(tx, alliance_id, entry, by, now)
    return entry


async def _earlier(tx: Connection, alliance_id: UUID, code: str) -> list[Subcategory]:
    shipped = catalogue().find(code)
    own = [one.entry for one in await storage.versions_of(tx, alliance_id, code)]
    return [*own, shipped] if shipped else own


def _next(offered: Catalogue, code: str, changes: Mapping[str, Any]) -> Subcategory:
    before = offered.find(code)
    names = changes.get("names")
    named = {"zh": names.zh, "en": names.en} if names else {}
    own = {name: value for name, value in changes.items() if name != "names"}
    if before is not None:
        return before.model_copy(update={**own, **named, "version": before.version + 1})
    for name in NEEDED:
        if name not in changes:
            raise Invalid(f"/{name}", "field_missing")
    return Subcategory(**{"authorities": (), "certainty": "L", **own, **named}, code=code, version=1)
