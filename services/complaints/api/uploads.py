"""Uploads, read while they arrive: counted, hashed and put aside, never in memory as a whole.

A file's name and the type its sender claims are not even looked at.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from fastapi import Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect

from shared.access.bodies import TooLarge
from shared.errors import Invalid

FILE = "file"
_LONGEST_FIELD = 4096
_MOST_PARTS = 10
_NAMES = frozenset("abcdefghijklmnopqrstuvwxyz_")


@dataclass
class Upload:
    """What came: fields as text, and one file put aside."""

    file: BinaryIO
    fields: dict[str, str] = field(default_factory=dict)
    size: int = 0
    digest: Any = field(default_factory=hashlib.sha256)
    has_file: bool = False

    def fingerprint(self) -> bytes:
        """The same for the same request sent again, whatever its boundary."""
        said = "\n".join(f"{name}={value}" for name, value in sorted(self.fields.items()))
        return hashlib.sha256(said.encode() + b"\n" + self.digest.digest()).digest()


@asynccontextmanager
async def received(request: Request, limits: Mapping[str, int]) -> AsyncIterator[Upload]:
    """The request's fields and file. Raises TooLarge as soon as more came than the kind's limit, Invalid.

    The kind counts from the moment it is named; before it the largest limit holds.
    """
    boundary = _boundary(request)
    with tempfile.TemporaryFile() as file:
        upload = Upload(file)
        parts = _Parts(upload, limits)
        parser = MultipartParser(boundary, parts.callbacks)
        try:
            async for chunk in request.stream():
                parser.write(chunk)
            parser.finalize()
        except (FormParserError, ClientDisconnect):
            raise Invalid(f"/{FILE}", "upload_malformed") from None
        if not parts.ended:
            raise Invalid(f"/{FILE}", "upload_malformed")
        if not upload.has_file:
            raise Invalid(f"/{FILE}", "file_missing")
        parts.require_within_limit()
        file.flush()
        yield upload


def is_upload(request: Request) -> bool:
    """Whether a file comes with the request."""
    return request.headers.get("content-type", "").lower().startswith("multipart/form-data")


def _boundary(request: Request) -> bytes:
    boundary = parse_options_header(request.headers.get("content-type", ""))[1].get(b"boundary")
    if not is_upload(request) or not boundary:
        raise Invalid("header/content-type", "upload_malformed")
    return boundary


class _Parts:
    """Turns the parser's words into fields and one file."""

    def __init__(self, upload: Upload, limits: Mapping[str, int]) -> None:
        self._upload = upload
        self._limits = limits
        self._header, self._value, self._name = b"", b"", ""
        self._text = b""
        self._count = 0
        self.ended = False

    @property
    def callbacks(self) -> Any:
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._header_field,
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_part_data": self._data,
            "on_part_end": self._end,
            "on_end": self._all,
        }

    def require_within_limit(self) -> None:
        """By the kind named, or by the largest while none is."""
        kind = self._upload.fields.get("kind", "")
        if self._upload.size > self._limits.get(kind, max(self._limits.values())):
            raise TooLarge

    def _begin(self) -> None:
        self._count += 1
        self._name, self._text = "", b""
        if self._count > _MOST_PARTS:
            raise Invalid(f"/{FILE}", "upload_malformed")

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._name = parse_options_header(self._value)[1].get(b"name", b"").decode("ascii", "replace")
        self._header, self._value = b"", b""
        again = self._name in self._upload.fields or (self._name == FILE and self._upload.has_file)
        if again or not set(self._name) <= _NAMES:
            raise Invalid(f"/{FILE}", "upload_malformed")

    def _data(self, data: bytes, start: int, end: int) -> None:
        piece = data[start:end]
        if self._name != FILE:
            self._text += piece
            if len(self._text) > _LONGEST_FIELD:
                raise Invalid(f"/{self._name}", "upload_malformed")
            return
        self._upload.size += len(piece)
        self.require_within_limit()
        self._upload.digest.update(piece)
        self._upload.file.write(piece)

    def _end(self) -> None:
        if self._name == FILE:
            self._upload.has_file = True
            return
        try:
            self._upload.fields[self._name] = self._text.decode()
        except UnicodeDecodeError:
            raise Invalid(f"/{self._name}", "upload_malformed") from None

    def _all(self) -> None:
        self.ended = True
