"""Live is: the process answers. Ready is: database, broker and migrations are there."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

Check = Callable[[], Awaitable[bool]]


def health_routes(checks: Mapping[str, Check]) -> APIRouter:
    """`/health/live`, `/health/ready` and `/metrics`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/health/live")
    async def live() -> dict[str, str]:
        return {"status": "live"}

    @router.get("/health/ready")
    async def ready() -> JSONResponse:
        results = dict(zip(checks, await asyncio.gather(*map(_holds, checks.values())), strict=True))
        return JSONResponse(
            {"ready": all(results.values()), **results}, 200 if all(results.values()) else 503
        )

    @router.get("/metrics")
    async def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return router


async def _holds(check: Check) -> bool:
    try:
        async with asyncio.timeout(2):
            return await check()
    except Exception:
        return False
