"""WebM: tags, attachments, title and date become void where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from services.complaints.media.formats import NotTaken

_SEGMENT, _INFO, _TRACKS, _ENTRY, _TYPE = 0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0x83
_CLUSTER = 0x1F43B675
_TOP = {0x114D9B74, _INFO, _TRACKS, _CLUSTER, 0x1C53BB6B, 0x1941A469, 0x1043A770, 0x1254C367, 0xEC, 0xBF}
_TELLING = {
    0x1254C367,  # Tags
    0x1941A469,  # Attachments
    0x1043A770,  # Chapters
    0x7BA9,  # Title
    0x4461,  # DateUTC
    0x7384,  # SegmentFilename
    0x4D80,  # MuxingApp
    0x5741,  # WritingApp
    0x536E,  # track's Name
}
_KINDS = {1: "video", 2: "audio"}
_UNKNOWN = -1


@dataclass(frozen=True)
class Element:
    """One EBML element; its end is not known where a recorder wrote on the fly."""

    id: int
    start: int
    body: int
    end: int


def clean(copy: BinaryIO) -> set[str]:
    """Voids what tells of maker, place and hour; gives the kinds of tracks there are."""
    copy.seek(0)
    if b"webm" not in copy.read(64):
        raise NotTaken("file_type_unknown")
    size = copy.seek(0, 2)
    tracks: set[str] = set()
    for top in _elements(copy, 0, size):
        if top.id == _SEGMENT:
            for part in list(_elements(copy, top.body, top.end)):
                _clean_part(copy, part, tracks)
    if not tracks:
        raise NotTaken("file_unreadable")
    return tracks


def _clean_part(copy: BinaryIO, part: Element, tracks: set[str]) -> None:
    if part.id in _TELLING:
        _void(copy, part)
    elif part.id in (_INFO, _TRACKS, _ENTRY):
        for child in list(_elements(copy, part.body, part.end)):
            _clean_part(copy, child, tracks)
    elif part.id == _TYPE:
        copy.seek(part.body)
        kind = _KINDS.get(int.from_bytes(copy.read(part.end - part.body)))
        if kind is None:
            raise NotTaken("file_cannot_be_cleaned")
        tracks.add(kind)


def _elements(copy: BinaryIO, start: int, end: int) -> Iterator[Element]:
    at = start
    while at < end:
        copy.seek(at)
        name, size = _number(copy, keep_marker=True), _number(copy, keep_marker=False)
        body = copy.tell()
        until = _end_of_open(copy, name, body, end) if size == _UNKNOWN else body + size
        if until > end:
            raise NotTaken("file_unreadable")
        yield Element(name, at, body, until)
        at = until


def _end_of_open(copy: BinaryIO, name: int, body: int, end: int) -> int:
    """A segment goes to the end of the file, a cluster to the next element of its own level."""
    if name == _SEGMENT:
        return end
    if name != _CLUSTER:
        raise NotTaken("file_unreadable")
    at = body
    while at < end:
        copy.seek(at)
        if _number(copy, keep_marker=True) in _TOP:
            return at
        size = _number(copy, keep_marker=False)
        if size == _UNKNOWN:
            raise NotTaken("file_unreadable")
        at = copy.tell() + size
    return end


def _number(copy: BinaryIO, *, keep_marker: bool) -> int:
    """An EBML number: the leading zero bits of its first byte say how many bytes follow."""
    first = copy.read(1)
    if not first or first == b"\0":
        raise NotTaken("file_unreadable")
    length = 9 - first[0].bit_length()
    raw = first + copy.read(length - 1)
    if len(raw) != length:
        raise NotTaken("file_unreadable")
    whole = int.from_bytes(raw)
    if keep_marker:
        return whole
    value = whole & ((1 << 7 * length) - 1)
    return _UNKNOWN if value == (1 << 7 * length) - 1 else value


def _void(copy: BinaryIO, element: Element) -> None:
    total = element.end - element.start
    copy.seek(element.start)
    short = b"\xec" + bytes([0x80 | (total - 2 & 0x7F)])
    head = b"\xec\x01" + (total - 9).to_bytes(7) if total >= 9 else short
    copy.write(head)
    left = total - len(head)
    while left > 0:
        left -= copy.write(bytes(min(left, 65_536)))
