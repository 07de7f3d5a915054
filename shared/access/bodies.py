"""No request may fill our memory: bodies are counted while they arrive.

FastAPI has such a limit of its own, but answers what Content-Length alone gives away in plain text.
"""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BYTES = 1024 * 1024


class TooLarge(HTTPException):
    """More came than we take."""

    def __init__(self) -> None:
        super().__init__(413)


class LimitedBodies:
    """ASGI middleware: 413 as soon as more than `max_bytes` came, whatever Content-Length said."""

    def __init__(self, app: ASGIApp, *, max_bytes: int = MAX_BYTES) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        came = 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > self._max_bytes:
                raise TooLarge
            return message

        await self._app(scope, counted, send)
