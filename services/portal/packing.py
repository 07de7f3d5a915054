"""Answers made smaller on the way, for slow lines."""

from __future__ import annotations

import gzip

from fastapi import Request, Response

LEAST_BYTES = 1024
KINDS = ("text/", "application/json", "application/yaml", "image/svg+xml")
"""What becomes smaller; files handed on while they arrive are left as they are."""


def packed(request: Request, response: Response) -> Response:
    """The same answer, packed if the browser can unpack it.

    A page also holds the proof that its forms come from us, and packing lets lengths tell of contents; the cookie
    without which no page holds any is SameSite, so nobody else's page can have ours made over and over.
    """
    body = getattr(response, "body", b"")
    kind = response.headers.get("content-type", "")
    if len(body) < LEAST_BYTES or not kind.startswith(KINDS):
        return response
    response.headers.append("Vary", "Accept-Encoding")
    if "gzip" in request.headers.get("accept-encoding", ""):
        response.body = gzip.compress(body, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.body))
    return response
