"""Evidence is kept before it is told: what strikes in between leaves nothing half."""

from __future__ import annotations

import resource
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import obstore
import pytest

from services.complaints import use_cases
from services.complaints.api import uploads
from services.complaints.media import limited
from shared.contracts import complaints as told
from shared.persistence import saving
from tests.integration.complaints.evidence.bringing import a_form, bring, content, kept, listed
from tests.integration.complaints.town import Town, a_town, done
from tests.support import files


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
