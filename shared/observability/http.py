"""Around every request: a span, a correlation in the logs, a metric, headers that keep answers private."""

from __future__ import annotations

import time

import structlog
from opentelemetry.trace import SpanKind
from prometheus_client import Histogram
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.observability import traces

log = structlog.get_logger()
SECONDS = Histogram(
    "shangju_http_request_seconds",
    "Time from request to answer",
    ["service", "method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
_QUIET = {"/health/live", "/health/ready", "/metrics"}


class ObservedRequests:
    """ASGI middleware; the route's template names the request, never its path, which holds ids."""

    def __init__(self, app: ASGIApp, *, service: str) -> None:
        self._app = app
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in _QUIET:
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500
        parent = traces.continued(Headers(scope=scope).get("traceparent"))
        with (
            traces.step(scope["method"], parent, SpanKind.SERVER) as span,
            structlog.contextvars.bound_contextvars(trace_id=traces.trace_id(span)),
        ):

            async def observed(message: Message) -> None:
                nonlocal status
                if message["type"] == "http.response.start":
                    status = message["status"]
                    headers = MutableHeaders(scope=message)
                    headers["X-Trace-Id"] = traces.trace_id(span)
                    headers.setdefault("X-Content-Type-Options", "nosniff")
                    headers.setdefault("Cache-Control", "no-store")
                await send(message)

            try:
                await self._app(scope, receive, observed)
            finally:
                route = getattr(scope.get("route"), "path", "unmatched")
                span.update_name(f"{scope['method']} {route}")
                seconds = time.perf_counter() - started
                SECONDS.labels(self._service, scope["method"], route, status).observe(seconds)
                log.info(
                    "request", method=scope["method"], route=route, status=status, ms=round(seconds * 1000, 1)
                )
