"""What a problem type means: where the `type` of our problem documents leads."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response

from services.portal.door import PageRoute
from services.portal.page import ThePage
from services.portal.rendering import explanation
from shared.texts import LANGUAGES

router = APIRouter(route_class=PageRoute)

Code = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{0,63}$")]


@router.get("/problems/{code}")
async def problem(page: ThePage, code: Code) -> Response:
    """The explanation in both languages, the reader's first."""
    languages = sorted(LANGUAGES, key=lambda language: language != page.language)
    said = [(language, explanation(code, language)) for language in languages]
    return page.html("problem.html", code=code, said=said)
