"""What comes out of the limited process: the picture, the sound, the film, and nothing of who made it where."""

from __future__ import annotations

import asyncio
import io
import tempfile
from typing import Any, get_args

import pytest
from PIL import Image

from services.complaints.media import cleaning, limited
from services.complaints.media.formats import NotTaken, Why, format_of
from services.complaints.media.limited import Clean, Limits, clean
from shared.texts import LANGUAGES, catalogue
from tests.support import files
from tests.support.files import PLACE


def cleaned(kind: str, sent: bytes, max_edge: int = 2560) -> tuple[bytes, str]:
    """Cleaned in this process, which is quicker; the limited one has tests of its own."""
    target = io.BytesIO()
    media_type = cleaning.clean(kind, io.BytesIO(sent), target, cleaning.Bounds(50_000_000, max_edge))
    return target.getvalue(), media_type


def refusal(kind: str, sent: bytes) -> str:
    with pytest.raises(NotTaken) as refused:
        cleaned(kind, sent)
    return refused.value.code


async def cleaned_apart(kind: str, sent: bytes, **limits: float) -> tuple[bytes, str]:
    with tempfile.TemporaryFile() as source:
        source.write(sent)
        source.flush()
        done: Clean = await clean(kind, source, Limits(**limits), of="lin")
    with done.file as file:
        return file.read(), done.media_type


async def refusal_apart(kind: str, sent: bytes, **limits: float) -> str:
    with pytest.raises(NotTaken) as refused:
        await cleaned_apart(kind, sent, **limits)
    return refused.value.code


@pytest.mark.parametrize("make", [files.jpeg, files.png, files.webp, files.heic])
def test_a_photo_loses_everything_but_what_one_sees(make):
    sent = make()
    kept, media_type = cleaned("photo", sent)
    with Image.open(io.BytesIO(sent)) as before:
        assert before.getexif().get_ifd(0x8825), "the photo sent has a place"
    with Image.open(io.BytesIO(kept)) as picture:
        assert (picture.format, media_type, picture.size) == ("JPEG", "image/jpeg", (64, 48))
        assert not picture.getexif()
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert picture.getpixel((5, 20))[1] > 150
    for told in (PLACE.encode(), b"Lin", b"Exif", b"GPS"):
        assert told not in kept


def test_a_photo_stands_upright_and_is_no_larger_than_needed():
    kept, _ = cleaned("photo", files.jpeg(exif=files.exif_with_place(orientation=6)), max_edge=32)
    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.size == (24, 32)


async def test_a_bomb_is_refused_before_it_unpacks():
    bomb = files.png_bomb()
    assert len(bomb) < 200_000
    assert await refusal_apart("photo", bomb) == "picture_too_large"


@pytest.mark.parametrize("most", [1000, 3000])
def test_a_picture_is_measured_before_it_is_decoded(most):
    with pytest.raises(NotTaken, match="picture_too_large"):
        cleaning.clean("photo", io.BytesIO(files.jpeg()), io.BytesIO(), cleaning.Bounds(most, 2560))


async def test_a_picture_that_needs_more_memory_or_time_than_allowed_is_refused():
    large = files.png_bomb(7000)
    assert await refusal_apart("photo", large, memory_bytes=150 * 1024**2) in (
        "picture_too_large",
        "file_unreadable",
    )
    assert await refusal_apart("photo", files.jpeg(), seconds=0) == "file_unreadable"


@pytest.mark.parametrize(
    ("kind", "sent", "code"),
    [
        ("photo", files.SVG, "file_type_unknown"),
        ("photo", b"GIF89a" + bytes(100), "file_type_unknown"),
        ("photo", b"MZ" + bytes(100), "file_type_unknown"),
        ("photo", b"", "file_type_unknown"),
        ("photo", files.PDF, "file_of_another_kind"),
        ("photo", files.wav(), "file_of_another_kind"),
        ("audio", files.jpeg(), "file_of_another_kind"),
        ("document", files.png(), "file_of_another_kind"),
        ("photo", files.jpeg() + files.ZIP_END, "file_is_two_things"),
        ("document", files.PDF + files.ZIP_END, "file_is_two_things"),
        ("photo", files.jpeg(comment=b"%PDF-1.4 hello"), "file_is_two_things"),
        ("photo", files.jpeg(comment=b"<script>alert(1)</script>"), "file_is_two_things"),
        ("photo", files.jpeg()[:400], "file_unreadable"),
        ("photo", files.png()[:-30], "file_unreadable"),
        ("photo", files.heic()[:300], "file_unreadable"),
        ("photo", b"\xff\xd8\xff" + bytes(1000), "file_unreadable"),
        ("audio", files.wav()[:20], "file_unreadable"),
        ("audio", b"OggS" + bytes(1000), "file_unreadable"),
        ("audio", b"ID3\x03" + bytes(1000), "file_unreadable"),
        ("video", files.mp4()[:200], "file_unreadable"),
        ("video", files.webm()[:100], "file_unreadable"),
        ("video", files.mp4(b"qt  "), "file_type_unknown"),
        ("video", files.mp4(b"isom", b"vide", b"meta"), "file_cannot_be_cleaned"),
        ("video", files.webm(kind=17), "file_cannot_be_cleaned"),
        ("video", files.mp4(b"isom", b"soun"), "file_of_another_kind"),
        ("audio", files.mp4(b"mp42"), "file_of_another_kind"),
    ],
)
def test_what_is_not_taken_is_refused_by_name(kind, sent, code):
    assert refusal(kind, sent) == code


