"""Somebody who uses the public APIs: signs in by a code, asks, and does."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import httpx

from cli.running import Running
from shared.texts import Language

ReadCode = Callable[[], Awaitable[str]]
"""Where the one-time code comes from: the local mailbox, or the person at the keyboard."""

_CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")


class Answered(Exception):
    """The API said no. `problem` is its problem document."""

    def __init__(self, who: str, request: str, status: int, problem: dict[str, Any]) -> None:
        self.status = status
        self.problem = problem
        self.code = str(problem.get("type", "")).removeprefix("/problems/")
        said = "; ".join(
            f"{error['pointer']} {error['code']}: {error['detail']}" for error in problem.get("errors", [])
        )
        super().__init__(
            f"{who}: {request} → {status} {self.code} {problem.get('detail', '')} {said}".rstrip()
        )


class Person:
    """One signed-in person. The token is renewed when it has run out."""

    proves: Callable[[str], Awaitable[str]]
    """How they prove that they mean to sign the content of a hash; set by whoever lets them sign."""

    def __init__(self, name: str, contact: str, *, where: Running, http: httpx.AsyncClient) -> None:
        self.name = name
        self.contact = contact
        self.id = ""
        self._where = where
        self._http = http
        self._access = ""
        self._refresh = ""
        self._renewed: Callable[[], Awaitable[str]] = self._refreshed

    async def sign_in(self, read_code: ReadCode) -> None:
        """By the public door: a code to the contact, the code back."""
        await self._send("POST", "alliance", "/v1/sign-in/codes", json={"contact": self.contact})
        code = await read_code()
        form = {"contact": self.contact, "code": code}
        tokens = await self._send("POST", "alliance", "/v1/sign-in/tokens", json=form)
        self.id = tokens["member_id"]
        self._keep(tokens)

    async def proves_by_code(self, content_hash: str, read_code: ReadCode) -> str:
        """By the public door: a code for just that content to their contact, the code back."""
        words = {"content_hash": content_hash}
        await self.post("alliance", "/v1/me/signing-codes", words)
        given = words | {"code": await read_code()}
        return str((await self.post("alliance", "/v1/me/signing-proofs", given))["proof"])

    async def signs(self, content: dict[str, Any], command: str = "sign", **more: Any) -> None:
        """An agreement, or what is offered to change one: with a proof that they mean these words."""
        named = content["content_hash"]
        form = {"content_hash": named, "proof": await self.proves(named), **more}
        await self.post("mediation", f"/v1/agreements/{content['id']}/{command}", form)

    async def carry(self, token: Callable[[], Awaitable[str]]) -> None:
        """Uses access tokens that are had in another way; asked for anew when one has run out."""
        self._renewed = token
        self._access = await token()

    async def get(self, service: str, path: str, **query: Any) -> Any:
        return _content(await self._request("GET", service, path, params=query))

    async def post(
        self, service: str, path: str, body: dict[str, Any] | None = None, *, key: str | None = None
    ) -> Any:
        """A write under an Idempotency-Key: a fresh one, unless the caller wants the same write twice."""
        return _content(await self.answer(service, path, body, key=key))

    async def answer(
        self, service: str, path: str, body: dict[str, Any] | None = None, *, key: str | None = None
    ) -> httpx.Response:
        """The same, with the answer's status and headers."""
        return await self._request("POST", service, path, json=body or {}, headers=_keyed(key))

    async def send_file(self, service: str, path: str, file: bytes, fields: dict[str, str]) -> Any:
        """A file with what is said of it."""
        sent = {"data": fields, "files": {"file": ("file", file)}, "headers": _keyed(None)}
        return _content(await self._request("POST", service, path, **sent))

    async def put(self, service: str, path: str, body: dict[str, Any]) -> Any:
        return _content(await self._request("PUT", service, path, json=body, headers=_keyed(None)))

    async def text(self, service: str, path: str) -> str:
        """An answer that is not JSON, e.g. a calendar."""
        answer = await self._request("GET", service, path)
        return answer.text

    async def _request(self, method: str, service: str, path: str, **more: Any) -> httpx.Response:
        try:
            return await self._once(method, service, path, **more)
        except Answered as no:
            if no.status != 401:
                raise
        self._access = await self._renewed()
        return await self._once(method, service, path, **more)

    async def _refreshed(self) -> str:
        form = {"refresh_token": self._refresh}
        self._keep(await self._send("POST", "alliance", "/v1/sign-in/refresh", json=form))
        return self._access

    async def _once(
        self, method: str, service: str, path: str, headers: dict[str, str] | None = None, **more: Any
    ) -> httpx.Response:
        headers = {**(headers or {}), "Authorization": f"Bearer {self._access}"}
        answer = await self._http.request(
            method, f"{self._where.api(service)}{path}", headers=headers, **more
        )
        return self._checked(answer, f"{method} {path}")

    async def _send(self, method: str, service: str, path: str, **more: Any) -> Any:
        answer = await self._http.request(method, f"{self._where.api(service)}{path}", **more)
        return _content(self._checked(answer, f"{method} {path}"))

    def _checked(self, answer: httpx.Response, request: str) -> httpx.Response:
        if answer.is_success:
            return answer
        try:
            problem = answer.json()
        except ValueError:
            problem = {"detail": answer.text[:200]}
        raise Answered(self.name, request, answer.status_code, problem)

    def _keep(self, tokens: dict[str, Any]) -> None:
        self._access, self._refresh = tokens["access_token"], tokens["refresh_token"]


def code_in(text: str) -> str | None:
    """The one-time code a mail holds."""
    found = _CODE.search(text)
    return found[0] if found else None


def _keyed(key: str | None) -> dict[str, str]:
    return {"Idempotency-Key": key or str(uuid4())}


def _content(answer: httpx.Response) -> Any:
    return answer.json() if answer.content else None


def http_client(*, language: Language = "en") -> httpx.AsyncClient:
    """Lets go of idle connections before uvicorn does (5 s), so that no request meets a closing one."""
    limits = httpx.Limits(keepalive_expiry=2)
    return httpx.AsyncClient(timeout=30, limits=limits, headers={"Accept-Language": language})
