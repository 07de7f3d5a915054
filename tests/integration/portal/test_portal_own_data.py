"""A copy of one's own data: one file, to read and to take elsewhere; whole or not at all."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import LIN, REFERENCE

MOMENT = "2026-03-12T15:52:00Z"
ANSWERS: dict[str, Any] = {
    "alliance": {
        "member": {
            "id": str(LIN),
            "display_name": "林佩珍",
            "email": "lin@shanbei.example",
            "phone": None,
            "language": "zh-CN",
            "occupancies": [],
        },
        "sessions": [{"started_at": MOMENT, "ended_at": None}],
    },
    "complaints": {
        "matters": [
            {
                "reference": REFERENCE,
                "subcategory": "bar_music",
                "status": "solved",
                "role_in_case": "complainant",
                "filed_on": "2026-03-12",
                "steps": [
                    {
                        "at": MOMENT,
                        "text": "A complaint was filed.",
                        "said": {"description": "<b>床在抖</b>", "details": {"hours": ["22:00", "01:00"]}},
                    }
                ],
                "evidence": [{"kind": "photo", "added_at": MOMENT, "note": "窗口", "sha256": "ab"}],
            }
        ],
        "asked": [{"question": "您听到了吗？", "asked_on": "2026-03-12", "text": "听到了"}],
    },
    "mediation": {"mediations": []},
    "notifications": {
        "contact": None,
        "preferences": {"language": "zh-CN", "mail": True, "mails": {}, "large_type": False},
        "devices": [],
        "notices": [
            {
                "title": "Taken on",
                "reference": REFERENCE,
                "created_at": MOMENT,
                "read_at": None,
                "ways": {"mail": "accepted"},
            }
        ],
    },
}


def all_answer(portal: Portal) -> None:
    for service, answer in ANSWERS.items():
        portal.services.says(f"GET /{service}/v1/me/data", answer)


async def test_one_file_holds_what_every_service_said_and_the_part_to_read(portal: Portal) -> None:
    await portal.sign_in("resident")
    all_answer(portal)
    assert "/me/data/copy.zip" in (await portal.browser.open("/me/data")).answer.text

    answer = (await portal.browser.open("/me/data/copy.zip")).answer

    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["cache-control"] == "no-store"
    with ZipFile(BytesIO(answer.content)) as archive:
        whole = json.loads(archive.read("data.json"))
        read = archive.read("data.html").decode()
    assert {service: whole[service] for service in ANSWERS} == ANSWERS
    for said in ("林佩珍", REFERENCE, "窗口", "听到了", "Taken on", "&lt;b&gt;床在抖&lt;/b&gt;"):
        assert said in read


async def test_while_a_service_is_away_there_is_no_copy_instead_of_half_of_one(portal: Portal) -> None:
    await portal.sign_in("resident")
    all_answer(portal)
    portal.services.says("GET /mediation/v1/me/data", {}, 503)

    shown = await portal.browser.open("/me/data/copy.zip")

    assert shown.answer.status_code == 503
    assert "The mediation service" in shown.text
