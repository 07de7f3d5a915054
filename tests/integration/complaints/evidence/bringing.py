"""Bringing evidence and looking at it, as the tests of it do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.integration.complaints.town import Town, done
from tests.support import files
from tests.support.http import Client

MIB = 1024 * 1024


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
