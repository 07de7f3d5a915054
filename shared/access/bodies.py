"""No request may fill our memory: bodies are counted while they arrive.

FastAPI has such a limit of its own, but answers what Content-Length alone gives away in plain text.
"""

from __future__ import annotations

import re

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BYTES = 1024 * 1024


class TooLarge(HTTPException):
    """More came than we take."""

    def __init__(self) -> None:
        super().__init__(413)


class LimitedBodies:
    """ASGI middleware: 413 as soon as more than `max_bytes` came, whatever Content-Length said.

    Forms with files at paths that match `streamed` pass: their endpoints count by kind while they put the bytes aside.
    """

    def __init__(self, app: ASGIApp, *, max_bytes: int = MAX_BYTES, streamed: str | None = None) -> None:
        self._app = app
        self._max_bytes = max_bytes
        self._streamed = re.compile(streamed) if streamed else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._takes_file(scope):
            await self._app(scope, receive, send)
            return
        came = 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > self._max_bytes:
                raise TooLarge
            return message

        await self._app(scope, counted, send)

    def _takes_file(self, scope: Scope) -> bool:
        if self._streamed is None or not self._streamed.fullmatch(scope.get("path", "")):
            return False
        return Headers(scope=scope).get("content-type", "").lower().startswith("multipart/form-data")
