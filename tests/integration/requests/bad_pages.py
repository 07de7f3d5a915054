"""What people, programs and attackers type into the addresses and forms of pages, by a seed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from random import Random
from typing import Any
from urllib.parse import urlencode

import httpx

from services.portal import pages
from tests.integration.portal.browser import Browser, FormOnPage, Shown

SEGMENTS = (
    "00000000-0000-0000-0000-000000000000",
    "%00",
    "%ff%fe",
    "..%2f..%2fme",
    "%0d%0aX-A:1",
    "9" * 300,
    "🦊",
)
TYPED = ("", "x", "\0", "-5", "on", "2026-02-30", "9" * 400, "🦊" * 300, "=1+1", "<b>", "\u202e", "\ud83e")
ASKED = (
    "cursor",
    "by",
    "from",
    "to",
    "month",
    "week",
    "day",
    "q",
    "page",
    "back",
    "kind",
    "category",
    "year",
)
ASKED_FIRST = {"/file": "?category=noise"}
"""Without it the page has no form yet."""

ENDLESS = "/inbox/live"
ENDS_THE_SESSION = "/sign-out"
BROKEN_BODY = b"\xff\xfe%%%=\x00&&&="
_NAMED = re.compile(r"\{[^}]+\}")


@dataclass(frozen=True)
class Trial:
    """One request, as `http.request(**trial.request)` sends it."""

    request: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.request['method']} {self.request['url']} {str(self.request.get('content', b''))[:300]}"


def routes() -> list[tuple[str, str]]:
    """Method and path of all that the portal answers people with."""
    return sorted(
        (method, route.path)
        for module in iter_modules(pages.__path__)
        for route in import_module(f"{pages.__name__}.{module.name}").router.routes
        for method in route.methods & {"GET", "POST"}
        if route.path not in (ENDLESS, ENDS_THE_SESSION)
    )


async def found_forms(browser: Browser, about: str) -> dict[str, FormOnPage]:
    """The forms of every page that opens, by where they are sent; their fields are as nobody has touched them."""
    found: dict[str, FormOnPage] = {}
    for method, path in routes():
        if method == "GET":
            shown = await browser.open(_NAMED.sub(about, path) + ASKED_FIRST.get(path, ""))
            found |= {form.action: form for form in shown.forms if form.method == "post"}
    return found


def trials(forms: Mapping[str, FormOnPage], csrf: str, about: str, seed: int) -> Iterator[Trial]:
    """Of each route some in an order of their own: bad addresses, bad questions, bad forms."""
    chance = Random(seed)
    for method, path in routes():
        whole, broken = _NAMED.sub(about, path), _NAMED.sub(lambda _: chance.choice(SEGMENTS), path)
        if method == "GET":
            asked = {name: chance.choice(TYPED) for name in chance.sample(ASKED, 6)}
            yield _trial("GET", f"{whole}?{_encoded(asked)}")
            yield _trial("GET", broken)
            continue
        yield _trial("POST", broken, _encoded({"csrf": csrf}))
        yield _trial("POST", whole, BROKEN_BODY)
        yield _trial("POST", whole, _encoded({"csrf": csrf}))
    for action, form in sorted(forms.items()):
        if action != ENDS_THE_SESSION:
            for _ in range(2):
                typed = {name: chance.choice(TYPED) for name in sorted(form.names) if chance.random() < 0.5}
                yield _trial("POST", action, _encoded(form.fields | typed | {"csrf": csrf}))


def _encoded(fields: Mapping[str, str | list[str]]) -> bytes:
    return urlencode(fields, doseq=True, errors="surrogatepass").encode()


def _trial(method: str, url: str, content: bytes | None = None) -> Trial:
    request: dict[str, Any] = {"method": method, "url": url}
    if content is not None:
        request |= {"content": content, "headers": {"Content-Type": "application/x-www-form-urlencoded"}}
    return Trial(request)


async def broken_by(trial: Trial, http: httpx.AsyncClient) -> bool:
    """Whether the answer is the portal's own failure."""
    return Shown(await http.request(**trial.request)).status == 500
