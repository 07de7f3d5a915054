"""Covenants: on the board and a page of their own for everybody, entered by those who run the alliance."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from tests.integration.portal.conftest import Portal
from tests.integration.portal.test_portal_board import SHANBEI, is_there
from tests.support.tokens import ALLIANCE

ID = UUID(int=77)
PUBLIC, FILE = f"/covenants/{ID}", f"/alliance/covenants/{ID}"
SUMMARY: dict[str, Any] = {
    "id": str(ID),
    "alliance_id": str(SHANBEI),
    "standing": "in_force",
    "version": 1,
    "title": "安静夜晚公约",
    "title_en": "Quiet nights",
    "clauses": 2,
    "sides": ["residents", "merchants"],
    "in_force_since": "2026-03-01",
    "ended_on": None,
}
VERSION: dict[str, Any] = {
    "number": 1,
    "title": "安静夜晚公约",
    "title_en": "Quiet nights",
    "clauses": [{"number": 1, "text": "十点以后轻拿轻放。"}, {"number": 2, "text": "十点以后不卸货。"}],
    "sides": ["residents", "merchants"],
    "adopted_on": "2026-02-15",
    "meeting": {
        "kind": "joint_meeting",
        "place": "居委会活动室",
        "counts": [{"side": "residents", "present": 64, "in_favour": 59}],
    },
    "in_force_from": "2026-03-01",
    "filed_on": None,
}
COMING = VERSION | {
    "number": 2,
    "clauses": [{"number": 3, "text": "门口贴电话。"}],
    "in_force_from": "2026-04-01",
}
WHOLE = SUMMARY | {"ended_because": None, "versions": [COMING, VERSION]}
TYPED = {
    "title": "安静夜晚公约",
    "new": "十点以后轻拿轻放。\r\n\r\n十点以后不卸货。",
    "sides": "residents merchants",
    "adopted_on": "2026-02-15",
    "kind": "joint_meeting",
    "place": "居委会活动室",
    "residents_present": "64",
    "residents_in_favour": "59",
    "in_force_from": "2026-03-01",
}


@pytest.fixture(autouse=True)
def there_is_one(portal: Portal) -> None:
    portal.services.says(f"GET /alliance/v1/covenants/{ID}", WHOLE)
    portal.services.says(f"GET /alliance/v1/alliances/{ALLIANCE}/covenants", {"items": [SUMMARY]})


async def test_the_board_leads_to_all_and_folds_away_what_ended(portal: Portal) -> None:
    is_there(portal)
    ended = SUMMARY | {"title_en": "Long gone", "standing": "ended", "ended_on": "2026-03-02"}
    coming = SUMMARY | {"title_en": "Swept steps", "standing": "coming", "in_force_since": "2026-04-01"}
    listed = {"items": [SUMMARY, coming, ended | {"id": str(UUID(int=78))}]}
    portal.services.says(f"GET /alliance/v1/alliances/{SHANBEI}/covenants", listed)

    shown = await portal.browser.open(f"/board/{SHANBEI}")

    for words in ("Quiet nights", "Swept steps", "in force from", "adopted by residents and by merchants"):
        assert words in shown.text
    open_to_all, folded = shown.answer.text.split("<summary>Ended covenants</summary>")
    assert "Long gone" not in open_to_all
    assert f'href="/covenants/{UUID(int=78)}"' in folded.split("</details>")[0]
    assert f'href="{PUBLIC}"' in shown.answer.text
    assert f"/api/alliance/v1/alliances/{SHANBEI}/covenants.csv" in shown.answer.text


async def test_everybody_reads_its_clauses_and_how_it_was_adopted(portal: Portal) -> None:
    shown = await portal.browser.open(PUBLIC)
    for words in (
        "十点以后轻拿轻放。",
        "59 in favour of 64 present",
        "Joint meeting",
        "not yet",
        "Version 2",
    ):
        assert words in shown.text
    assert '<li value="3" lang="zh-CN">门口贴电话。</li>' in shown.answer.text


@pytest.mark.parametrize(
    ("standing", "said"),
    [
        ("in_force", "Ends on Fri 20 March: 另立新约"),
        ("ended", "Not in force since Fri 20 March: 另立新约"),
    ],
)
async def test_an_end_is_told_with_its_reason_before_it_comes_and_after(
    office: Portal, standing: str, said: str
) -> None:
    over = {"standing": standing, "ended_on": "2026-03-20", "ended_because": "另立新约"}
    office.services.says(f"GET /alliance/v1/covenants/{ID}", WHOLE | over)
    for path in (PUBLIC, FILE):
        assert said in (await office.browser.open(path)).text


async def test_one_is_entered_a_clause_a_line(office: Portal) -> None:
    office.services.says("POST /alliance/v1/covenants", WHOLE, 201)
    shown = await office.browser.open("/alliance/covenants")

    done = await office.browser.send(shown, "/alliance/covenants/new", **TYPED)

    assert done.goes_to == FILE
    [sent] = office.services.times("POST /alliance/v1/covenants")
    assert sent.json == {
        "title": "安静夜晚公约",
        "clauses": VERSION["clauses"],
        "sides": ["residents", "merchants"],
        "adopted_on": "2026-02-15",
        "meeting": VERSION["meeting"],
        "in_force_from": "2026-03-01",
    }


async def test_a_clause_of_fines_comes_back_with_the_sentence_beside_it(office: Portal) -> None:
    error = {"pointer": "/clauses/0/text", "detail": "Nobody may fine anybody."}
    office.services.refuses("POST /alliance/v1/covenants", 422, "invalid", "No.", errors=[error])
    shown = await office.browser.open("/alliance/covenants")

    again = await office.browser.send(shown, "/alliance/covenants/new", **TYPED | {"new": "违者罚款。"})

    assert "Nobody may fine anybody." in again.text
    assert again.form("/alliance/covenants/new").fields["new"] == ["违者罚款。"]


async def test_the_next_version_keeps_the_numbers_and_drops_what_was_emptied(office: Portal) -> None:
    office.services.says(f"POST /alliance/v1/covenants/{ID}/versions", WHOLE)
    shown = await office.browser.open(FILE)
    filled = shown.form(f"{FILE}/version").fields
    assert (filled["number"], filled["next_number"], filled["sides"]) == (
        ["3"],
        ["4"],
        ["residents merchants"],
    )

    days = {"adopted_on": "2026-03-10", "in_force_from": "2026-05-01"}
    done = await office.browser.send(shown, f"{FILE}/version", clause="", new="夜里轻关门。", **days)

    assert done.goes_to == FILE
    [sent] = office.services.times(f"POST /alliance/v1/covenants/{ID}/versions")
    assert sent.json["clauses"] == [{"number": 4, "text": "夜里轻关门。"}]
    assert sent.json["follows"] == 2


async def test_a_clause_there_was_that_is_refused_has_the_sentence_beside_it(office: Portal) -> None:
    error = {"pointer": "/clauses/0/text", "detail": "Nobody may fine anybody."}
    address = f"POST /alliance/v1/covenants/{ID}/versions"
    office.services.refuses(address, 422, "invalid", "No.", errors=[error])
    shown = await office.browser.open(FILE)

    days = {"adopted_on": "2026-03-10", "in_force_from": "2026-05-01"}
    again = await office.browser.send(shown, f"{FILE}/version", clause="违者罚款。", **days)

    assert 'id="clause-3-wrong"' in again.answer.text
    assert 'id="new-wrong"' not in again.answer.text


async def test_it_is_filed_and_ended_with_a_reason(office: Portal) -> None:
    for act in ("filing", "end"):
        office.services.says(f"POST /alliance/v1/covenants/{ID}/{act}", WHOLE)
    shown = await office.browser.open(FILE)
    assert (await office.browser.send(shown, f"{FILE}/end", on="2026-03-12", reason="")).status == 422

    await office.browser.send(shown, f"{FILE}/filing", on="2026-03-11")
    await office.browser.send(shown, f"{FILE}/end", on="2026-03-12", reason="另立新约")

    assert office.services.times(f"POST /alliance/v1/covenants/{ID}/filing")[0].json == {
        "on": "2026-03-11",
        "follows": 2,
    }
    ended = office.services.times(f"POST /alliance/v1/covenants/{ID}/end")[0].json
    assert ended == {"on": "2026-03-12", "reason": "另立新约", "follows": 2}


async def test_it_is_nobody_elses_to_keep(portal: Portal) -> None:
    await portal.sign_in("mediator")
    for path in ("/alliance/covenants", FILE):
        assert (await portal.browser.open(path)).status == 404
