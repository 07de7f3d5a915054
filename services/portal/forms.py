"""Reading what a form sent: urlencoded, small, and as typed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Self
from urllib.parse import parse_qs

from fastapi import Request

from services.portal.gateway import FieldError
from shared.clock import SHANGHAI

MOST_FIELDS = 200
CSRF_FIELD = "csrf"
KEY_FIELD = "key"

_PAGES_OF_FORMS = (
    (re.compile(r"(/cases/[0-9a-f-]{36})/steps/([a-z_]+)"), r"\1"),
    (re.compile(r"(/mediations)/(?:[0-9a-f-]{36}/steps/[a-z_]+|calendar-link)"), r"\1"),
    (re.compile(r"(/file|/survey/[\w.-]+|/sign-in|/sign-in/code)"), r"\1"),
)
"""Where a form can be seen again, by where it is sent."""


def page_of_form(path: str) -> str:
    """The page on which the form sent to `path` stands; home where it stands on none."""
    matches = ((pattern.fullmatch(path), page) for pattern, page in _PAGES_OF_FORMS)
    return next((match.expand(page) for match, page in matches if match), "/")


class Unreadable(Exception):
    """Not a form our pages could have sent."""


class Form:
    """The fields of one form, each with every value it was sent with."""

    def __init__(self, fields: Mapping[str, Sequence[str]] | None = None) -> None:
        self._fields = {name: list(values) for name, values in (fields or {}).items()}

    @classmethod
    async def of(cls, request: Request) -> Self:
        """The form in the request's body. Raises Unreadable."""
        try:
            fields = parse_qs(
                (await request.body()).decode(),
                keep_blank_values=True,
                max_num_fields=MOST_FIELDS,
                errors="strict",
            )
        except ValueError:
            raise Unreadable from None
        if any("\0" in value for values in fields.values() for value in values):
            raise Unreadable
        return cls({name: [_plain(value) for value in values] for name, values in fields.items()})

    def __getitem__(self, name: str) -> str:
        """The field as typed, without the blanks around it; empty when it was not sent."""
        return self._fields.get(name, [""])[0].strip()

    def all(self, name: str) -> list[str]:
        """Every value sent under `name`, row by row."""
        return [value.strip() for value in self._fields.get(name, [])]

    def row(self, name: str, number: int) -> str:
        """The value in one row of a table of fields; empty where there is none."""
        values = self.all(name)
        return values[number] if number < len(values) else ""

    def says(self, name: str) -> bool:
        """Whether a box was ticked."""
        return bool(self[name])

    @property
    def typed(self) -> dict[str, list[str]]:
        """What is kept as a draft: everything but the proof that it came from our page.

        The key stays: where nobody knows whether the form arrived, sending it again must not do it twice.
        """
        return {name: values for name, values in self._fields.items() if name != CSRF_FIELD}


def _plain(text: str) -> str:
    """Line breaks as everybody else writes them; browsers send two characters for each."""
    return text.replace("\r\n", "\n")


class Mistakes(Exception):
    """Fields that cannot be sent on as they are, with the code of the sentence for each."""

    def __init__(self, **codes: str) -> None:
        super().__init__(*codes)
        self.codes = codes


def required(form: Form, *names: str) -> None:
    """Raises Mistakes for the fields left empty."""
    missing = {name: "field_missing" for name in names if not form[name]}
    if missing:
        raise Mistakes(**missing)


def day_in(form: Form, name: str) -> str:
    """A day as the services expect it. Raises Mistakes."""
    try:
        return date.fromisoformat(form[name]).isoformat()
    except ValueError:
        raise Mistakes(**{name: "field_wrong"}) from None


def local_moment(day: str, time: str) -> str:
    """The instant that a day and a time of day name in Shanghai. Raises ValueError."""
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=SHANGHAI).isoformat()


def by_field(errors: Sequence[FieldError]) -> dict[str, str]:
    """The services' sentences, each under the name of the field it stands beside."""
    return {error.name: error.detail for error in errors}
