"""Reading what a form sent: small and as typed, perhaps with one file."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from datetime import date, datetime
from typing import Self
from urllib.parse import parse_qs

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from services.portal.gateway import FieldError
from shared.access.bodies import MAX_BYTES, TooLarge
from shared.clock import SHANGHAI

MOST_FIELDS = 200
MOST_FILES = 8
MOST_PART_BYTES = 64 * 1024
"""The text of one field beside files."""

MOST_READ_BYTES = 1024 * 1024 * 1024
"""What of files is too much is read past, so that the words beside them are not lost; nobody is read for longer, and
whose files are not taken not even for as long as those might be.
"""

CSRF_FIELD = "csrf"
KEY_FIELD = "key"
LOST_FILES, TOO_LARGE = "lost_files", "too_large"
"""In a draft: files were chosen with it, and no draft keeps a file. What a form says of its own that were too large."""

_PAGES_OF_FORMS = (
    (re.compile(r"(/cases/[0-9a-f-]{36})/steps/([a-z_]+)(?:/code)?"), r"\1"),
    (re.compile(r"(/mediations)/(?:[0-9a-f-]{36}/steps/[a-z_]+|calendar-link)"), r"\1"),
    (re.compile(r"(/referrals|/visits|/children|/inquiries)/[0-9a-f-]{36}/steps/[a-z_]+"), r"\1"),
    (
        re.compile(
            r"(/(?:mediators/(?:me|[0-9a-f-]{36})/(?:hours|profile)|rooms|shops/[0-9a-f-]{36}/hours))"
        ),
        r"\1",
    ),
    (re.compile(r"(/me)/(?:occupancies/[0-9a-f-]{36}/end|carried-help)"), r"\1"),
    (re.compile(r"(/me/data)/(?:code|erase)"), r"\1/erase"),
    (re.compile(r"(/cases/[0-9a-f-]{36}/duty|/building)"), r"\1"),
    (
        re.compile(
            r"(/queue/beside/[0-9a-f-]{36}/[0-9a-f-]{36}|/queue/decide|/queue)(?:/filters(?:/forget)?)?"
        ),
        r"\1",
    ),
    (
        re.compile(
            r"(/file|/oral|/survey/[\w.-]+|/release/[\w.-]+|/sign-in|/sign-in/code|/follow|/claim|/erased)"
        ),
        r"\1",
    ),
    (re.compile(r"(/alliance/(?:places|members|covenants)/[0-9a-f-]{36})/[a-z_]+"), r"\1"),
    (
        re.compile(
            r"(/alliance)/rename|(/alliance/(?:places|members|covenants))/new|(/alliance/places/import)"
        ),
        r"\1\2\3",
    ),
    (
        re.compile(
            r"(/alliance/(?:phrases|calendar|categories(?:/[a-z0-9_]+(?:/questions/[a-z0-9_]+)?)?|rules/[a-z]+/[a-z0-9_.]+|wordings/[a-z_]+/(?:zh-CN|en)))"
        ),
        r"\1",
    ),
    (re.compile(r"(/household)/.+|(/join/[\w.-]+)"), r"\1\2"),
    (re.compile(r"(/robots)(?:/[0-9a-f-]{36}/(?:try|remove))?"), r"\1"),
    (
        re.compile(
            r"(/webhooks(?:/[0-9a-f-]{36})?)(?:/(?:rotate|remove|messages/[0-9a-f-]{36}/replay))?",
        ),
        r"\1",
    ),
    (re.compile(r"(/by-hand)/[0-9a-f-]{36}/(?:handed|missed)"), r"\1"),
    (re.compile(r"(/unsubscribe/[\w.-]+|/preferences)(?:/devices(?:/[0-9a-f-]{36}/remove)?)?"), r"\1"),
)
"""Where a form can be seen again, by where it is sent."""


def page_of_form(path: str) -> str:
    """The page on which the form sent to `path` stands; home where it stands on none."""
    matches = ((pattern.fullmatch(path), page) for pattern, page in _PAGES_OF_FORMS)
    return next((match.expand(page) for match, page in matches if match), "/")


class Unreadable(Exception):
    """Not a form our pages could have sent."""


class Form:
    """The fields of one form, each with every value it was sent with, and the files that came with it."""

    def __init__(
        self,
        fields: Mapping[str, Sequence[str]] | None = None,
        files: Sequence[tuple[str, UploadFile]] = (),
    ) -> None:
        self._fields = {name: list(values) for name, values in (fields or {}).items()}
        self._files = tuple(files)

    @classmethod
    async def of(cls, request: Request, *, file_bytes: int = MAX_BYTES, takes_files: bool = True) -> Self:
        """The form in the request's body. Raises Unreadable, and TooLarge where more words came than a form
        without files may hold.

        Where no files are taken, or more than `file_bytes` of them came, they are read past, so that what was typed
        beside them is not lost.
        """
        files: Sequence[tuple[str, UploadFile]] = ()
        if request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
            fields, files, read_past = await _with_files(
                request,
                room=file_bytes if takes_files else 0,
                most_read=MOST_READ_BYTES if takes_files else file_bytes,
            )
            if read_past:
                fields[LOST_FILES] = [TOO_LARGE if takes_files else "yes"]
        else:
            fields = await _urlencoded(request)
        if any("\0" in value for values in fields.values() for value in values):
            raise Unreadable
        return cls({name: [_plain(value) for value in values] for name, values in fields.items()}, files)

    async def close(self) -> None:
        """Lets go of the files, which lie on disk if they are large."""
        for _, file in self._files:
            await file.close()

    @property
    def file(self) -> UploadFile | None:
        """The one file of a form that takes one."""
        return next((file for _, file in self._files), None)

    def files(self, name: str) -> list[UploadFile]:
        """The files chosen in one field."""
        return [file for field, file in self._files if field == name]

    @property
    def lost_files(self) -> bool:
        """Whether files were chosen that this form, shown again, holds no more: no page can choose them again."""
        return bool(self._files) or self.says(LOST_FILES)

    @property
    def files_too_large(self) -> bool:
        """Whether its files were more than we take."""
        return self[LOST_FILES] == TOO_LARGE

    def without_files(self, **fields: Sequence[str]) -> Form:
        """The same once its files were put aside, with what is said of them."""
        return Form(self._fields | fields)

    def saying(self, **fields: str) -> Form:
        """The same with this said in place of what was typed."""
        return Form(self._fields | {name: [value] for name, value in fields.items()}, self._files)

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
        lost = {LOST_FILES: ["yes"]} if self.lost_files else {}
        return {name: values for name, values in self._fields.items() if name != CSRF_FIELD} | lost


async def _urlencoded(request: Request) -> dict[str, list[str]]:
    try:
        body = (await request.body()).decode()
        return parse_qs(body, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:
        raise Unreadable from None


class _Bounded(MultiPartParser):
    """Takes no more words beside the files than a form without files may hold: a draft keeps them.

    Raises TooLarge as soon as more came. Of files it keeps `room` bytes, and reads past the rest.
    """

    room = 0
    read_past = False
    _came = 0

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._current_part.file is None:
            self._came += end - start
            if self._came > MAX_BYTES or len(self._current_part.data) + end - start > self.max_part_size:
                raise TooLarge
        else:
            self.room -= end - start
            self.read_past = self.read_past or self.room < 0
        if self._current_part.file is None or not self.read_past:
            super().on_part_data(data, start, end)


async def _with_files(
    request: Request, *, room: int, most_read: int
) -> tuple[dict[str, list[str]], Sequence[tuple[str, UploadFile]], bool]:
    """The words, the files, and whether those were more than `room` bytes, of which none is kept then.

    An empty file field is how browsers say that none was chosen.
    """
    counted = _counted(request.stream(), most_read)
    parser = _Bounded(
        request.headers,
        counted,
        max_files=MOST_FILES,
        max_fields=MOST_FIELDS,
        max_part_size=MOST_PART_BYTES,
    )
    parser.room = room
    try:
        sent = await parser.parse()
    except (MultiPartException, KeyError):
        raise Unreadable from None
    fields: dict[str, list[str]] = {}
    for name, value in sent.multi_items():
        if isinstance(value, str):
            fields.setdefault(name, []).append(value)
    files = [(name, one) for name, one in sent.multi_items() if isinstance(one, UploadFile)]
    if parser.read_past:
        await sent.close()
        return fields, (), True
    return fields, [(name, one) for name, one in files if one.size], False


async def _counted(stream: AsyncIterator[bytes], most: int) -> AsyncGenerator[bytes, None]:
    came = 0
    async for chunk in stream:
        came += len(chunk)
        if came > most:
            raise TooLarge
        yield chunk


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


_FIGURE = re.compile(r"[0-9]{1,6}(\.[0-9]{1,4})?")


def figure(form: Form, name: str) -> float | None:
    """A figure as it was typed, None for none. Raises Mistakes; which figures are sensible, the service says."""
    typed = form[name].replace(",", ".")
    if typed and not _FIGURE.fullmatch(typed):
        raise Mistakes(**{name: "field_wrong"})
    return float(typed) if typed else None


def local_moment(day: str, time: str) -> str:
    """The instant that a day and a time of day name in Shanghai. Raises ValueError."""
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=SHANGHAI).isoformat()


def by_field(errors: Sequence[FieldError]) -> dict[str, str]:
    """The services' sentences, each under the name of the field it stands beside."""
    return {error.name: error.detail for error in errors}
