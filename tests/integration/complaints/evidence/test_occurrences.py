"""That it happened again comes with its recording, or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.integration.complaints.evidence.bringing import a_form, bring, kept, listed
from tests.integration.complaints.town import Town, done
from tests.support import files
from tests.support.http import Client


async def occurrences(who: Client, case_id: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = done(await who.get(f"/v1/cases/{case_id}"))["occurrences"]
    return items


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
