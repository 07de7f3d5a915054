"""Files as people and attackers send them, made in memory: photos with GPS, bombs, two things at once, recordings."""

from __future__ import annotations

import io
import struct
import zlib
from functools import partial
from pathlib import Path
from types import SimpleNamespace

from PIL import Image
from pillow_heif import from_pillow, register_heif_opener

register_heif_opener()

PLACE = "31.2304"
"""A latitude that must not come out again."""

FULL_DISK = SimpleNamespace(TemporaryFile=partial(Path("/dev/full").open, "r+b"))
"""In the place of `tempfile`: Linux has a file that takes nothing as there is no room."""


def a_picture(size: tuple[int, int] = (64, 48)) -> Image.Image:
    picture = Image.new("RGB", size, (200, 30, 30))
    picture.paste((10, 200, 10), (0, 0, size[0] // 2, size[1]))
    return picture


def exif_with_place(orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "PhoneOfLin"
    exif[0x9286] = f"at {PLACE}"
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 13.0, 49.0), 3: "E", 4: (121.0, 28.0, 25.0)})
    return exif.tobytes()


def jpeg(**more: object) -> bytes:
    return _saved("JPEG", **{"exif": exif_with_place(), "comment": f"home {PLACE}".encode(), **more})


def png() -> bytes:
    return _saved("PNG", exif=exif_with_place())


def flat_png() -> bytes:
    """It grows when it is drawn anew."""
    return _saved("PNG", optimize=True)


def webp() -> bytes:
    return _saved("WEBP", exif=exif_with_place())


def heic() -> bytes:
    file = io.BytesIO()
    from_pillow(a_picture()).save(file, exif=exif_with_place())
    return file.getvalue()


def _saved(kind: str, **more: object) -> bytes:
    file = io.BytesIO()
    a_picture().save(file, kind, **more)
    return file.getvalue()


def png_bomb(edge: int = 30_000) -> bytes:
    """A few kilobytes that unpack to `edge` times `edge` pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    rows = zlib.compressobj(9)
    row = bytes(1 + edge // 8)
    packed = b"".join(rows.compress(row) for _ in range(edge)) + rows.flush()
    head = struct.pack(">IIBBBBB", edge, edge, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PDF = b"%PDF-1.7\n1 0 obj<</Author(Lin)>>endobj\ntrailer<<>>\n%%EOF\n"
ZIP_END = b"PK\x05\x06" + bytes(18)


def wav() -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)

    sound = chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, 8000, 8000, 1, 8)) + chunk(b"data", bytes(800))
    told = chunk(b"LIST", b"INFOIART" + struct.pack("<I", 4) + b"Lin\0") + chunk(b"bext", PLACE.encode())
    return b"RIFF" + struct.pack("<I", 4 + len(sound + told)) + b"WAVE" + told + sound


def mp3() -> bytes:
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    text = b"\0at " + PLACE.encode()
    tag = b"TIT2" + struct.pack(">I", len(text)) + b"\0\0" + text
    return b"ID3\x03\0\0\0\0\0" + bytes([len(tag)]) + tag + frame * 20 + b"TAG" + b"Lin".ljust(125, b"\0")


def ogg() -> bytes:
    """Opus: head, comments with a place, one packet."""

    def page(number: int, packet: bytes, *, first: bool = False, last: bool = False) -> bytes:
        lacing = bytes([255] * (len(packet) // 255) + [len(packet) % 255])
        flags = 2 * first + 4 * last
        head = struct.pack("<4sBBqIIIB", b"OggS", 0, flags, 960 * number, 7, number, 0, len(lacing))
        return head + lacing + packet

    def text(words: bytes) -> bytes:
        return struct.pack("<I", len(words)) + words

    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 0, 48_000, 0, 0)
    comments = (
        text(b"encoder") + struct.pack("<I", 2) + text(b"ARTIST=Lin") + text(f"LOCATION={PLACE}".encode())
    )
    return page(0, head, first=True) + page(1, b"OpusTags" + comments) + page(2, b"sound" * 20, last=True)


def box(name: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", 8 + len(body)) + name + body


def mp4(brand: bytes = b"isom", *handlers: bytes) -> bytes:
    """Boxes of a film with place, author and hour, and a little something in its mdat."""
    tracks = [
        box(
            b"trak",
            box(b"tkhd", bytes(4), b"\xde\xad\xbe\xef" * 2, bytes(72)),
            box(b"mdia", box(b"hdlr", bytes(8), handler, bytes(12), b"PhoneOfLin\0")),
            box(b"udta", box(b"name", b"PhoneOfLin")),
        )
        for handler in handlers or (b"vide", b"soun")
    ]
    told = box(b"udta", box(b"\xa9xyz", f"+{PLACE}+121.4737/".encode()))
    told += box(b"meta", bytes(4), PLACE.encode())
    moov = box(b"moov", box(b"mvhd", bytes(4), b"\xde\xad\xbe\xef" * 2, bytes(88)), *tracks, told)
    return (
        box(b"ftyp", brand, bytes(4)) + moov + box(b"uuid", PLACE.encode()) + box(b"mdat", b"picture" * 100)
    )


def webm(*, live: bool = False, kind: int = 1) -> bytes:
    """A recording as browsers make it; `live` leaves the sizes of segment and cluster open."""

    def element(name: str, *parts: bytes, open_end: bool = False) -> bytes:
        body = b"".join(parts)
        size = b"\x01" + b"\xff" * 7 if open_end else b"\x01" + len(body).to_bytes(7)
        return bytes.fromhex(name) + size + body

    info = element(
        "1549a966",
        element("7ba9", PLACE.encode()),
        element("4461", b"\xde\xad\xbe\xef" * 2),
        element("4d80", b"Lin"),
    )
    tracks = element("1654ae6b", element("ae", element("83", bytes([kind])), element("536e", b"PhoneOfLin")))
    tags = element("1254c367", element("7373", PLACE.encode()))
    cluster = element("1f43b675", element("a3", b"picture" * 100), open_end=live)
    head = element("1a45dfa3", element("4282", b"webm"))
    return head + element("18538067", info, tracks, cluster, tags, open_end=live)
