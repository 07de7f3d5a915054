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
    "mediation": {
        "mediations": [
            {
                "reference": REFERENCE,
                "session": None,
                "amendments": [
                    {
                        "id": str(LIN),
                        "terms": "十一点以后",
                        "content_hash": "cd",
                        "effective_on": "2026-04-02",
                    }
                ],
            },
            {"reference": "SJ-GUEST", "session": {"starts_at": MOMENT, "ends_at": MOMENT, "room": "居委会"}},
        ]
    },
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
    for said in (
        "林佩珍",
        REFERENCE,
        "窗口",
        "听到了",
        "Taken on",
        "十一点以后",
        "居委会",
        "&lt;b&gt;床在抖&lt;/b&gt;",
    ):
        assert said in read


async def test_while_a_service_is_away_there_is_no_copy_instead_of_half_of_one(portal: Portal) -> None:
    await portal.sign_in("resident")
    all_answer(portal)
    portal.services.says("GET /mediation/v1/me/data", {}, 503)

    shown = await portal.browser.open("/me/data/copy.zip")

    assert shown.answer.status_code == 503
    assert "The mediation service" in shown.text


RECEIPT = {
    "status": "weighing",
    "asked_on": "2026-03-12",
    "settled_on": None,
    "waits_for": ["complaints"],
    "obligations": [],
    "parts": [],
}
NUMBER = "7K3M-9QX4-CT2F"


async def test_being_erased_is_confirmed_by_a_code_and_gives_a_number(portal: Portal) -> None:
    await portal.sign_in("resident")
    portal.services.says("GET /alliance/v1/me/erasure", None)
    portal.services.says("POST /alliance/v1/me/erasure/codes", {"expires_in_seconds": 300}, 202)
    shown = await portal.browser.open("/me/data/erase")
    sent = await portal.browser.send(shown, "/me/data/code")
    assert sent.goes_to == "/me/data/erase?sent=true"
    shown = await portal.browser.follow(sent)

    portal.services.refuses("POST /alliance/v1/me/erasure", 422, "wrong_code", "Wrong code.")
    wrong = await portal.browser.send(shown, "/me/data/erase", code="000000")
    assert "Wrong code." in wrong.text

    portal.services.says("POST /alliance/v1/me/erasure", {**RECEIPT, "number": NUMBER}, 202)
    done = await portal.browser.send(wrong, "/me/data/erase", code="１２３ 456")
    assert portal.services.times("POST /alliance/v1/me/erasure")[-1].json == {"code": "123456"}
    assert NUMBER in done.text
    assert done.answer.headers["cache-control"] == "no-store"


async def test_the_receipt_needs_no_account_and_says_what_stays_and_why(portal: Portal) -> None:
    kept = {"what": "mediation_file", "ground": "mediation_archive", "until": "2029-03-12"}
    part = {"service": "mediation", "on": "2026-03-12", "erased": [{"what": "words", "count": 3}]}
    found = {**RECEIPT, "status": "completed", "waits_for": [], "parts": [{**part, "kept": [kept]}]}
    shown = await portal.browser.open("/erased")
    portal.services.refuses("POST /alliance/v1/erasures/lookups", 404, "not_found", "Not found.")
    assert "no such number" in (await portal.browser.send(shown, "/erased", number="x")).text

    portal.services.says("POST /alliance/v1/erasures/lookups", found)
    receipt = await portal.browser.send(shown, "/erased", number=NUMBER)

    for said in ("your words · 3", "People's Mediation Law art. 27", "2029"):
        assert said in receipt.text


async def test_staff_see_what_is_stuck(portal: Portal) -> None:
    stuck = {
        "status": "erasing",
        "asked_at": MOMENT,
        "settled_on": None,
        "waits_for": ["notifications"],
        "late": True,
    }
    portal.services.says("GET /alliance/v1/erasures", {"items": [stuck]})
    await portal.sign_in("coordinator")
    shown = await portal.browser.open("/alliance/erasures")
    assert "stuck" in shown.text
    assert "The notifications service" in shown.text


async def test_staff_ask_for_whoever_has_no_mail_and_hand_over_the_number(portal: Portal) -> None:
    portal.services.says(f"GET /alliance/v1/members/{LIN}", {**ANSWERS["alliance"]["member"], "grants": []})
    asked = f"POST /alliance/v1/members/{LIN}/erasure"
    portal.services.says(asked, {**RECEIPT, "number": NUMBER}, 202)
    await portal.sign_in("coordinator")
    shown = await portal.browser.open(f"/alliance/members/{LIN}")

    done = await portal.browser.send(shown, f"/alliance/members/{LIN}/erase", consent="written", sure="yes")

    assert portal.services.times(asked)[-1].json == {"consent": "written"}
    assert NUMBER in done.text
