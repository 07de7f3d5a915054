"""Evidence over HTTP: cleaned, kept before it is told, withheld until shown, and gone when it must."""

from __future__ import annotations

import io
import resource
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import obstore
import pytest
from PIL import Image

from services.complaints import use_cases
from services.complaints.api import cleaning, uploads
from services.complaints.api.hourly import Hourly
from services.complaints.media import limited
from shared.contracts import alliance
from shared.contracts import complaints as told
from shared.contracts import mediation as m
from shared.persistence import saving
from tests.integration.complaints import test_referrals as referrals
from tests.integration.complaints.town import A_NOISY_BAR, Town, a_town, done, member_of
from tests.support import files
from tests.support.http import Client

MIB = 1024 * 1024


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "evidence"


@pytest.fixture
async def town(complaints_database: str, folder: Path) -> AsyncIterator[Town]:
    async with a_town(complaints_database, evidence_folder=folder) as town:
        yield town


def a_form(sent: bytes = b"", kind: str = "photo", name: str = "a.jpg", **said: str) -> dict[str, Any]:
    return {
        "data": {"kind": kind, **said},
        "files": {"file": (name, sent or files.jpeg(), "text/html")},
    }


async def bring(town: Town, case_id: str, by: Client | None = None, **form: Any) -> str:
    answer = await (by or town.lin).post(f"/v1/cases/{case_id}/evidence", **a_form(**form))
    evidence_id: str = done(answer, 201)["evidence_id"]
    return evidence_id


async def content(who: Client, case_id: str, evidence_id: str) -> Any:
    return await who.get(f"/v1/cases/{case_id}/evidence/{evidence_id}/content")


