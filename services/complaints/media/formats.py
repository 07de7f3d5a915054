"""What a file is, by its first bytes. Names and headers that come with it are not asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO, Literal

Kind = Literal["photo", "audio", "video", "document"]
Container = Literal["jpeg", "png", "webp", "heif", "mp3", "ogg", "wav", "mp4", "webm", "pdf"]


Why = Literal[
    "file_type_unknown",
    "file_of_another_kind",
    "file_is_two_things",
    "file_unreadable",
    "file_cannot_be_cleaned",
    "picture_too_large",
]


class NotTaken(Exception):
    """A file we do not take; the code says why."""

    def __init__(self, code: Why) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Format:
    """A container we know, and as what kinds of evidence it may come."""

    container: Container
    kinds: tuple[Kind, ...]


_PHOTO: tuple[Kind, ...] = ("photo",)
_SOUND: tuple[Kind, ...] = ("audio",)
_PLAYED: tuple[Kind, ...] = ("audio", "video")

_MARKS: tuple[tuple[tuple[tuple[int, bytes], ...], Format], ...] = (
    (((0, b"\xff\xd8\xff"),), Format("jpeg", _PHOTO)),
    (((0, b"\x89PNG\r\n\x1a\n"),), Format("png", _PHOTO)),
    (((0, b"RIFF"), (8, b"WEBP")), Format("webp", _PHOTO)),
    (((0, b"RIFF"), (8, b"WAVE")), Format("wav", _SOUND)),
    (((0, b"OggS"),), Format("ogg", _SOUND)),
    (((0, b"%PDF-"),), Format("pdf", ("document",))),
    (((0, b"\x1a\x45\xdf\xa3"),), Format("webm", _PLAYED)),
    *(
        (((0, mark),), Format("mp3", _SOUND))
        for mark in (b"ID3", b"\xff\xfb", b"\xff\xfa", b"\xff\xf3", b"\xff\xf2")
    ),
    *(
        (((4, b"ftyp" + brand),), Format("heif", _PHOTO))
        for brand in (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1")
    ),
    *((((4, b"ftyp" + brand),), Format("mp4", _SOUND)) for brand in (b"M4A ", b"M4B ")),
    *(
        (((4, b"ftyp" + brand),), Format("mp4", _PLAYED))
        for brand in (
            b"isom",
            b"iso2",
            b"iso4",
            b"iso5",
            b"iso6",
            b"mp41",
            b"mp42",
            b"avc1",
            b"M4V ",
            b"MSNV",
            b"dash",
        )
    ),
)
"""What stands where in the first bytes of each."""

_HEAD, _TAIL = 1024, 65_557
_FOREIGN = (b"<svg", b"<html", b"<script", b"<?php", b"<!doctype")


def format_of(head: bytes) -> Format | None:
    """The container that begins so, or None for one we do not take: SVG, GIF, archives, programs."""
    for marks, found in _MARKS:
        if all(head[at : at + len(mark)] == mark for at, mark in marks):
            return found
    return None


def require(source: BinaryIO, kind: str) -> Format:
    """What the file is. Raises NotTaken for a foreign one, one of another kind, and one that is two things at once."""
    source.seek(0)
    head = source.read(_HEAD)
    found = format_of(head)
    if found is None:
        raise NotTaken("file_type_unknown")
    if kind not in found.kinds:
        raise NotTaken("file_of_another_kind")
    if _is_two_things(source, head):
        raise NotTaken("file_is_two_things")
    source.seek(0)
    return found


def _is_two_things(source: BinaryIO, head: bytes) -> bool:
    """A page or document that begins inside the head, or an archive whose directory stands at the end."""
    if b"%PDF-" in head[1:] or any(mark in head.lower() for mark in _FOREIGN):
        return True
    size = source.seek(0, 2)
    source.seek(max(0, size - _TAIL))
    return b"PK\x05\x06" in source.read()
