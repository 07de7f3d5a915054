"""Sends to an address somebody entered, and to nothing of ours: no name may lead a request into our own network.

The name is resolved once, every address it has is looked at, and the connection goes to the one that was; no redirect
is followed; time and bytes are capped.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

import httpx

from services.notifications.commands import No, NotYet, NoWord, Yes
from services.notifications.retrying import wait_of
from services.notifications.webhooks.decisions import GONE
from shared.trust import authorities

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]

ANSWER_SECONDS = 15
MOST_BYTES = 16 * 1024

CARRIED = tuple(ip_network(one) for one in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))
"""IPv6 addresses that stand for an IPv4 address, whichever: a translator on the way would lead inside."""


class Forbidden(Exception):
    """An address that is none of the world's."""


def networks(written: str) -> tuple[Network, ...]:
    """Such as `10.20.0.0/16,fd00::/8`: where a city's platforms stand in a network of their own."""
    return tuple(ip_network(one.strip()) for one in written.split(",") if one.strip())


def is_allowed(address: Address, allowed: Sequence[Network]) -> bool:
    """Whether a request may go there: to the world, or to a network that was named."""
    plain = getattr(address, "ipv4_mapped", None) or address
    if any(plain in network for network in allowed if network.version == plain.version):
        return True
    carried = any(plain in network for network in CARRIED if network.version == plain.version)
    return plain.is_global and not plain.is_multicast and not carried


async def resolve(host: str, port: int) -> list[str]:
    """Every address the name has now."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


@dataclass(frozen=True)
class Reply:
    """What came back, whatever it means."""

    status: int
    retry_after: str | None
    body: bytes


class Guard:
    """The one door to addresses that others name."""

    def __init__(self, allowed: Sequence[Network], *, resolve: Resolve = resolve) -> None:
        self._allowed = allowed
        self._resolve = resolve

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Yes | NotYet | No:
        """At least once: whatever is no clear yes is asked again, and the receiver knows it by its id."""
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return _judgement(await self._exchange(httpx.URL(url), headers, body))
        except Forbidden:
            return NotYet("address_forbidden")
        except OSError:
            return NotYet("no_address")
        except (TimeoutError, httpx.TimeoutException):
            return NotYet("no_answer")
        except httpx.HTTPError:
            return NotYet("connection_lost")

    async def ask(self, url: str, headers: Mapping[str, str], body: bytes) -> Reply | NotYet | NoWord:
        """At most once: only what certainly did not arrive may be asked again; the caller reads the reply."""
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await self._exchange(httpx.URL(url), headers, body)
        except Forbidden:
            return NotYet("address_forbidden")
        except (httpx.ConnectError, httpx.ConnectTimeout):
            return NotYet("no_connection")
        except (TimeoutError, httpx.TimeoutException):
            return NoWord("no_answer")
        except OSError:
            return NotYet("no_address")
        except httpx.HTTPError:
            return NoWord("connection_lost")

    async def _exchange(self, url: httpx.URL, headers: Mapping[str, str], body: bytes) -> Reply:
        port = url.port or (443 if url.scheme == "https" else 80)
        address = self._checked(await self._resolve(url.host, port))
        there = url.copy_with(host=str(address))
        named = {"host": url.netloc.decode(), **headers}
        async with (
            httpx.AsyncClient(timeout=ANSWER_SECONDS, trust_env=False, verify=authorities()) as client,
            client.stream(
                "POST", there, headers=named, content=body, extensions={"sni_hostname": url.host}
            ) as response,
        ):
            said = await _read(response)
            return Reply(response.status_code, response.headers.get("retry-after"), said)

    def _checked(self, found: Sequence[str]) -> Address:
        """Raises Forbidden if one of them is not allowed: a name that also leads inside is not to be trusted."""
        addresses = [ip_address(one.partition("%")[0]) for one in found]
        if not addresses or not all(is_allowed(one, self._allowed) for one in addresses):
            raise Forbidden
        return addresses[0]


async def _read(response: httpx.Response) -> bytes:
    """The body, or as much of it as anybody could mean."""
    body = b""
    async for piece in response.aiter_raw():
        body += piece
        if len(body) > MOST_BYTES:
            break
    return body


def _judgement(reply: Reply) -> Yes | NotYet | No:
    if 200 <= reply.status < 300:
        return Yes()
    if reply.status == 410:
        return No(GONE)
    return NotYet(f"http_{reply.status}", wait_of(reply.retry_after, datetime.now(UTC)))
