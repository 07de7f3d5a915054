"""The browser at the other end: its cookie, its session, and the tokens it never sees."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from services.portal import storage
from services.portal.gateway import Caller, Gateway, Problem
from services.portal.sessions import Person, Session, Ticket, Tokens
from shared.persistence.database import Connection, Database

RENEWED_EARLY = timedelta(seconds=30)
"""A token that ends within this time is exchanged before it is used."""


@dataclass
class Visitor:
    """One request's view of the session. Changes are made under the row's lock, so that two tabs agree."""

    database: Database
    now: datetime
    ticket: Ticket | None = None
    session: Session = field(default_factory=Session)

    async def arrive(self) -> None:
        """Reads what is kept for the ticket."""
        if self.ticket is None:
            return
        async with self.database.reading() as connection:
            self.session = self.ticket.unseal(await storage.session(connection, self.ticket.id, self.now))

    @property
    def csrf(self) -> str:
        """What forms carry; a visitor without a cookie gets one with the first form."""
        return self._own_ticket().csrf

    def sent(self, csrf: str) -> bool:
        """Whether a form comes from a page we gave this browser."""
        return self.ticket is not None and hmac.compare_digest(self.ticket.csrf.encode(), csrf.encode())

    async def keep(self, **changes: Any) -> None:
        """Changes the named parts of the session and leaves what another tab wrote beside them."""
        async with self.database.transaction() as tx:
            await self._save(tx, replace(await self._locked(tx), **changes))

    async def sign_in(self, granted: dict[str, Any], person: Person) -> None:
        """A new ticket for the same browser: one known before signing in opens nothing afterwards."""
        before = self.ticket
        self.ticket = Ticket.new()
        async with self.database.transaction() as tx:
            if before is not None:
                await storage.forget_session(tx, before.id)
            await storage.forget_expired(tx, self.now)
            await self._save(tx, Session(self._tokens(granted), person, draft=self.session.draft))

    async def sign_out(self) -> None:
        """Nothing of the session remains; the cookie opens nothing any more."""
        if self.ticket is not None:
            async with self.database.transaction() as tx:
                await storage.forget_session(tx, self.ticket.id)
        self.ticket, self.session = None, Session()

    async def access_token(self, gateway: Gateway, caller: Caller) -> str | None:
        """A token that still counts, or None when nobody is signed in (any more)."""
        tokens = self.session.tokens
        if tokens is None:
            return None
        if self._lasts(tokens):
            return tokens.access
        async with self.database.transaction() as tx:
            session = await self._locked(tx)
            if session.tokens is not None and not self._lasts(session.tokens):
                session = replace(session, tokens=await self._renewed(session.tokens, gateway, caller))
            await self._save(tx, session)
        return self.session.tokens.access if self.session.tokens else None

    async def _renewed(self, tokens: Tokens, gateway: Gateway, caller: Caller) -> Tokens | None:
        body = {"refresh_token": tokens.refresh}
        try:
            granted = await gateway.ask(caller, "alliance", "/v1/sign-in/refresh", method="POST", body=body)
        except Problem:
            return None
        return self._tokens(granted)

    def _tokens(self, granted: dict[str, Any]) -> Tokens:
        ends = self.now + timedelta(seconds=granted["expires_in"])
        return Tokens(granted["access_token"], granted["refresh_token"], ends)

    def _lasts(self, tokens: Tokens) -> bool:
        return tokens.expires_at - self.now > RENEWED_EARLY

    def _own_ticket(self) -> Ticket:
        if self.ticket is None:
            self.ticket = Ticket.new()
        return self.ticket

    async def _locked(self, tx: Connection) -> Session:
        ticket = self._own_ticket()
        return ticket.unseal(await storage.lock_session(tx, ticket.id, self.now))

    async def _save(self, tx: Connection, session: Session) -> None:
        ticket = self._own_ticket()
        await storage.save_session(tx, ticket.id, ticket.seal(session), self.now + session.lifetime)
        self.session = session