@pytest.mark.parametrize(
    ("kind", "sent", "media_type", "kept"),
    [
        ("audio", files.wav(), "audio/wav", bytes(800)),
        ("audio", files.mp3(), "audio/mpeg", b"\xff\xfb\x90\x00"),
        ("audio", files.ogg(), "audio/ogg", b"sound" * 20),
        ("audio", files.mp4(b"M4A ", b"soun"), "audio/mp4", b"picture" * 100),
        ("video", files.mp4(), "video/mp4", b"picture" * 100),
        ("audio", files.webm(live=True, kind=2), "audio/webm", b"picture" * 100),
        ("audio", files.mp4(b"iso5", b"soun"), "audio/mp4", b"picture" * 100),
        ("video", files.webm(), "video/webm", b"picture" * 100),
        ("video", files.webm(live=True), "video/webm", b"picture" * 100),
        ("audio", files.webm(kind=2), "audio/webm", b"picture" * 100),
    ],
)
def test_a_recording_loses_what_tells_of_its_maker(kind, sent, media_type, kept):
    clean_file, found = cleaned(kind, sent)
    assert found == media_type
    assert kept in clean_file
    for told in (PLACE.encode(), b"Lin", b"\xde\xad\xbe\xef"):
        assert told in sent or told != PLACE.encode()
        assert told not in clean_file


def test_no_offset_in_a_film_moves():
    sent = files.mp4()
    kept, _ = cleaned("video", sent)
    assert len(kept) == len(sent)
    assert kept.index(b"mdat") == sent.index(b"mdat")


def test_a_document_stays_as_it_is():
    assert cleaned("document", files.PDF) == (files.PDF, "application/pdf")


async def test_the_limited_process_does_the_same():
    assert await cleaned_apart("photo", files.jpeg()) == cleaned("photo", files.jpeg())
    assert await cleaned_apart("audio", files.wav()) == cleaned("audio", files.wav())
    assert await refusal_apart("photo", files.SVG) == "file_type_unknown"


async def test_whoever_sends_many_files_waits_for_their_own_and_for_nobody_elses_place(
    monkeypatch: pytest.MonkeyPatch,
):
    begun: list[str] = []
    go_on = asyncio.Event()

    async def told(kind: str, *_: Any) -> dict[str, Any]:
        begun.append(kind)
        await go_on.wait()
        return {"media_type": "image/jpeg"}

    async def send(kind: str, of: str) -> None:
        (await clean(kind, io.BytesIO(), Limits(), of=of)).file.close()

    monkeypatch.setattr(limited, "_told", told)
    async with asyncio.TaskGroup() as sending:
        for kind, of in (*((f"ma {turn}", "ma") for turn in range(5)), ("lin", "lin")):
            sending.create_task(send(kind, of))
        for _ in range(10):
            await asyncio.sleep(0)
        assert begun == ["ma 0", "lin"]
        go_on.set()
    assert len(begun) == 6


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        ("photo", files.jpeg()),
        ("audio", files.wav()),
        ("audio", files.mp3()),
        ("video", files.mp4()),
        ("document", files.PDF),
    ],
    ids=["photo", "wav", "mp3", "film", "document"],
)
async def test_given_a_full_disk_when_a_good_file_is_cleaned_then_it_is_not_called_a_bad_one(
    monkeypatch: pytest.MonkeyPatch, kind: str, sent: bytes
):
    with tempfile.TemporaryFile() as source:
        source.write(sent)
        source.flush()
        monkeypatch.setattr(limited, "tempfile", files.FULL_DISK)
        with pytest.raises(OSError, match="No space left"):
            await clean(kind, source, Limits(), of="lin")


def test_every_reason_has_a_sentence():
    for language in LANGUAGES:
        assert set(get_args(Why)) <= catalogue("services.complaints", language).keys()


def test_a_name_says_nothing():
    assert format_of(b"photo.jpg") is None
