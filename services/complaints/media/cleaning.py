"""One file in, the same without what it told of its maker out. Runs in the limited process alone."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import BinaryIO

import mutagen

from services.complaints.media import mp4, photo, sound, webm
from services.complaints.media.formats import NotTaken, require


@dataclass(frozen=True)
class Bounds:
    """How large a picture may be, and how large it stays."""

    max_pixels: int
    max_edge: int


def clean(kind: str, source: BinaryIO, target: BinaryIO, bounds: Bounds) -> str:
    """Writes the clean file and gives its media type. Raises NotTaken."""
    container = require(source, kind).container
    match container:
        case "jpeg" | "png" | "webp" | "heif":
            photo.redraw(source, target, max_pixels=bounds.max_pixels, max_edge=bounds.max_edge)
            return "image/jpeg"
        case "wav":
            sound.clean_wav(source, target)
            return "audio/wav"
    shutil.copyfileobj(source, target)
    target.flush()
    try:
        return _in_place(container, kind, target)
    except mutagen.MutagenError:
        raise NotTaken("file_unreadable") from None


def _in_place(container: str, kind: str, copy: BinaryIO) -> str:
    match container:
        case "mp3":
            sound.clean_mp3(copy)
            return "audio/mpeg"
        case "ogg":
            sound.clean_ogg(copy)
            return "audio/ogg"
        case "mp4" | "webm":
            tracks = (mp4 if container == "mp4" else webm).clean(copy)
            if kind not in tracks or (kind == "audio" and "video" in tracks):
                raise NotTaken("file_of_another_kind")
            return f"{kind}/{container}"
        case _:
            return "application/pdf"
