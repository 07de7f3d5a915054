"""The portal's calls to the services, in the name and language of whoever looks at the page."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import httpx
from starlette.datastructures import UploadFile

from shared.observability.traces import current_traceparent
from shared.texts import Language

IN_FLIGHT_PAUSES_SECONDS = (0.2, 0.5, 1.0, 2.0)
"""Waits between asking again when the first of two equal requests is still being answered."""


FILE_TIMEOUT = httpx.Timeout(60, connect=5)
"""A file is cleaned before it is answered."""


class Away(Exception):
    """The service did not answer, or could not."""

    def __init__(self, service: str) -> None:
        super().__init__(service)
        self.service = service


@dataclass(frozen=True)
class FieldError:
    """What is wrong with one field, in words."""

    pointer: str
    detail: str

    @property
    def name(self) -> str:
        """The form field it stands beside: the first step of the JSON pointer; of a question's answer its code."""
        first, _, second = self.pointer.strip("/").partition("/")
        return f"detail_{second}" if first == "details" else first


@dataclass
class Problem(Exception):
    """A service said no, with a sentence."""

    status: int
    code: str
    detail: str
    errors: tuple[FieldError, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class StreamEvent:
    """A word of a service's stream; by its id one comes back to it."""

    id: str
    data: Any


@dataclass(frozen=True)
class Caller:
    """On whose behalf a service is asked."""

    language: Language
    token: str | None = None
    address: str | None = None
    """The browser's IP address: limits count people, not portals."""


class Gateway:
    """Speaks to the services behind this origin."""

    def __init__(
        self, client: httpx.AsyncClient, addresses: Mapping[str, str], listener: httpx.AsyncClient
    ) -> None:
        self.client = client
        self.addresses = addresses
        self._listener = listener

    async def ask(
        self,
        caller: Caller,
        service: str,
        path: str,
        *,
        method: str = "GET",
        query: Mapping[str, str] | None = None,
        body: Any = None,
        key: str | None = None,
        file: UploadFile | None = None,
    ) -> Any:
        """The service's answer. Raises Problem when it refuses, Away when it does not answer.

        With a file the body goes as a form, its fields before the file, so that their limit counts from the start.

        A second request under a key that is in flight waits for the first one's answer: a double click
        shows the receipt, not an error.
        """
        content: dict[str, Any] = {"json": body}
        if file is not None:
            content = _with_file(body, file)
        request = self.client.build_request(
            method, self.addresses[service] + path, params=query, headers=_headers(caller, key), **content
        )
        for pause in (*IN_FLIGHT_PAUSES_SECONDS, None):
            answer = await self._send(service, request)
            if not answer.is_error:
                return answer.json() if answer.content else None
            problem = _problem(service, answer)
            if problem.code != "key_in_flight" or pause is None:
                raise problem
            await asyncio.sleep(pause)
        return None

    async def exchange(
        self, caller: Caller, service: str, path: str, body: Mapping[str, Any], file: UploadFile
    ) -> bytes:
        """A file for a file, with what is said of it. Raises Problem, Away."""
        request = self.client.build_request(
            "POST",
            self.addresses[service] + path,
            headers=_headers(caller, None),
            **_with_file(body, file),
        )
        answer = await self._send(service, request)
        if answer.is_error:
            raise _problem(service, answer)
        return answer.content

    async def open(self, caller: Caller, service: str, path: str) -> httpx.Response:
        """A file as it arrives; whoever passes it on closes it. Raises Problem, Away."""
        address = self.addresses[service] + path
        request = self.client.build_request("GET", address, headers=_headers(caller, None))
        try:
            answer = await self.client.send(request, stream=True)
            if answer.is_error:
                await answer.aread()
        except httpx.HTTPError as error:
            raise Away(service) from error
        if answer.is_error:
            raise _problem(service, answer)
        return answer

    async def listen(
        self, caller: Caller, service: str, path: str, *, seen: str | None
    ) -> AsyncGenerator[StreamEvent, None]:
        """The words of a stream as they come, but for what was `seen` last. Raises Problem, Away."""
        headers = _headers(caller, None) | ({"Last-Event-ID": seen} if seen else {})
        try:
            async with self._listener.stream(
                "GET", self.addresses[service] + path, headers=headers
            ) as answer:
                if answer.is_error:
                    await answer.aread()
                    raise _problem(service, answer)
                async for event in _events(answer.aiter_lines()):
                    yield event
        except httpx.HTTPError as error:
            raise Away(service) from error

    async def _send(self, service: str, request: httpx.Request) -> httpx.Response:
        try:
            return await self.client.send(request)
        except httpx.HTTPError as error:
            raise Away(service) from error


async def _events(lines: AsyncIterator[str]) -> AsyncGenerator[StreamEvent, None]:
    """An empty line ends an event; a comment has no name and no content."""
    said: dict[str, str] = {}
    async for line in lines:
        name, _, value = line.partition(": ")
        if not line and "data" in said:
            yield StreamEvent(said.get("id", ""), json.loads(said["data"]))
            said = {}
        said[name] = value


def _with_file(body: Mapping[str, Any], file: UploadFile) -> dict[str, Any]:
    fields = {name: _as_field(value) for name, value in body.items()}
    return {"data": fields, "files": {"file": file.file}, "timeout": FILE_TIMEOUT}


def _as_field(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case list():
            return ",".join(map(str, value))
        case _:
            return str(value)


def _headers(caller: Caller, key: str | None) -> dict[str, str]:
    """A key that no form of ours has is told as a header can bear it; the service refuses it or takes it."""
    said = {
        "Accept-Language": caller.language,
        "Authorization": f"Bearer {caller.token}" if caller.token else None,
        "Idempotency-Key": key and quote(key, errors="replace"),
        "X-Forwarded-For": caller.address,
        "traceparent": current_traceparent(),
    }
    return {name: value for name, value in said.items() if value is not None}


def _problem(service: str, answer: httpx.Response) -> Problem:
    """The refusal in a problem document. Raises Away for what is not a refusal."""
    if answer.status_code >= 500 or "problem+json" not in answer.headers.get("content-type", ""):
        raise Away(service)
    document = answer.json()
    errors = tuple(FieldError(one["pointer"], one["detail"]) for one in document.get("errors", ()))
    code = document["type"].rsplit("/", 1)[-1]
    return Problem(answer.status_code, code, document.get("detail", ""), errors, document)
