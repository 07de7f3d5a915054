"""Plays the four services on one loopback port, under a path each, and remembers what it was asked."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deploy.local.ports import free_port

SERVICES = ("alliance", "complaints", "mediation", "notifications")


@dataclass(frozen=True)
class Asked:
    """A request as it arrived."""

    what: str
    query: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def token(self) -> str:
        return self.headers.get("authorization", "").removeprefix("Bearer ")


@dataclass
class Double:
    """What each request is answered with, e.g. `says("GET /complaints/v1/cases", {"items": []})`."""

    url: str = ""
    answers: dict[str, Response] = field(default_factory=dict)
    later: dict[str, Response] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def says(self, what: str, body: Any, status: int = 200) -> None:
        self.answers[what] = JSONResponse(body, status)

    def refuses(self, what: str, status: int, code: str, detail: str, **more: Any) -> None:
        document = {"type": f"/problems/{code}", "status": status, "detail": detail, **more}
        self.answers[what] = JSONResponse(document, status, media_type="application/problem+json")

    def says_after_first(self, what: str, body: Any, status: int = 200) -> None:
        """The answer from the second time on."""
        self.later[what] = JSONResponse(body, status)

    def is_away(self, service: str) -> None:
        for what in [*self.answers]:
            if f" /{service}/" in what:
                self.refuses(what, 503, "unavailable", "away")

    def times(self, what: str) -> list[Asked]:
        return [one for one in self.asked if one.what == what]

    def forget(self) -> None:
        self.answers.clear()
        self.later.clear()
        self.asked.clear()

    async def answer(self, request: Request) -> Response:
        what = f"{request.method} {request.url.path}"
        self.asked.append(Asked(what, request.url.query, dict(request.headers), await request.body()))
        missing = JSONResponse(
            {"type": "/problems/not_found", "status": 404, "detail": "没有找到。"},
            404,
            media_type="application/problem+json",
        )
        answer = self.answers.get(what, missing)
        self.answers |= {what: self.later.pop(what)} if what in self.later else {}
        return answer

    @property
    def addresses(self) -> dict[str, str]:
        return {f"{service}_url": f"{self.url}/{service}" for service in SERVICES}


@asynccontextmanager
async def running_double() -> AsyncIterator[Double]:
    double, port = Double(), free_port()
    double.url = f"http://127.0.0.1:{port}"
    methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]
    app = Starlette(routes=[Route("/{path:path}", double.answer, methods=methods)])
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, lifespan="off"))
    serving = asyncio.create_task(server.serve())
    try:
        while not server.started:  # noqa: ASYNC110 - uvicorn offers no event
            await asyncio.sleep(0.01)
        yield double
    finally:
        server.should_exit = True
        await serving
