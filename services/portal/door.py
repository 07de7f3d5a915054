"""Around every page: headers, the cookie, and each way things go wrong turned into a page with a sentence."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from typing import Any
from urllib.parse import quote

import structlog
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from services.portal.forms import Form, Unreadable, page_of_form
from services.portal.gateway import Away, Problem
from services.portal.packing import packed
from services.portal.page import (
    FilesTooLarge,
    ForeignForm,
    Page,
    SignInNeeded,
    StaleForm,
    cookie_name,
    sent_form,
)
from services.portal.sessions import SIGNED_IN_DAYS
from services.portal.visitor import Visitor
from shared.access.bodies import TooLarge
from shared.access.door import Kit
from shared.errors import NotFound
from shared.persistence.database import UNAVAILABLE

log = structlog.get_logger()

POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; "
    "manifest-src 'self'; media-src 'self' blob:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
HTTPS_ONLY = "max-age=31536000"

HEADINGS = {404: "page_not_found", 403: "page_not_yours", 429: "page_too_many"}

PLAIN: Mapping[type[Exception], tuple[int, str]] = {
    ForeignForm: (400, "page_foreign_form"),
    Unreadable: (400, "page_foreign_form"),
    NotFound: (404, "page_not_found"),
    RequestValidationError: (404, "page_not_found"),
    TooLarge: (413, "page_too_large"),
}
"""Errors whose heading says all."""

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class PageRoute(APIRoute):
    """A route that answers people."""

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()

        async def answered(request: Request) -> Response:
            try:
                response = await handle(request)
                if (page := getattr(request.state, "page", None)) is not None:
                    await page.let_go()
            except Exception as error:
                response = await _answer_to(error, request)
            finally:
                if (form := getattr(request.state, "form", None)) is not None:
                    await form.close()
            return packed(request, _dressed(request, response))

        return answered


async def _answer_to(error: Exception, request: Request) -> Response:
    page = getattr(request.state, "page", None) or _stranger(request)
    match error:
        case SignInNeeded():
            return _led(page, await _to_sign_in(page))
        case StaleForm():
            return await _typed_again(page)
        case FilesTooLarge():
            return await _without_files(page)
        case Away() if (form := getattr(request.state, "form", None)) is not None:
            await page.keep_draft(form)
            return _told(page, 503, "page_away", page.say("page_away_kept"))
        case _:
            return _told(page, *_words_for(error, page))


def _words_for(error: Exception, page: Page) -> tuple[int, str, str | None]:
    """Status, heading and sentence; without a sentence the heading's own."""
    if type(error) in PLAIN:
        return *PLAIN[type(error)], None
    match error:
        case Problem():
            return error.status, HEADINGS.get(error.status, "page_refused"), error.detail
        case Away():
            service = page.word("service", error.service)
            return 503, "page_away", page.say("page_away_which", service=service)
        case _ if isinstance(error, UNAVAILABLE):
            return 503, "page_away", None
    log.error("unexpected_error", error=type(error).__name__, exc_info=error)
    return 500, "page_broken", None


def _told(
    page: Page, status: int, heading: str, sentence: str | None, *, back: str | None = None
) -> Response:
    return page.html("told.html", status=status, heading=heading, sentence=sentence, back=back)


def _stranger(request: Request) -> Page:
    """A page for when even the session cannot be read."""
    kit: Kit = request.app.state.kit
    return Page(request, Visitor(kit.database, kit.clock.now()))


async def _to_sign_in(page: Page) -> Response:
    """Back to the same page after signing in, with what was typed."""
    if page.request.method == "GET":
        return page.go(f"/sign-in?back={quote(page.path, safe='')}")
    form: Form | None = getattr(page.request.state, "form", None)
    try:
        await page.keep_draft(form or await sent_form(page))
    except (ForeignForm, StaleForm, Unreadable, TooLarge):
        return page.go("/sign-in")
    return page.go(f"/sign-in?back={quote(page_of_form(page.request.url.path), safe='')}")


def _led(page: Page, there: Response) -> Response:
    """A script would follow by itself and look for a piece of its own page in another one; it is told to go there."""
    if "hx-request" not in page.request.headers:
        return there
    return Response(headers={"HX-Redirect": there.headers["location"]})


async def _typed_again(page: Page) -> Response:
    """The page the form stands on, filled in as before and with a fresh proof; nothing was done."""
    await page.keep_draft(page.request.state.form)
    return page.go(page_of_form(page.request.url.path))


async def _without_files(page: Page) -> Response:
    """What was typed is kept for the page it stands on; a smaller file is chosen there."""
    await page.keep_draft(page.request.state.form)
    sentence = page.say("page_files_too_large_text", most=page.settings.largest_file_mb)
    back = page_of_form(page.request.url.path)
    return _told(page, 413, "page_files_too_large", sentence, back=back)


def _dressed(request: Request, response: Response) -> Response:
    response.headers.update(HEADERS)
    page: Page | None = getattr(request.state, "page", None)
    if page is None:
        return response
    if page.settings.environment == "production":
        response.headers["Strict-Transport-Security"] = HTTPS_ONLY
    _hand_over_ticket(page, response)
    return response


def _hand_over_ticket(page: Page, response: Response) -> None:
    name = cookie_name(page.settings)
    cookie, ticket = page.request.cookies.get(name), page.visitor.ticket
    if ticket is not None and ticket.cookie != cookie:
        response.set_cookie(
            name,
            ticket.cookie,
            max_age=SIGNED_IN_DAYS * 24 * 60 * 60,
            secure=page.settings.environment == "production",
            httponly=True,
            samesite="lax",
        )
    if ticket is None and cookie is not None:
        response.delete_cookie(
            name, secure=page.settings.environment == "production", httponly=True, samesite="lax"
        )
