"""Whom this process believes over TLS."""

from __future__ import annotations

import ssl
from functools import cache

import httpx


@cache
def authorities() -> ssl.SSLContext:
    """The public ones, read once: a client that reads them for itself keeps a core busy for 17 ms."""
    return httpx.create_ssl_context(trust_env=False)
