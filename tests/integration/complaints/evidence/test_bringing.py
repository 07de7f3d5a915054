"""Evidence over HTTP: cleaned, whole or nothing, and refused at the field at fault."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.integration.complaints.evidence.bringing import MIB, a_form, bring, content, kept, listed
from tests.integration.complaints.town import Town, done
from tests.support import files


async def _as_bytes(form: dict[str, Any]) -> bytes:
    import httpx

    headers = {"content-type": "multipart/form-data; boundary=x"}
    return httpx.Request("POST", "http://x", headers=headers, **form).read()


class TestBringing:
    async def test_a_photo_comes_back_without_place_and_maker(self, town: Town, folder: Path):
        case_id = await town.answered(identity="hidden")
        evidence_id = await bring(town, case_id, note="从我家窗口拍的", taken_at="2026-03-12T15:30:00Z")

        answer = await content(town.lin, case_id, evidence_id)

        assert answer.headers["content-type"] == "image/jpeg"
        assert answer.headers["content-disposition"].startswith('attachment; filename="evidence-')
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in answer.headers["content-security-policy"]
        assert "no-store" in answer.headers["cache-control"]
        with Image.open(io.BytesIO(answer.content)) as picture:
            assert not picture.getexif()
        [path] = kept(folder)
        assert path.read_bytes() == answer.content
        assert files.PLACE.encode() not in answer.content

    async def test_every_kind_is_taken(self, town: Town):
        case_id = await town.answered()
        sent = {
            "audio": (files.wav(), "audio/wav"),
            "video": (files.mp4(), "video/mp4"),
            "document": (files.PDF, "application/pdf"),
        }
        for kind, (body, media_type) in sent.items():
            evidence_id = await bring(town, case_id, kind=kind, sent=body)
            assert (await content(town.zhou, case_id, evidence_id)).headers["content-type"] == media_type

    @pytest.mark.parametrize(
        ("kind", "sent", "code"),
        [
            ("photo", files.SVG, "file_type_unknown"),
            ("photo", files.PDF, "file_of_another_kind"),
            ("photo", files.jpeg() + files.ZIP_END, "file_is_two_things"),
            ("photo", files.jpeg()[:400], "file_unreadable"),
            ("photo", files.png_bomb(), "picture_too_large"),
        ],
    )
    async def test_what_is_not_taken_is_refused_and_nothing_is_kept(
        self, town: Town, folder: Path, *, kind: str, sent: bytes, code: str
    ):
        case_id = await town.answered()
        answer = await town.lin.post(f"/v1/cases/{case_id}/evidence", **a_form(sent, kind))
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == "/file"
        assert answer.json()["errors"][0]["code"] == code
        assert kept(folder) == []
        assert await listed(town.lin, case_id) == []

    @pytest.mark.parametrize(
        "name", ["../../../etc/passwd", "/etc/passwd", "a\x00b.jpg", "C:\\x.jpg", "甲.jpg"]
    )
    async def test_a_files_name_is_not_even_looked_at(self, town: Town, folder: Path, name: str):
        case_id = await town.answered()
        await bring(town, case_id, name=name)
        [path] = kept(folder)
        assert path.parent.name == case_id
        assert len(path.name) == 32

    @pytest.mark.parametrize(
        ("form", "pointer"),
        [
            ({"data": {"kind": "photo"}, "files": {"other": ("a", b"b")}}, "/file"),
            ({"data": {"kind": "song"}, "files": {"file": ("a", b"b")}}, "/kind"),
            ({"data": {"kind": "photo", "colour": "red"}, "files": {"file": ("a", b"b")}}, "/colour"),
            ({"data": {"kind": "photo", "note": "x" * 501}, "files": {"file": ("a", b"b")}}, "/note"),
            ({"data": {"kind": "photo", "note": "x" * 5000}, "files": {"file": ("a", b"b")}}, "/note"),
            ({"json": {"kind": "photo"}}, "header/content-type"),
            (
                {
                    "content": b"--x\r\nrubbish",
                    "headers": {"content-type": "multipart/form-data; boundary=x"},
                },
                "/file",
            ),
        ],
    )
    async def test_the_field_at_fault_is_named(self, town: Town, form: dict[str, Any], pointer: str):
        case_id = await town.answered()
        answer = await town.lin.post(f"/v1/cases/{case_id}/evidence", **form)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == pointer

    async def test_a_stream_without_end_is_cut_off(self, town: Town, folder: Path):
        case_id = await town.answered()
        pulled = 0

        async def endless() -> AsyncIterator[bytes]:
            nonlocal pulled
            yield b'--x\r\nContent-Disposition: form-data; name="kind"\r\n\r\nphoto\r\n'
            yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
            for _ in range(100):
                pulled += 1
                yield bytes(MIB)

        answer = await town.lin.post(
            f"/v1/cases/{case_id}/evidence",
            content=endless(),
            headers={"content-type": "multipart/form-data; boundary=x"},
        )
        assert answer.status_code == 413
        assert pulled <= 21
        assert kept(folder) == []

    async def test_a_body_at_the_same_place_that_is_no_form_stays_small(self, town: Town):
        case_id = await town.answered()
        evidence_id = await bring(town, case_id)
        path = f"/v1/cases/{case_id}/evidence/{evidence_id}/release"
        answer = await town.zhou.post(path, content=b" " * (MIB + 1))
        assert answer.status_code == 413

    async def test_who_may_not_bring_anything_is_told_before_a_byte_is_read(self, town: Town):
        case_id = await town.answered()

        async def never() -> AsyncIterator[bytes]:
            raise AssertionError("read")
            yield b""

        form = {"content-type": "multipart/form-data; boundary=x"}
        for who, status in ((town.sun, 404), (town.xu, 403)):
            answer = await who.post(f"/v1/cases/{case_id}/evidence", content=never(), headers=form)
            assert answer.status_code == status
        keyless = await town.lin.post(
            f"/v1/cases/{case_id}/evidence", content=never(), headers=form, key=None
        )
        assert keyless.status_code == 400

    async def test_a_cut_off_upload_is_nothing(self, town: Town, folder: Path):
        case_id = await town.answered()
        whole = (await _as_bytes(a_form()))[:-40]
        answer = await town.lin.post(
            f"/v1/cases/{case_id}/evidence",
            content=whole,
            headers={"content-type": "multipart/form-data; boundary=x"},
        )
        assert answer.status_code == 422
        assert kept(folder) == []

    async def test_sent_twice_it_is_kept_once(self, town: Town, folder: Path):
        case_id = await town.answered()
        first, again = [
            await town.lin.post(f"/v1/cases/{case_id}/evidence", key="one", **a_form()) for _ in range(2)
        ]
        assert done(first, 201) == done(again, 201)
        assert again.headers["idempotent-replayed"] == "true"
        assert len(kept(folder)) == 1
        other = await town.lin.post(f"/v1/cases/{case_id}/evidence", key="one", **a_form(files.png()))
        assert other.status_code == 422
        assert len(kept(folder)) == 1

    async def test_a_refused_step_leaves_no_bytes(self, town: Town, folder: Path):
        receipt = await town.file()
        done(await town.lin.post(f"/v1/cases/{receipt['id']}/withdraw", json={}))
        answer = await town.lin.post(f"/v1/cases/{receipt['id']}/evidence", **a_form())
        assert answer.status_code == 409
        assert kept(folder) == []
