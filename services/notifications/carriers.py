"""The ways out of the house, each behind the same few words: offer, hand over, hang up.

Whatever comes of an offer, it can be made again freely; once handed over, no word is no answer.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Protocol

from services.notifications.commands import Answer, No, NotYet
from services.notifications.letters import Office, compose
from services.notifications.settings import Settings
from services.notifications.smtp import OFFER_SECONDS, MailServer, content_of
from services.notifications.storage import Addressed
from services.notifications.texting.gateway import TextGateway
from services.notifications.texting.provider import Provider, Text
from shared.observability.traces import current_traceparent

HandOver = Callable[[], Awaitable[Answer]]
"""Gives what was offered, and waits for the word on it."""


class Carrier(Protocol):
    """One way to the outside; it takes one notice after the other."""

    async def offer(self, addressed: Addressed) -> NotYet | No | HandOver:
        """Everything up to the point of no return."""

    def hang_up(self) -> None:
        """What was offered last is as if it had not been."""


class MailCarrier:
    """Mails over one connection to the mail server, which is given the content after it said 354."""

    def __init__(self, settings: Settings) -> None:
        self._office = Office(
            settings.mail_address, settings.public_url, settings.link_secret.get_secret_value()
        )
        self._server = MailServer(
            partial(settings.mail_client, answer_seconds=OFFER_SECONDS / 2),
            answer_seconds=settings.smtp_answer_seconds,
        )

    async def offer(self, addressed: Addressed) -> NotYet | No | HandOver:
        content = content_of(compose(addressed, office=self._office, traceparent=current_traceparent()))
        refused = await self._server.offer(sender=self._office.mail_from, recipient=addressed.address)
        return refused or partial(self._server.hand_over, content)

    def hang_up(self) -> None:
        self._server.hang_up()


class TextCarrier:
    """Texts by a provider, which is asked in one request: until it is handed over nothing has left."""

    def __init__(self, settings: Settings, provider: Provider) -> None:
        self._settings = settings
        self._gateway = TextGateway(provider, answer_seconds=settings.sms_answer_seconds)

    async def offer(self, addressed: Addressed) -> NotYet | No | HandOver:
        notice = addressed.notice
        template = self._settings.text_template(notice.kind, addressed.language)
        text = Text(addressed.address, template, notice.reference, str(notice.id))
        return partial(self._gateway.send, text)

    def hang_up(self) -> None:
        """Each text has a connection of its own, and before it is handed over none."""
