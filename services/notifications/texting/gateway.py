"""Asks a provider over HTTP and says what came of it: the step after which no word is no answer is one of its own."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from uuid import uuid4

import httpx

from services.notifications.commands import Answer, NotYet, NoWord
from services.notifications.retrying import wait_of
from services.notifications.texting.provider import Provider, Text
from shared.trust import authorities

CONNECT_SECONDS = 10
MOST_BYTES = 64 * 1024


class TextGateway:
    """One provider. Redirects are not followed: a signed request is for the one it was signed for."""

    def __init__(self, provider: Provider, *, answer_seconds: float) -> None:
        self._provider = provider
        self._answer_seconds = answer_seconds
        self._timeout = httpx.Timeout(answer_seconds, connect=CONNECT_SECONDS)

    async def send(self, text: Text) -> Answer:
        """Nothing was asked of it where no connection came about; from then on silence tells nothing."""
        request = self._provider.request(text, now=datetime.now(UTC), nonce=uuid4().hex)
        try:
            async with (
                asyncio.timeout(CONNECT_SECONDS + self._answer_seconds),
                httpx.AsyncClient(timeout=self._timeout, trust_env=False, verify=authorities()) as client,
                client.stream(
                    "POST", request.url, headers=request.headers, content=request.content
                ) as response,
            ):
                body = await _at_most(response)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            return NotYet("no_connection")
        except (TimeoutError, httpx.TimeoutException):
            return NoWord("no_answer")
        except httpx.HTTPError:
            return NoWord("connection_lost")
        return self._judgement(response, body)

    def _judgement(self, response: httpx.Response, body: bytes) -> Answer:
        status = response.status_code
        if status in (429, 503):
            return NotYet(f"sms_{status}", wait_of(response.headers.get("retry-after"), datetime.now(UTC)))
        if 300 <= status < 400:
            return NotYet(f"sms_{status}")
        if status >= 500:
            return NoWord(f"sms_{status}")
        try:
            return self._provider.judge(json.loads(body))
        except (ValueError, LookupError, TypeError):
            return NoWord("sms_unreadable") if status < 400 else NotYet(f"sms_{status}")


async def _at_most(response: httpx.Response) -> bytes:
    """The body, or as much of it as anybody could mean."""
    body = b""
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > MOST_BYTES:
            break
    return body
