"""Home, who sees what, the language, files, and the answer to every other address."""

from __future__ import annotations

import mimetypes
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from services.portal.answers import IdentityChoices
from services.portal.door import PageRoute
from services.portal.page import LANGUAGE_COOKIE, TYPE_COOKIE, TYPE_SIZES, USUAL_TYPE, Page, ThePage
from services.portal.rendering import STATIC, sentence, static_address
from shared.errors import NotFound
from shared.texts import LANGUAGES, Language

router = APIRouter(route_class=PageRoute)

A_YEAR_SECONDS = 365 * 24 * 60 * 60
PAPER, SHEET = "#faf4eb", "#ffffff"
"""Behind the icon while it opens, and of the bar above: as in the style sheet."""

ICONS = (
    ("icon.svg", "any", "image/svg+xml", "any"),
    ("icon-192.png", "192x192", "image/png", "any"),
    ("icon-512.png", "512x512", "image/png", "any"),
    ("icon-maskable.png", "512x512", "image/png", "maskable"),
)
FILES = {path.name: path.read_bytes() for path in STATIC.iterdir()}


@router.get("/")
async def home(page: ThePage) -> Response:
    """What Shangju is, and how a matter goes."""
    return page.html("home.html")


@router.get("/who-sees-what")
async def who_sees_what(page: ThePage) -> Response:
    """Named, hidden, anonymous: what each means, and word for word what the service shows to whom."""
    answer = await page.get_if_there("complaints", "/v1/identity-choices")
    choices = IdentityChoices.model_validate(answer).choices if answer else ()
    return page.html("who_sees_what.html", readers={one.code: one.readers for one in choices})


@router.get("/language/{language}")
async def choose_language(page: ThePage, language: str, back: str = "/") -> Response:
    """Remembers the language and returns to the page."""
    if language not in LANGUAGES:
        raise NotFound
    return _remembered(page, LANGUAGE_COOKIE, language, back)


@router.get("/type/{size}")
async def choose_type(page: ThePage, size: str, back: str = "/") -> Response:
    """Remembers how large the type is to be and returns to the page; with large type come plain words."""
    if size not in {*TYPE_SIZES, USUAL_TYPE}:
        raise NotFound
    return _remembered(page, TYPE_COOKIE, size, back)


@router.get("/static/{name}")
async def file(name: str, request: Request) -> Response:
    """A file whose address names its content."""
    if name not in FILES:
        raise NotFound
    lasting = f"public, max-age={A_YEAR_SECONDS}, immutable" if "v" in request.query_params else "no-cache"
    kind = mimetypes.guess_type(name)[0]
    return Response(FILES[name], media_type=kind, headers={"Cache-Control": lasting})


@router.get("/push-worker.js")
async def push_worker() -> Response:
    """A browser lets a worker speak for the whole origin only from its root."""
    headers = {"Cache-Control": "no-cache"}
    return Response(FILES["push-worker.js"], media_type="text/javascript", headers=headers)


@router.get("/manifest/{language}.webmanifest")
async def manifest(language: Language) -> Response:
    """What a telephone needs to put us beside its other programs; it asks without a cookie, hence the language."""
    said = {
        "id": "/",
        "lang": language,
        "name": sentence("home_heading", language, plain=False),
        "short_name": sentence("brand", language, plain=False),
        "description": sentence("home_lead", language, plain=False),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": SHEET,
        "background_color": PAPER,
        "icons": [
            {"src": static_address(name), "sizes": sizes, "type": kind, "purpose": purpose}
            for name, sizes, kind, purpose in ICONS
        ],
    }
    return JSONResponse(said, media_type="application/manifest+json", headers={"Cache-Control": "no-cache"})


@router.get("/{path:path}")
async def nowhere(page: ThePage, path: str) -> Response:
    """Whatever nobody else answers."""
    raise NotFound


def _remembered(page: Page, cookie: str, value: str, back: str) -> Response:
    answer = page.go(local_path(back))
    secure = page.settings.environment == "production"
    answer.set_cookie(cookie, value, max_age=A_YEAR_SECONDS, secure=secure, samesite="lax")
    return answer


def local_path(path: str) -> str:
    """The path if it leads to a page of ours, else home: nobody is sent elsewhere by a link to us."""
    parts = urlsplit(path)
    ours = (
        path.startswith("/") and not path.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    )
    return path if ours and path.isprintable() else "/"
