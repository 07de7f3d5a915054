"""Photos: decoded and written anew, so that of the file nothing is left but what one sees."""

from __future__ import annotations

import io
import warnings
from typing import BinaryIO

from PIL import Image, ImageOps
from pillow_heif import register_heif_opener

from services.complaints.media.formats import NotTaken

_DECODERS = ("JPEG", "PNG", "WEBP", "HEIF")
_QUALITY = 85


def redraw(source: BinaryIO, target: BinaryIO, *, max_pixels: int, max_edge: int) -> None:
    """The first picture of the file as a plain JPEG, upright, its longer edge at most `max_edge`.

    It is drawn in memory and written after, so that a full disk is not taken for a broken file.
    """
    Image.MAX_IMAGE_PIXELS = max_pixels
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    register_heif_opener(thumbnails=False)
    drawn = io.BytesIO()
    try:
        _plain(source, max_edge).save(drawn, "JPEG", quality=_QUALITY, optimize=True)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError, MemoryError):
        raise NotTaken("picture_too_large") from None
    except (OSError, SyntaxError, ValueError, EOFError):
        raise NotTaken("file_unreadable") from None
    target.write(drawn.getbuffer())


def _plain(source: BinaryIO, max_edge: int) -> Image.Image:
    with Image.open(source, formats=_DECODERS) as picture:
        picture.draft("RGB", (max_edge, max_edge))
        upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((max_edge, max_edge))
    paper = Image.new("RGB", upright.size, "white")
    visible = upright.convert("RGBA")
    paper.paste(visible, mask=visible)
    return paper
