"""What a page that stays open hears: the count, word to look again, news, and that it is over; never a whole page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import ClassVar

import pytest
from starlette.responses import StreamingResponse

from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import CASE, HISTORY, NOTICE, a_case, a_notice

STREAM = "GET /notifications/v1/inbox/stream"
FRAGMENTS = ("/inbox/unread", "/inbox/notices")
NEWS = f"/cases/{CASE}/news"
THE_HISTORY = f"GET /complaints/v1/cases/{CASE}/history"


def the_stream_says(portal: Portal, *counts: int) -> None:
    async def events() -> AsyncIterator[bytes]:
        yield b": ping\n\n"
        for count in counts:
            yield f'event: inbox\ndata: {{"unread": {count}}}\nid: mark-{count}\n\n'.encode()

    portal.services.answers[STREAM] = StreamingResponse(events(), media_type="text/event-stream")


async def heard(portal: Portal, **headers: str) -> Sequence[dict[str, str]]:
    answer = await portal.client.http.get("/inbox/live", headers=headers)
    assert answer.headers["content-type"].startswith("text/event-stream")
    blocks = [block.splitlines() for block in answer.text.split("\n\n") if block]
    return [dict(line.split(": ", 1) for line in block) for block in blocks]


async def test_a_count_is_swapped_in_and_the_inbox_is_told_to_look_again(portal: Portal) -> None:
    await portal.sign_in("resident")
    the_stream_says(portal, 0, 2)

    none, first, two, second = await heard(portal, **{"Last-Event-ID": "mark-7"})

    [asked] = portal.services.times(STREAM)
    assert (asked.headers["last-event-id"], bool(asked.token)) == ("mark-7", True)
    assert "hidden" in none["data"]
    assert (two["data"], two["id"]) == (
        '<span class="count">2<span class="unseen"> unread</span></span>',
        "mark-2",
    )
    assert [one["event"] for one in (first, second)] == ["inbox", "inbox"]
    assert "event" not in none | two


async def test_whoever_is_signed_out_is_told_that_it_is_over(portal: Portal) -> None:
    assert await heard(portal) == [{"event": "over", "data": "signed_out"}]
    assert portal.services.times(STREAM) == []


async def test_a_service_that_is_away_ends_the_stream_without_a_word(portal: Portal) -> None:
    await portal.sign_in("resident")
    portal.services.refuses(STREAM, 503, "unavailable", "away")
    assert await heard(portal) == []


async def test_who_asks_now_and_then_hears_the_same(portal: Portal) -> None:
    await portal.sign_in("resident")
    unread = {"items": [a_notice()], "unread": 3, "next_cursor": None}
    portal.services.says("GET /notifications/v1/inbox", unread)

    count, list_of_them = [await portal.browser.open(path) for path in FRAGMENTS]

    assert count.answer.text.strip() == '<span class="count">3<span class="unseen"> unread</span></span>'
    assert list_of_them.has_form(f"/inbox/{NOTICE}/open")
    assert "<html" not in list_of_them.answer.text


@pytest.mark.parametrize("path", [*FRAGMENTS, f"{NEWS}?seen=0"])
async def test_no_whole_page_is_swapped_into_another(portal: Portal, path: str) -> None:
    """Not the page to sign in, and not the one that says who is away."""
    signed_out = await portal.browser.open(path)
    await portal.sign_in("resident")
    portal.services.is_away("notifications")
    portal.services.is_away("complaints")
    away = await portal.browser.open(path)
    assert [(one.status, one.answer.text) for one in (signed_out, away)] == [(204, ""), (204, "")]


async def test_the_page_of_the_inbox_listens_on_its_newest_page_alone(portal: Portal) -> None:
    await portal.sign_in("resident")
    pages = [(await portal.browser.open(path)).tags for path in ("/inbox", "/inbox?cursor=abc")]
    listening = [
        [found["hx-trigger"] for _, found in tags if found.get("hx-get") == "/inbox/notices"]
        for tags in pages
    ]
    assert listening == [["inbox from:body, every 60s"], []]


class TestACaseThatIsLookedAt:
    ACCEPTED: ClassVar[dict[str, object]] = HISTORY | {"type": "case_accepted", "text": "It was accepted."}

    async def test_asks_for_what_came_since_it_was_shown(self, portal: Portal) -> None:
        await portal.sign_in("resident")
        shown = await portal.browser.open(f"/cases/{CASE}")
        assert [found["hx-get"] for _, found in shown.tags if found.get("hx-target") == "#news"] == [
            f"{NEWS}?seen=1"
        ]
        assert (await portal.browser.open(f"{NEWS}?seen=1")).status == 204

        portal.services.says(THE_HISTORY, {"items": [HISTORY, self.ACCEPTED]})
        news = await portal.browser.open(f"{NEWS}?seen=1")

        said, _, timeline = news.answer.text.partition('id="timeline"')
        assert "It was accepted." in said
        assert ("was received" in said, "was received" in timeline) == (False, True)
        assert "<html" not in said

    async def test_hears_nothing_the_service_does_not_show(self, portal: Portal) -> None:
        await portal.sign_in("resident")
        portal.services.refuses(THE_HISTORY, 404, "not_found", "Not found.")
        news = await portal.browser.open(f"{NEWS}?seen=0")
        assert (news.status, news.answer.text) == (204, "")

    async def test_keeps_an_anonymous_day_half_a_month_wide(self, portal: Portal) -> None:
        """The timeline that is put in place of the first says no more than it."""
        await portal.sign_in("merchant")
        dayless = HISTORY | {"at": None}
        portal.services.says(THE_HISTORY, {"items": [dayless, self.ACCEPTED]})
        portal.services.says(f"GET /complaints/v1/cases/{CASE}", a_case(filed_on_is_half_month=True))
        news = await portal.browser.open(f"{NEWS}?seen=1")
        assert "first half of March" in news.text
