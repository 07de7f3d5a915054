"""How a command gets to act as somebody."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

from rich.prompt import Prompt

from cli.output import complaints
from cli.people import Person, http_client
from cli.running import Running
from shared.texts import Language


@asynccontextmanager
async def signed_in(where: Running, contact: str, *, language: Language = "en") -> AsyncIterator[Person]:
    """Somebody with this contact. In development without a code, which may be asked for once a minute only."""
    async with http_client(language=language) as http, AsyncExitStack() as stack:
        person = Person(contact, contact, where=where, http=http)
        if where.is_development:
            await person.carry(await _tokens(where, contact, stack))
        else:
            await person.sign_in(partial(_ask, contact))
        yield person


async def _tokens(where: Running, contact: str, stack: AsyncExitStack) -> Callable[[], Awaitable[str]]:
    """Imported when needed: the alliance service's wiring takes a second to load."""
    from cli.inside import kit_of
    from cli.seeding import token_for

    kit = await stack.enter_async_context(kit_of("alliance", where))
    return partial(token_for, kit, contact)


async def _ask(contact: str) -> str:
    return await asyncio.to_thread(Prompt.ask, f"The code sent to {contact}", console=complaints)
