"""Sound: the recording stays as it is, names, places and pictures around it go."""

from __future__ import annotations

import struct
from typing import BinaryIO

import mutagen
from mutagen import apev2, id3
from mutagen.mp3 import MP3
from mutagen.ogg import OggFileType

from services.complaints.media.formats import NotTaken

_KEPT_CHUNKS = (b"fmt ", b"fact", b"data")


def clean_mp3(copy: BinaryIO) -> None:
    """Without ID3v1, ID3v2 (one after another) and APEv2 tags."""
    while _starts_with(copy, b"ID3"):
        before = copy.seek(0, 2)
        id3.delete(copy)
        if copy.seek(0, 2) >= before:
            raise NotTaken("file_cannot_be_cleaned")
    id3.delete(copy)
    apev2.delete(copy)
    copy.seek(0)
    if not isinstance(mutagen.File(copy, options=[MP3]), MP3):
        raise NotTaken("file_unreadable")


def _starts_with(copy: BinaryIO, mark: bytes) -> bool:
    copy.seek(0)
    return copy.read(len(mark)) == mark


def clean_ogg(copy: BinaryIO) -> None:
    """Without its comments; Vorbis, Opus, Speex or FLAC inside."""
    copy.seek(0)
    found = mutagen.File(copy)
    if not isinstance(found, OggFileType):
        raise NotTaken("file_unreadable")
    copy.seek(0)
    found.delete(copy)


def clean_wav(source: BinaryIO, target: BinaryIO) -> None:
    """Only format and samples; LIST, bext, iXML, id3 and whatever else is left out."""
    size = source.seek(0, 2)
    source.seek(12)
    target.write(b"RIFF\0\0\0\0WAVE")
    seen = set()
    while source.tell() + 8 <= size:
        name, length = struct.unpack("<4sI", source.read(8))
        body = source.read(min(length, size - source.tell()))
        source.seek(length % 2, 1)
        if name in _KEPT_CHUNKS:
            seen.add(name)
            target.write(struct.pack("<4sI", name, len(body)) + body + b"\0" * (len(body) % 2))
    if not {b"fmt ", b"data"} <= seen:
        raise NotTaken("file_unreadable")
    total = target.tell() - 8
    target.seek(4)
    target.write(struct.pack("<I", total))