async def listed(who: Client, case_id: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = done(await who.get(f"/v1/cases/{case_id}/evidence"))["items"]
    return items


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def occurrences(who: Client, case_id: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = done(await who.get(f"/v1/cases/{case_id}"))["occurrences"]
    return items


class TestOfAReferral:
    async def test_an_officer_looks_at_the_evidence_that_was_chosen_for_them_while_they_have_it(
        self, town: Town
    ):
        officer, other = await town.newcomer("agency_officer"), await town.newcomer("agency_officer")
        case_id = await town.answered()
        photo, second = await bring(town, case_id, note="从我家窗口拍的"), await bring(town, case_id)
        named = {"officer_id": str(member_of(officer)), "evidence_ids": [photo]}
        await referrals.refer(town, case_id, **named)
        await referrals.refer(town, case_id, authority="police", officer_id=str(member_of(other)))
        [item] = await referrals.listed(officer)
        [file] = item["evidence"]
        assert (file["id"], file["kind"], file["media_type"]) == (photo, "photo", "image/jpeg")
        assert "窗口" not in str(item)

        path = f"/v1/cases/{case_id}/referrals/{item['id']}/evidence"
        seen = await officer.get(f"{path}/{photo}")
        assert len(seen.content) == file["size"]
        assert (await officer.get(f"{path}/{second}")).status_code == 404
        for nobody in (other, town.lin, town.ma, town.sun):
            assert (await nobody.get(f"{path}/{photo}")).status_code == 404
        assert (await officer.get(f"/v1/cases/{case_id}/evidence/{photo}/content")).status_code == 404

        done(await town.zhou.post(f"/v1/cases/{case_id}/evidence/{photo}/seal", json={}))
        assert (await officer.get(f"{path}/{photo}")).status_code == 404
        assert (await referrals.listed(officer))[0]["evidence"] == []

    async def test_an_officer_sees_no_evidence_any_more_once_it_is_back(self, town: Town):
        officer = await town.newcomer("agency_officer")
        case_id = await town.answered()
        photo = await bring(town, case_id)
        await referrals.refer(town, case_id, evidence_ids=[photo])
        [item] = await referrals.listed(officer)
        back = {"result": "ordered", "note": "好"}
        done(await officer.post(f"/v1/cases/{case_id}/return", json=back))
        path = f"/v1/cases/{case_id}/referrals/{item['id']}/evidence/{photo}"
        assert (await officer.get(path)).status_code == 404

    async def test_an_officer_is_given_of_a_concealed_side_what_was_released_alone(self, town: Town):
        case_id = await town.answered(identity="hidden")
        photo = await bring(town, case_id)
        for asked, code in ((photo, "evidence_could_betray"), (str(uuid4()), "unknown_evidence")):
            form = {**referrals.HANDED_OVER, "evidence_ids": [asked]}
            refused = done(await town.zhou.post(f"/v1/cases/{case_id}/refer", json=form), 422)
            assert [(one["pointer"], one["code"]) for one in refused["errors"]] == [("/evidence_ids", code)]
        done(await town.zhou.post(f"/v1/cases/{case_id}/evidence/{photo}/release", json={}))
        await referrals.refer(town, case_id, evidence_ids=[photo])


class TestOccurrences:
    async def test_a_recording_comes_with_it_and_both_are_kept_once(self, town: Town):
        case_id = await town.answered()
        before = await bring(town, case_id)
        path = f"/v1/cases/{case_id}/occurrences"
        again = a_form(files.wav(), "audio", note="又放到一点", evidence_ids=before)
        for _ in range(2):
            done(await town.lin.post(path, key="once-more", **again))

        [recording] = [one for one in await listed(town.lin, case_id) if one["kind"] == "audio"]
        for who in (town.lin, town.zhou):
            [logged] = await occurrences(who, case_id)
            assert (logged["by"], logged["note"]) == ("complainant", "又放到一点")
            assert logged["evidence_ids"] == [before, recording["id"]]
        assert await occurrences(town.ma, case_id) == []

    async def test_where_the_file_is_not_taken_nothing_is_said_to_have_happened(
        self, town: Town, folder: Path
    ):
        case_id = await town.answered()
        path = f"/v1/cases/{case_id}/occurrences"
        refused = await town.lin.post(path, **a_form(files.SVG))
        assert done(refused, 422)["errors"][0]["pointer"] == "/file"
        foreign = await town.lin.post(path, **a_form(evidence_ids=str(uuid4())))
        assert done(foreign, 422)["errors"][0]["pointer"] == "/evidence_ids"
        assert await occurrences(town.lin, case_id) == []
        assert await listed(town.lin, case_id) == []
        assert kept(folder) == []

    async def test_nobody_else_brings_any(self, town: Town):
        case_id = await town.answered()
        path = f"/v1/cases/{case_id}/occurrences"
        done(await town.ma.post(path, **a_form()), 403)
        done(await town.sun.post(path, **a_form()), 404)


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


def fill_the_disk(patched: pytest.MonkeyPatch, where: str) -> None:
    """At the store a limit on what this process may write stands for it: so its first bytes are written."""

    async def put_beyond_the_limit(*asked: Any) -> None:
        usual = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (8, usual[1]))
        try:
            await put(*asked)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, usual)

    put = obstore.put_async
    match where:
        case "while it arrives":
            patched.setattr(uploads, "tempfile", files.FULL_DISK)
        case "while it is cleaned":
            patched.setattr(limited, "tempfile", files.FULL_DISK)
        case _:
            patched.setattr("obstore.put_async", put_beyond_the_limit)


async def _as_bytes(form: dict[str, Any]) -> bytes:
    import httpx

    headers = {"content-type": "multipart/form-data; boundary=x"}
    return httpx.Request("POST", "http://x", headers=headers, **form).read()


