"""What a page that stays open hears: the count, word to look again, and that it is over; never a whole page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import pytest
from starlette.responses import StreamingResponse

from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import NOTICE, a_notice

STREAM = "GET /notifications/v1/inbox/stream"
FRAGMENTS = ("/inbox/unread", "/inbox/notices")


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


@pytest.mark.parametrize("path", FRAGMENTS)
async def test_no_whole_page_is_swapped_into_another(portal: Portal, path: str) -> None:
    """Not the page to sign in, and not the one that says who is away."""
    signed_out = await portal.browser.open(path)
    await portal.sign_in("resident")
    portal.services.is_away("notifications")
    away = await portal.browser.open(path)
    assert [(one.status, one.answer.text) for one in (signed_out, away)] == [(204, ""), (204, "")]


async def test_the_page_of_the_inbox_listens_on_its_newest_page_alone(portal: Portal) -> None:
    await portal.sign_in("resident")
    pages = [(await portal.browser.open(path)).tags for path in ("/inbox", "/inbox?cursor=abc")]
    listening = [any(found.get("hx-get") == "/inbox/notices" for _, found in tags) for tags in pages]
    assert listening == [True, False]
