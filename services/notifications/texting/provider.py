"""What every provider of text messages is to us: a signed request, and a judgement of what it answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import quote

from services.notifications.commands import Answer, No, NotYet

_CODE = re.compile(r"[A-Za-z0-9_.-]{1,64}")


@dataclass(frozen=True)
class Text:
    """An approved template with the one word it is filled with, to one number.

    `mark` is given back in the provider's own records, where an unknown one can be looked up.
    """

    phone: str
    template: str
    reference: str
    mark: str


@dataclass(frozen=True)
class Request:
    """A request to be posted as it is."""

    url: str
    headers: Mapping[str, str]
    content: bytes


class Provider(Protocol):
    """Whoever sends texts for us."""

    def request(self, text: Text, *, now: datetime, nonce: str) -> Request:
        """The signed request that asks for one text; `now` is the machine's time, which the signature names."""

    def judge(self, answer: Mapping[str, Any]) -> Answer:
        """What an answer in JSON means. Raises LookupError, TypeError where it says nothing we know."""


def refusal(code: str, *, never: frozenset[str]) -> NotYet | No:
    """A no for ever if it speaks of the number; else it speaks of us or of the moment, and the text waits."""
    return No(reason_of(code)) if code in never else NotYet(reason_of(code))


def reason_of(code: object) -> str:
    """The provider's code as a reason; its words may name the number and are dropped."""
    said = str(code)
    return f"sms_{said}" if _CODE.fullmatch(said) else "sms_refused"


def encoded(text: str) -> str:
    """As RFC 3986 has it, a blank as %20."""
    return quote(text, safe="-_.~")
