"""MP4 and M4A: metadata boxes are emptied where they stand, so that no offset into the recording moves."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from services.complaints.media.formats import NotTaken

_EMPTIED = (b"udta", b"meta", b"uuid", b"free", b"skip", b"wide", b"pdin", b"iods")
_WITHIN = (b"moov", b"trak", b"mdia", b"minf", b"moof", b"traf", b"mvex", b"edts")
_DATED = (b"mvhd", b"tkhd", b"mdhd")
_TRACKS = {b"soun": "audio", b"vide": "video"}
_LARGE, _PLAIN = 16, 8
_DEPTH = 8


@dataclass(frozen=True)
class Box:
    """One box: where it begins, where its content does, where it ends."""

    name: bytes
    start: int
    body: int
    end: int


def clean(copy: BinaryIO) -> set[str]:
    """Empties what tells of maker, place and hour; gives the kinds of tracks there are.

    A track that is neither sound nor picture may be a log of positions: such a file is refused.
    """
    size = copy.seek(0, 2)
    tracks: set[str] = set()
    _clean_within(copy, 0, size, tracks, depth=0)
    if not tracks:
        raise NotTaken("file_unreadable")
    return tracks


def _clean_within(copy: BinaryIO, start: int, end: int, tracks: set[str], *, depth: int) -> None:
    if depth > _DEPTH:
        raise NotTaken("file_unreadable")
    for box in list(_boxes(copy, start, end)):
        if box.name in _EMPTIED:
            _empty(copy, box)
        elif box.name in _DATED:
            _undate(copy, box)
        elif box.name == b"hdlr":
            _note_track(copy, box, tracks)
        elif box.name in _WITHIN:
            _clean_within(copy, box.body, box.end, tracks, depth=depth + 1)


def _boxes(copy: BinaryIO, start: int, end: int) -> Iterator[Box]:
    at = start
    while at + _PLAIN <= end:
        copy.seek(at)
        size, name = struct.unpack(">I4s", copy.read(_PLAIN))
        head = _PLAIN
        if size == 1:
            size, head = struct.unpack(">Q", copy.read(8))[0], _LARGE
        elif size == 0:
            size = end - at
        if size < head or at + size > end:
            raise NotTaken("file_unreadable")
        yield Box(name, at, at + head, at + size)
        at += size
    if at != end:
        raise NotTaken("file_unreadable")


def _empty(copy: BinaryIO, box: Box) -> None:
    copy.seek(box.start + 4)
    copy.write(b"free")
    copy.seek(box.body)
    left = box.end - box.body
    while left > 0:
        left -= copy.write(bytes(min(left, 65_536)))


def _undate(copy: BinaryIO, box: Box) -> None:
    """Version 1 has times of eight bytes, version 0 of four: created and modified."""
    copy.seek(box.body)
    version = copy.read(1)
    copy.seek(box.body + 4)
    copy.write(bytes(16 if version == b"\1" else 8))


def _note_track(copy: BinaryIO, box: Box, tracks: set[str]) -> None:
    copy.seek(box.body + 8)
    handler = copy.read(4)
    if handler not in _TRACKS:
        raise NotTaken("file_cannot_be_cleaned")
    tracks.add(_TRACKS[handler])
    copy.seek(box.body + 24)
    copy.write(bytes(max(0, box.end - box.body - 24)))