class TestBeforeThereIsACase:
    PATH = "/v1/evidence/cleaned"

    async def test_a_file_comes_back_as_it_would_lie_before_one_and_nothing_is_kept(
        self, town: Town, folder: Path
    ):
        photo = await town.lin.post(self.PATH, **a_form())
        sound = await town.lin.post(self.PATH, **a_form(files.wav(), "audio"))

        assert (photo.headers["content-type"], sound.headers["content-type"]) == ("image/jpeg", "audio/wav")
        assert "no-store" in photo.headers["cache-control"]
        with Image.open(io.BytesIO(photo.content)) as picture:
            assert not picture.getexif()
        assert files.PLACE.encode() not in photo.content
        assert kept(folder) == []

    async def test_what_would_not_be_taken_is_refused_and_so_are_films_and_strangers(self, town: Town):
        refused = done(await town.lin.post(self.PATH, **a_form(files.SVG)), 422)
        assert [one["code"] for one in refused["errors"]] == ["file_type_unknown"]
        film = done(await town.lin.post(self.PATH, **a_form(files.mp4(), "video")), 422)
        assert [one["pointer"] for one in film["errors"]] == ["/kind"]
        large = await town.lin.post(self.PATH, **a_form(files.jpeg() + bytes(20 * MIB)))
        assert large.status_code == 413
        done(await town.http.post(self.PATH, **a_form()), 401)

    async def test_who_had_many_looked_at_waits_for_the_next_hour_and_nobody_else_does(
        self, town: Town, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(cleaning, "CLEANED", Hourly(1))
        assert (await town.lin.post(self.PATH, **a_form())).status_code == 200

        again = await town.lin.post(self.PATH, **a_form())

        assert done(again, 429)["type"].endswith("too_many_requests")
        assert 0 < int(again.headers["retry-after"]) <= 3600
        assert (await town.sun.post(self.PATH, **a_form())).status_code == 200
        town.clock.advance(timedelta(hours=1))
        assert (await town.lin.post(self.PATH, **a_form())).status_code == 200


class TestFaults:
    async def test_where_nothing_can_be_written_nothing_is_half_done(
        self, complaints_database: str, tmp_path: Path
    ):
        blocked = tmp_path / "file"
        blocked.write_text("no folder")
        async with a_town(complaints_database, evidence_folder=blocked) as town:
            case_id = await town.answered()
            answer = await town.lin.post(f"/v1/cases/{case_id}/evidence", **a_form())
            assert answer.status_code == 503
            assert answer.headers["retry-after"]
            assert await listed(town.lin, case_id) == []
            assert not [
                event for event in await town.told(case_id) if isinstance(event.data, told.EvidenceAdded)
            ]

    async def test_the_picture_that_proves_a_promise_is_seen_by_whoever_confirms_it_and_no_stranger(
        self, town: Town
    ):
        case_id, mediation_id = await town.in_mediation()
        shown, kept_back = [await bring(town, case_id, by=town.ma) for _ in range(2)]
        today = town.clock.now().date()
        one = {"commitment_id": uuid4(), "owner_id": member_of(town.ma), "due_on": today}
        in_force = {"effective_on": today, "judicial_until": today, "commitments": (m.Promise(**one),)}
        await town.mediation(m.AgreementEffective, case_id, mediation_id, agreement_id=uuid4(), **in_force)
        assert await listed(town.lin, case_id) == []

        named = {"confirm_until": today, "evidence_ids": (UUID(shown), uuid4())}
        await town.mediation(m.CommitmentProven, case_id, mediation_id, **one, **named)

        assert [piece["id"] for piece in await listed(town.lin, case_id)] == [shown]
        assert (await content(town.lin, case_id, shown)).status_code == 200
        for who, piece in ((town.lin, kept_back), (town.sun, shown)):
            assert (await content(who, case_id, piece)).status_code == 404

        theirs = await bring(town, case_id, by=town.lin)
        hers = one | {"commitment_id": uuid4(), "owner_id": member_of(town.lin)}
        named = {"confirm_until": today, "evidence_ids": (UUID(theirs), UUID(kept_back))}
        await town.mediation(m.CommitmentProven, case_id, mediation_id, **hers, **named)
        assert theirs in [piece["id"] for piece in await listed(town.ma, case_id)]
        assert (await content(town.lin, case_id, kept_back)).status_code == 404
        assert "evidence_released" not in [event.type.split(".")[3] for event in await town.told(case_id)]

    @pytest.mark.parametrize("where", ["while it arrives", "while it is cleaned", "where it is kept"])
    async def test_a_full_disk_is_no_half_evidence(
        self, town: Town, folder: Path, monkeypatch: pytest.MonkeyPatch, *, where: str
    ):
        case_id, form = await town.answered(), a_form(files.wav(), "audio")
        path = f"/v1/cases/{case_id}/evidence"
        with monkeypatch.context() as patched:
            fill_the_disk(patched, where)
            answer = await town.lin.post(path, key="again", **form)
        assert answer.status_code == 503
        assert answer.json()["type"] == "/problems/unavailable"
        assert kept(folder) == []
        assert await listed(town.lin, case_id) == []

        done(await town.lin.post(path, key="again", **form), 201)
        assert len(await listed(town.lin, case_id)) == len(kept(folder)) == 1

    async def test_bytes_are_there_before_the_case_knows_and_stay_when_the_commit_is_unknown(
        self, town: Town, folder: Path, monkeypatch: pytest.MonkeyPatch
    ):
        case_id = await town.answered()
        seen_at_save: list[int] = []

        async def lost(*_: Any, **__: Any) -> None:
            seen_at_save.append(len(kept(folder)))
            raise ConnectionError

        with monkeypatch.context() as patched:
            patched.setattr(saving, "save", lost)
            answer = await town.lin.post(f"/v1/cases/{case_id}/evidence", **a_form())
        assert answer.status_code == 503
        assert seen_at_save == [1]
        assert len(kept(folder)) == 1

    async def test_what_no_case_knows_of_is_swept_and_nothing_else(self, town: Town, folder: Path):
        case_id = await town.answered()
        masked_id, plain_id = await bring(town, case_id), await bring(town, case_id)
        path = f"/v1/cases/{case_id}/evidence/{masked_id}/release"
        done(await town.zhou.post(path, files={"file": ("m.png", files.png())}))
        known = set(kept(folder))
        assert len(known) == 3
        (folder / case_id / uuid4().hex).write_bytes(b"cut off")
        (folder / case_id / f"{uuid4().hex}#1").write_bytes(b"killed while writ")
        (folder / str(uuid4())).mkdir()
        (folder / str(uuid4()) / "not ours").parent.mkdir()
        (folder / "readme").write_bytes(b"not ours")

        now = datetime.now(UTC)
        assert await use_cases.sweep_once(town.http.kit, now) == 0, "it may be on its way into a case"
        assert await use_cases.sweep_once(town.http.kit, now + timedelta(hours=2)) == 2
        assert set(kept(folder)) == known | {folder / "readme"}
        assert (await content(town.lin, case_id, plain_id)).status_code == 200


class TestShowing:
    async def test_of_what_is_withheld_the_other_side_learns_nothing(self, town: Town):
        case_id = await town.answered(identity="hidden")
        before = (await town.ma.get(f"/v1/cases/{case_id}/history")).json()
        view = (await town.ma.get(f"/v1/cases/{case_id}")).json()
        evidence_id = await bring(town, case_id)

        assert await listed(town.ma, case_id) == []
        assert (await content(town.ma, case_id, evidence_id)).status_code == 404
        assert (await town.ma.get(f"/v1/cases/{case_id}/history")).json() == before
        assert (await town.ma.get(f"/v1/cases/{case_id}")).json() == view
        event = (await town.told(case_id))[-1].data
        assert isinstance(event, told.EvidenceAdded)
        assert event.to == (member_of(town.zhou),)

    async def test_the_other_side_gets_the_masked_copy_without_hour_or_words(self, town: Town):
        case_id = await town.answered(identity="hidden")
        evidence_id = await bring(town, case_id, note="我家窗口", taken_at="2026-03-12T15:30:00Z")
        path = f"/v1/cases/{case_id}/evidence/{evidence_id}/release"
        masked = files.jpeg(quality=10)
        assert (await town.lin.post(path, json={})).status_code == 403
        assert (await town.ma.post(path, files={"file": ("m.jpg", masked)})).status_code == 403
        done(await town.zhou.post(path, files={"file": ("m.jpg", masked)}))

        [seen] = await listed(town.ma, case_id)
        hidden = ("added_at", "taken_at", "note", "sha256")
        assert [seen[name] for name in hidden] == [None] * 4
        assert (seen["masked"], seen["readable"], seen["shown"]) == (True, True, "released")
        theirs, own = [(await content(who, case_id, evidence_id)).content for who in (town.ma, town.lin)]
        assert theirs != own
        event = (await town.told(case_id))[-1].data
        assert isinstance(event, told.EvidenceReleased)
        assert event.to == (member_of(town.ma),)

    async def test_who_is_nothing_to_the_case_finds_nothing(self, town: Town):
        case_id, other_case = await town.answered(), await town.answered()
        evidence_id = await bring(town, case_id)
        done(await town.zhou.post(f"/v1/cases/{case_id}/evidence/{evidence_id}/release", json={}))
        for who in (town.sun, town.gu):
            assert (await content(who, case_id, evidence_id)).status_code == 404
        assert (await content(town.xu, case_id, evidence_id)).status_code == 404
        assert (await content(town.lin, other_case, evidence_id)).status_code == 404
        assert (await content(town.lin, case_id, str(uuid4()))).status_code == 404
        assert (await town.http.get(f"/v1/cases/{case_id}/evidence/{evidence_id}/content")).status_code == 401

    async def test_a_document_stays_with_the_staff(self, town: Town):
        case_id = await town.answered()
        evidence_id = await bring(town, case_id, kind="document", sent=files.PDF)
        path = f"/v1/cases/{case_id}/evidence/{evidence_id}/release"
        assert (await town.zhou.post(path, json={})).json()[
            "type"
        ] == "/problems/document_needs_a_masked_copy"
        as_document = a_form(files.PDF, "document")
        assert (await town.zhou.post(path, **as_document)).json()["errors"][0]["pointer"] == "/kind"
        done(await town.zhou.post(path, files={"file": ("page.png", files.png())}))
        answer = await content(town.ma, case_id, evidence_id)
        assert answer.headers["content-type"] == "image/jpeg"


class TestChildren:
    async def test_sealed_read_with_a_reason_and_erased_thirty_days_after_closing(
        self, town: Town, folder: Path
    ):
        case_id = await town.answered()
        evidence_id = await bring(town, case_id, shows_minor="true")
        plain_id = await bring(town, case_id)
        path = f"/v1/cases/{case_id}/evidence/{evidence_id}"
        for who in (town.lin, town.zhou, town.ma):
            assert (await content(who, case_id, evidence_id)).status_code == 404
        assert (await town.zhou.post(f"{path}/release", json={})).status_code == 409
        assert (await town.lin.post(f"{path}/open", json={"reason": "看看"})).status_code == 403
        assert (await town.zhou.post(f"{path}/open", json={})).status_code == 422
        done(await town.zhou.post(f"{path}/open", json={"reason": "核实安全情况"}))
        assert (await content(town.zhou, case_id, evidence_id)).status_code == 200
        assert (await content(town.lin, case_id, evidence_id)).status_code == 404
        history = (await town.zhou.get(f"/v1/cases/{case_id}/history")).text
        assert "核实安全情况" in history
        assert "核实安全情况" not in (await town.lin.get(f"/v1/cases/{case_id}/history")).text

        done(await town.lin.post(f"/v1/cases/{case_id}/withdraw", json={}))
        await town.later(days=29)
        assert (await content(town.zhou, case_id, evidence_id)).status_code == 200
        await town.later(days=1)

        assert (await content(town.zhou, case_id, evidence_id)).status_code == 404
        [erased] = [one for one in await listed(town.zhou, case_id) if one["id"] == evidence_id]
        assert erased["shown"] == "erased"
        assert erased["sha256"]
        [row] = await town.rows(
            "SELECT payload FROM journal WHERE aggregate_id = $1::uuid AND type = 'EvidenceErased'", case_id
        )
        assert erased["sha256"] in row["payload"].decode()
        assert await use_cases.sweep_once(town.http.kit, datetime.now(UTC) + timedelta(hours=2)) == 1
        assert len(kept(folder)) == 1
        assert (await content(town.lin, case_id, plain_id)).status_code == 200

    async def test_what_somebody_brought_goes_with_them(self, town: Town, folder: Path):
        case_id = await town.answered()
        evidence_id = await bring(town, case_id, note="窗口")
        done(await town.lin.post(f"/v1/cases/{case_id}/withdraw", json={}))
        town.clock.advance(timedelta(days=60))
        lin = {"member_id": member_of(town.lin), "alliance_id": town.alliance_id}

        await town.tell(alliance.ErasureGranted(**lin, erasure_id=uuid4()))

        [erased] = [one for one in await listed(town.zhou, case_id) if one["id"] == evidence_id]
        assert (erased["shown"], erased["note"], erased["readable"]) == ("erased", None, False)
        assert await use_cases.sweep_once(town.http.kit, datetime.now(UTC) + timedelta(hours=2)) == 1
        assert kept(folder) == []

    async def test_a_coordinator_seals_what_others_overlooked(self, town: Town):
        case_id = await town.answered()
        evidence_id = await bring(town, case_id)
        path = f"/v1/cases/{case_id}/evidence/{evidence_id}"
        done(await town.zhou.post(f"{path}/release", json={}))
        assert (await content(town.ma, case_id, evidence_id)).status_code == 200
        done(await town.zhou.post(f"{path}/seal", json={}))
        assert (await content(town.ma, case_id, evidence_id)).status_code == 404
        assert await listed(town.ma, case_id) == []


class TestTakingAlong:
    """What was brought in a withdrawn case lies before the one that takes it up again, by the complainant's tick."""

    async def test_by_the_tick_own_words_and_pieces_lie_before_the_new_case_withheld(self, town: Town):
        first = await town.answered(description="招牌白得像白天")
        mine = await bring(town, first, note="卧室窗口")
        theirs = await bring(town, first, town.ma)
        sealed = await bring(town, first, shows_minor="true")
        done(await town.zhou.post(f"/v1/cases/{first}/evidence/{mine}/release", json={}))
        again = await self.again(town, first, carry_over=True)

        [piece] = await listed(town.lin, again)
        seen = done(await town.zhou.get(f"/v1/cases/{again}"))

        assert (piece["shown"], piece["carried"], piece["note"]) == ("withheld", True, "卧室窗口")
        assert piece["id"] not in {mine, theirs, sealed}
        assert (await content(town.lin, again, piece["id"])).content
        assert seen["earlier_words"] == "招牌白得像白天"
        # and the other side gets neither before the coordinator releases it anew
        done(await town.zhou.post(f"/v1/cases/{again}/accept", json={"shared_summary": "招牌夜间太亮"}))
        assert await listed(town.ma, again) == []
        assert (await content(town.ma, again, piece["id"])).status_code == 404
        assert done(await town.ma.get(f"/v1/cases/{again}"))["earlier_words"] is None

    async def test_without_the_tick_nothing_is_taken_along(self, town: Town):
        first = await town.answered()
        await bring(town, first)
        again = await self.again(town, first)
        assert await listed(town.lin, again) == []
        assert done(await town.lin.get(f"/v1/cases/{again}"))["earlier_words"] is None

    async def test_whoever_was_added_takes_along_what_they_brought_and_not_the_first_words(self, town: Town):
        first = await town.accepted(description="我家窗口被照得睡不着")
        await bring(town, first)
        beside = {"member_id": str(member_of(town.sun)), "side": "complainant", "capacity": "neighbour"}
        done(await town.zhou.post(f"/v1/cases/{first}/add-party", json=beside))
        await bring(town, first, town.sun, note="孙家的照片")
        again = await self.again(town, first, town.sun, carry_over=True)
        assert [one["note"] for one in await listed(town.sun, again)] == ["孙家的照片"]
        assert done(await town.sun.get(f"/v1/cases/{again}"))["earlier_words"] is None

    async def test_a_case_without_a_name_lends_nothing_to_one_that_bears_it(self, town: Town):
        first = await town.accepted(identity="hidden")
        await bring(town, first)
        done(await town.lin.post(f"/v1/cases/{first}/withdraw", json={}))
        form = {"continues": await self.reference(town.lin, first), "carry_over": True}
        problem = done(await self.files(town.lin, town, **form), 422)
        assert [(one["pointer"], one["code"]) for one in problem["errors"]] == [
            ("/carry_over", "carried_betrays")
        ]
        done(await self.files(town.lin, town, **form, identity="hidden"), 201)

    async def test_the_tick_alone_is_refused_at_its_field(self, town: Town):
        problem = done(await self.files(town.lin, town, carry_over=True), 422)
        assert [(one["pointer"], one["code"]) for one in problem["errors"]] == [
            ("/carry_over", "nothing_to_carry")
        ]

    async def test_the_bytes_stay_while_the_later_case_knows_of_them(self, town: Town, folder: Path):
        first = await town.accepted()
        sealed = await bring(town, first)
        again = await self.again(town, first, carry_over=True)
        done(await town.zhou.post(f"/v1/cases/{first}/evidence/{sealed}/seal", json={}))
        await town.later(days=40)
        assert await use_cases.sweep_once(town.http.kit, datetime.now(UTC) + timedelta(hours=2)) == 0
        [piece] = await listed(town.lin, again)
        assert (await content(town.lin, again, piece["id"])).status_code == 200

    async def again(self, town: Town, first: str, by: Client | None = None, **form: Any) -> str:
        """Withdrawn by 林, and filed again as its continuation."""
        done(await town.lin.post(f"/v1/cases/{first}/withdraw", json={}))
        who = by or town.lin
        receipt = done(await self.files(who, town, continues=await self.reference(who, first), **form), 201)
        case_id: str = receipt["id"]
        return case_id

    async def files(self, who: Client, town: Town, **form: Any) -> Any:
        return await who.post("/v1/cases", json={**A_NOISY_BAR, "place_id": str(town.shop), **form})

    async def reference(self, who: Client, case_id: str) -> str:
        reference: str = done(await who.get(f"/v1/cases/{case_id}"))["reference"]
        return reference
