"""`/api/<service>/…` → that service: one origin for programs too. Nothing of a browser's session passes.

A body is read whole, which is safe because every app of ours refuses more than a mebibyte; files and answers stream.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping

import httpx
from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from services.portal.gateway import Gateway
from shared.access.problem import Unavailable
from shared.errors import NotFound
from shared.observability.traces import current_traceparent

OPEN_PATHS = ("/v1/", "/.well-known/", "/openapi.json")
"""Health and metrics of a service are for its operators, on its own port."""

_HOP_BY_HOP = frozenset(
    {
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
_STAYS_BEHIND = _HOP_BY_HOP | {
    "host",
    "cookie",
    "content-length",
    "x-forwarded-for",
    "forwarded",
    "traceparent",
}
_STAYS_THERE = _HOP_BY_HOP | {"set-cookie", "server", "date", "x-trace-id"}

UPLOADS = (
    r"/api/complaints/v1/(evidence/cleaned|cases/[^/]+/(evidence(/[^/]+/release)?|occurrences|survey-slips))"
)
"""Files are handed on while they arrive; the service counts them."""

_UPLOADS = re.compile(UPLOADS)

router = APIRouter(include_in_schema=False)


@router.api_route("/api/{service}/{path:path}", methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
async def forward(service: str, request: Request) -> Response:
    """The service's own answer, byte for byte."""
    gateway: Gateway = request.app.state.gateway
    target = _target(gateway, service, request)
    body = request.stream() if _UPLOADS.fullmatch(request.url.path) else await request.body()
    passed = gateway.client.build_request(request.method, target, content=body, headers=_passed_on(request))
    try:
        answer = await gateway.client.send(passed, stream=True)
    except httpx.HTTPError:
        raise Unavailable from None
    headers = {name: value for name, value in answer.headers.items() if name not in _dropped(answer.headers)}
    return StreamingResponse(passed_on(answer), answer.status_code, headers)


def _target(gateway: Gateway, service: str, request: Request) -> httpx.URL:
    """Where the request goes, its path as it was written. Raises NotFound for what is not offered."""
    prefix = f"/api/{service}".encode()
    path = request.scope["raw_path"].removeprefix(prefix)
    if service not in gateway.addresses or not path.startswith(tuple(one.encode() for one in OPEN_PATHS)):
        raise NotFound
    if b".." in path or b"%2e" in path.lower() or b"//" in path:
        raise NotFound
    query = request.scope["query_string"]
    base = httpx.URL(gateway.addresses[service])
    return base.copy_with(raw_path=base.raw_path.rstrip(b"/") + path + (b"?" + query if query else b""))


def _passed_on(request: Request) -> list[tuple[str, str]]:
    dropped = _dropped(request.headers) | _STAYS_BEHIND
    headers = [(name, value) for name, value in request.headers.items() if name not in dropped]
    traceparent = current_traceparent()
    if traceparent:
        headers.append(("traceparent", traceparent))
    if request.client:
        headers.append(("x-forwarded-for", request.client.host))
    return headers


def _dropped(headers: Mapping[str, str]) -> frozenset[str]:
    """What never crosses, and what the `Connection` header names besides (RFC 9110, 7.6.1)."""
    named = headers.get("connection", "")
    return _STAYS_THERE | {name.strip().lower() for name in named.split(",")}


async def passed_on(answer: httpx.Response) -> AsyncIterator[bytes]:
    """The answer as it arrives, closed when it is through."""
    try:
        async for chunk in answer.aiter_raw():
            yield chunk
    finally:
        await answer.aclose()


PASSED_ON = (
    "content-type",
    "content-length",
    "content-disposition",
    "x-content-type-options",
    "cache-control",
    "cross-origin-resource-policy",
)
"""What a file's answer says of it."""


def file_of(answer: httpx.Response) -> StreamingResponse:
    """A service's file on a page of ours, as it arrives."""
    headers = {name: answer.headers[name] for name in PASSED_ON if name in answer.headers}
    return StreamingResponse(passed_on(answer), headers=headers)
