"""One's own data: a copy of what every service holds of oneself, in one file (PIPL art. 45)."""

from __future__ import annotations

import asyncio
import json
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from fastapi import APIRouter, Response

from services.portal.answers import OwnCopy
from services.portal.door import PageRoute
from services.portal.page import OwnPage, Page
from services.portal.rendering import render

router = APIRouter(route_class=PageRoute)

HOLDERS = ("alliance", "complaints", "mediation", "notifications")
"""The services that hold anything of a person. What the portal keeps of a browser goes with the session."""


@router.get("/me/data")
async def show(page: OwnPage) -> Response:
    """What one may ask for, and where it lies."""
    return page.html("own_data.html", holders=HOLDERS)


@router.get("/me/data/copy.zip")
async def copy(page: OwnPage) -> Response:
    """The copy whole, or none: a service that is away is named, and nothing is left out unsaid."""
    found = await asyncio.gather(*(page.get(service, "/v1/me/data") for service in HOLDERS))
    held = dict(zip(HOLDERS, found, strict=True))
    packed = await asyncio.to_thread(_packed, page, held)
    named = f"shangju-{page.today.isoformat()}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{named}"', "Cache-Control": "no-store"}
    return Response(packed, media_type="application/zip", headers=headers)


def _packed(page: Page, held: dict[str, Any]) -> bytes:
    """For machines as the services said it, and for people the part that is read."""
    read = render(
        "own_copy.html",
        {
            "language": page.language,
            "today": page.today,
            "made_at": page.now,
            "own": OwnCopy.model_validate(held),
        },
    )
    whole = {"made_at": page.now.isoformat(), **held}
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(whole, ensure_ascii=False, indent=2))
        archive.writestr("data.html", read)
    return file.getvalue()
