"""The local mailbox page, read as a person would: by address, newest first."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import httpx

from cli.people import ReadCode, code_in
from cli.running import NotHere

PATIENCE_SECONDS = 30.0

READING_SECONDS = 300.0
"""The thousands of mails of a long run are all taken apart at the first look."""


@dataclass(frozen=True)
class Mail:
    """One mail as it arrived."""

    id: str
    to: tuple[str, ...]
    subject: str
    text: str
    html: str
    headers: dict[str, str]
    attachments: tuple[dict[str, Any], ...]

    @property
    def case_id(self) -> str:
        return self.headers.get("X-Shangju-Case", "")

    @property
    def notice_id(self) -> str:
        return self.headers.get("X-Shangju-Notice", "")

    @property
    def calendar(self) -> str | None:
        """The invitation in it, if there is one."""
        parts = (
            part["text"] for part in self.attachments if part["content_type"].startswith("text/calendar")
        )
        return next(parts, None)


class Mailbox:
    """The page's API."""

    def __init__(self, url: str, http: httpx.AsyncClient) -> None:
        self._url = url
        self._http = http

    async def mails(self, *, to: str = "", after: str = "") -> list[Mail]:
        """To one address or to all, oldest first."""
        asked = {"to": to, "after": after}
        answer = await self._http.get(f"{self._url}/api/messages", params=asked, timeout=READING_SECONDS)
        answer.raise_for_status()
        return [_mail(one) for one in reversed(answer.json())]

    async def newest_id(self, *, to: str) -> str:
        mails = await self.mails(to=to)
        return mails[-1].id if mails else ""

    async def code_reader(self, contact: str) -> ReadCode:
        """Reads the next code that comes to `contact`; made before the code is asked for."""
        before = await self.newest_id(to=contact)

        async def read_code() -> str:
            try:
                async with asyncio.timeout(PATIENCE_SECONDS):
                    return await self._next_code(contact, after=before)
            except TimeoutError:
                raise NotHere(
                    f"no mail with a code reached {contact} within {PATIENCE_SECONDS:.0f} s"
                ) from None

        return read_code

    async def _next_code(self, contact: str, *, after: str) -> str:
        while True:
            mails = await self.mails(to=contact, after=after)
            codes = [code_in(mail.text) for mail in mails if not mail.case_id]
            if found := [code for code in codes if code]:
                return found[-1]
            await asyncio.sleep(0.1)


def _mail(raw: dict[str, Any]) -> Mail:
    return Mail(
        raw["id"],
        tuple(raw["to"]),
        raw["subject"],
        raw["text"],
        raw["html"],
        raw["headers"],
        tuple(raw["attachments"]),
    )
