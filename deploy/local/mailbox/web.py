"""The mailbox as a page for people and as JSON for tests.

A mail's HTML is strangers' work: it is served sandboxed, without scripts or remote content.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.templating import Jinja2Templates

from deploy.local.mailbox import texts
from deploy.local.mailbox.contents import attached, body, payload, summary, whole
from deploy.local.mailbox.letters import Letter, Letters
from deploy.local.mailbox.links import linked

TEMPLATES = Jinja2Templates(Path(__file__).parent / "templates")
TEMPLATES.env.filters["linked"] = linked
LONGEST_PAGE = 200
PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'"
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)


def application(letters: Letters) -> Starlette:
    pages = Pages(letters)
    return Starlette(
        routes=[
            Route("/", pages.index),
            Route("/clear", pages.clear, methods=["POST"]),
            Route("/messages/{id}", pages.message),
            Route("/messages/{id}/html", pages.html),
            Route("/messages/{id}/attachments/{number:int}", pages.attachment),
            Route("/texts", pages.take_text, methods=["POST"]),
            Route("/api/messages", pages.api_list, methods=["GET"]),
            Route("/api/messages", pages.api_clear, methods=["DELETE"]),
            Route("/api/messages/{id}", pages.api_message),
            Route("/health/ready", pages.ready),
        ]
    )


@dataclass(frozen=True)
class Pages:
    letters: Letters

    async def index(self, request: Request) -> Response:
        shown = [summary(letter) for letter in self._asked_for(request)]
        context = {"letters": shown[:LONGEST_PAGE], "count": len(shown), "to": request.query_params.get("to")}
        return _page(request, "index.html", context)

    async def message(self, request: Request) -> Response:
        return _page(request, "message.html", {"letter": whole(self._letter(request))})

    async def html(self, request: Request) -> Response:
        html = '<base target="_blank">' + body(self._letter(request).message(), "html")
        return HTMLResponse(html, headers={"Content-Security-Policy": MAIL_POLICY})

    async def attachment(self, request: Request) -> Response:
        parts = attached(self._letter(request).message())
        number: int = request.path_params["number"]
        if number >= len(parts):
            raise HTTPException(404)
        headers = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}
        part = parts[number]
        return Response(payload(part), media_type=part.get_content_type(), headers=headers)

    async def clear(self, request: Request) -> Response:
        self.letters.clear()
        return RedirectResponse("/", status_code=303)

    async def take_text(self, request: Request) -> Response:
        """Alibaba Cloud's SendSms, whose parameters stand in the address."""
        try:
            letter = await texts.take(self.letters, request.query_params)
        except (LookupError, ValueError):
            return JSONResponse({"Code": "isv.INVALID_PARAMETERS"}, 400)
        return JSONResponse({"Code": "OK", "BizId": letter.id})

    async def api_list(self, request: Request) -> Response:
        return JSONResponse([whole(letter) for letter in self._asked_for(request)])

    async def api_message(self, request: Request) -> Response:
        return JSONResponse(whole(self._letter(request)))

    async def api_clear(self, request: Request) -> Response:
        self.letters.clear()
        return Response(status_code=204)

    async def ready(self, request: Request) -> Response:
        return JSONResponse({"status": "ready"})

    def _asked_for(self, request: Request) -> list[Letter]:
        query = request.query_params
        return list(self.letters.newest_first(to=query.get("to") or None, after=query.get("after") or None))

    def _letter(self, request: Request) -> Letter:
        letter = self.letters.get(request.path_params["id"])
        if letter is None:
            raise HTTPException(404)
        return letter


def _page(request: Request, template: str, context: dict[str, object]) -> Response:
    headers = {"Content-Security-Policy": PAGE_POLICY}
    return TEMPLATES.TemplateResponse(request, template, context, headers=headers)
