"""The coordinator's desk in the browser: filters, what is kept, several at once, and two side by side."""

from __future__ import annotations

import csv
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

import pytest

from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import BAR, BUILDING, CASE, MA, REFERENCE, a_case, a_receipt

OTHER = UUID("00000000-0000-4000-8000-0000000000cb")
COUNTS = {
    "open": 2,
    "needs_me": 2,
    "past": 1,
    "near": 0,
    "emergencies": 0,
    "unassigned": 0,
    "respondent_unknown": 0,
}


def a_line(**more: Any) -> dict[str, Any]:
    known = {
        "id": str(CASE),
        "reference": REFERENCE,
        "category": "noise",
        "subcategory": "bar_music",
        "stage": "hear",
        "status": "filed",
        "due": "2026-03-10",
        "place_id": str(BAR),
        "filed_on": "2026-03-06",
        "tier": "urgent",
        "identity": "hidden",
        "clocks": [{"name": "triage", "until": "2026-03-10", "state": "missed", "late_days": 2}],
        "needs_me": True,
    }
    return known | more


@pytest.fixture
async def desk(portal: Portal) -> Portal:
    """A coordinator's browser, with two matters on the desk."""
    other = a_line(id=str(OTHER), reference="SJ-OTHER")
    portal.services.says(
        "GET /complaints/v1/queue",
        {"items": [a_line(), other], "counts": COUNTS, "found": 3, "next_cursor": "more"},
    )
    kept = {"items": [{"name": "急件", "filter": {"tier": "urgent"}}]}
    portal.services.says("GET /complaints/v1/queue/filters", kept)
    await portal.sign_in("coordinator")
    return portal


def asked(portal: Portal) -> dict[str, list[str]]:
    """What the desk was last asked for."""
    return parse_qs(portal.services.times("GET /complaints/v1/queue")[-1].query)


async def test_the_desk_shows_clocks_place_and_counts_at_a_glance(desk: Portal) -> None:
    shown = await desk.browser.open("/queue")
    for words in (REFERENCE, "夜猫小酒馆", "Decision by", "overdue", "Past their day (1)", "急件", "Urgent"):
        assert words in shown.text, words


async def test_what_is_chosen_is_asked_of_the_service_and_goes_on_over_the_pages(desk: Portal) -> None:
    shown = await desk.browser.open(f"/queue?clock=past&tier=&place_id={BUILDING}&other=1")
    assert asked(desk) == {"clock": ["past"], "place_id": [str(BUILDING)]}
    more = next(
        found["href"] for tag, found in shown.tags if tag == "a" and "cursor=" in (found.get("href") or "")
    )
    await desk.browser.open(f"/queue{more}")
    assert asked(desk) == {"clock": ["past"], "place_id": [str(BUILDING)], "cursor": ["more"]}


async def test_a_filter_is_kept_and_let_go(desk: Portal) -> None:
    keep = "PUT /complaints/v1/queue/filters/late ones"
    desk.services.says(keep, {"items": []})
    desk.services.says("POST /complaints/v1/queue/filters/急件/forget", {"items": []})
    shown = await desk.browser.open("/queue?clock=past&needs_me=true")

    done = await desk.browser.send(shown, "/queue/filters", name="late ones")

    assert done.goes_to == "/queue?clock=past&needs_me=true"
    assert desk.services.times(keep)[0].json == {"clock": "past", "needs_me": True}
    assert (await desk.browser.send(shown, "/queue/filters/forget")).goes_to == "/queue"


async def test_a_filter_that_is_refused_says_why(desk: Portal) -> None:
    desk.services.refuses(
        "PUT /complaints/v1/queue/filters/x", 409, "too_many_filters", "You keep 20 already."
    )
    shown = await desk.browser.open("/queue?clock=past")
    again = await desk.browser.send(shown, "/queue/filters", name="x")
    assert again.status == 409
    assert "You keep 20 already." in again.text


class TestSeveral:
    async def test_each_is_accepted_for_itself_and_what_failed_is_said(self, desk: Portal) -> None:
        for id, reference in ((CASE, REFERENCE), (OTHER, "SJ-OTHER")):
            case = a_case("accept", id=str(id), reference=reference)
            desk.services.says(f"GET /complaints/v1/cases/{id}", case)
        done = f"POST /complaints/v1/cases/{CASE}/accept"
        desk.services.says(done, a_receipt(next="The other side is told."))
        desk.services.refuses(
            f"POST /complaints/v1/cases/{OTHER}/accept", 409, "not_now", "It was withdrawn meanwhile."
        )
        shown = await desk.browser.open(f"/queue/decide?do=accept&case={CASE}&case={OTHER}")

        told = await desk.browser.send(
            shown, "/queue/decide", shared_summary=["后门音乐", "夜间搬货"], tier="urgent"
        )

        assert "1 of 2 could not be done" in told.text
        assert "It was withdrawn meanwhile." in told.text
        assert "The other side is told." in told.text
        [sent] = desk.services.times(done)
        assert sent.json == {"shared_summary": "后门音乐", "tier": "urgent"}
        other = desk.services.times(f"POST /complaints/v1/cases/{OTHER}/accept")[0]
        assert other.json["shared_summary"] == "夜间搬货"
        assert sent.headers["idempotency-key"] != other.headers["idempotency-key"]

    async def test_nothing_is_sent_while_one_lacks_its_summary(self, desk: Portal) -> None:
        for id in (CASE, OTHER):
            desk.services.says(f"GET /complaints/v1/cases/{id}", a_case("accept", id=str(id)))
        shown = await desk.browser.open(f"/queue/decide?do=accept&case={CASE}&case={OTHER}")

        again = await desk.browser.send(
            shown, "/queue/decide", shared_summary=["后门音乐", ""], tier="urgent"
        )

        assert again.status == 422
        assert "后门音乐" in again.form("/queue/decide").fields["shared_summary"]
        assert not [one for one in desk.services.asked if one.what.endswith("/accept")]

    async def test_where_nobody_is_named_it_can_be_said_whom_it_is_about(self, desk: Portal) -> None:
        desk.services.says(f"GET /complaints/v1/cases/{CASE}", a_case("accept", parties=[]))
        people = {"items": [{"id": str(MA), "display_name": "马师傅"}]}
        desk.services.says("GET /alliance/v1/members", people)
        accept = f"POST /complaints/v1/cases/{CASE}/accept"
        desk.services.says(accept, a_receipt())
        shown = await desk.browser.open(f"/queue/decide?do=accept&case={CASE}")

        await desk.browser.send(
            shown, "/queue/decide", shared_summary=["音乐"], **{f"respondent_{CASE}": str(MA)}
        )

        assert desk.services.times(accept)[0].json["respondent_id"] == str(MA)

    async def test_several_are_declined_with_one_reason_and_address(self, desk: Portal) -> None:
        desk.services.says(f"GET /complaints/v1/cases/{CASE}", a_case("decline"))
        decline = f"POST /complaints/v1/cases/{CASE}/decline"
        desk.services.says(decline, a_receipt())
        shown = await desk.browser.open(f"/queue/decide?do=decline&case={CASE}")
        assert (await desk.browser.send(shown, "/queue/decide")).status == 422

        chosen = {"reason": "outside_the_area", "next_address": "police"}
        told = await desk.browser.send(shown, "/queue/decide", **chosen)

        assert "All 1 are done" in told.text
        assert desk.services.times(decline)[0].json == chosen

    async def test_what_was_written_of_each_comes_back_after_signing_in_again(self, desk: Portal) -> None:
        for id in (CASE, OTHER):
            desk.services.says(f"GET /complaints/v1/cases/{id}", a_case("accept", id=str(id)))
        shown = await desk.browser.open(f"/queue/decide?do=accept&case={CASE}&case={OTHER}")
        desk.clock.advance(timedelta(minutes=10))
        desk.services.refuses("POST /alliance/v1/sign-in/refresh", 401, "session_over", "Sign in again.")

        sent = await desk.browser.send(
            shown, "/queue/decide", shared_summary=["后门音乐", "夜间搬货"], tier="urgent"
        )
        await desk.sign_in("coordinator")

        assert sent.goes_to == "/sign-in?back=%2Fqueue%2Fdecide"
        fields = (await desk.browser.open("/queue/decide")).form("/queue/decide").fields
        assert fields["case"] == [str(CASE), str(OTHER)]
        assert fields["tier"] == ["urgent"]
        assert "夜间搬货" in fields["shared_summary"]

    async def test_nothing_ticked_leads_back(self, desk: Portal) -> None:
        assert (await desk.browser.open("/queue/decide?do=accept")).goes_to == "/queue"


class TestSideBySide:
    @pytest.mark.parametrize(
        ("say", "asked", "body"),
        [
            ("join", f"{CASE}/join", {"lead_case_id": str(OTHER)}),
            ("join_back", f"{OTHER}/join", {"lead_case_id": str(CASE)}),
            ("apart", f"{CASE}/apart", {"case_id": str(OTHER)}),
        ],
    )
    async def test_two_are_joined_or_told_apart(
        self, desk: Portal, say: str, asked: str, body: dict[str, str]
    ) -> None:
        desk.services.says(f"GET /complaints/v1/cases/{CASE}", a_case("join"))
        other = a_case("join", id=str(OTHER), reference="SJ-OTHER", description="低音炮")
        desk.services.says(f"GET /complaints/v1/cases/{OTHER}", other)
        alike = {"id": str(OTHER), "filed_on": "2026-03-06", "score": 88, "reasons": ["same_place"]}
        desk.services.says(
            f"GET /complaints/v1/cases/{CASE}/similar", {"items": [alike], "other_matters": []}
        )
        desk.services.says(f"POST /complaints/v1/cases/{asked}", a_receipt(next="Noted."))
        path = f"/queue/beside/{CASE}/{OTHER}"
        shown = await desk.browser.open(path)
        assert "88% alike" in shown.text
        assert "SJ-OTHER" in shown.text

        done = await desk.browser.send(shown, path, say=say)

        assert done.goes_to == "/queue"
        assert desk.services.times(f"POST /complaints/v1/cases/{asked}")[0].json == body
        assert "Noted." in (await desk.browser.open("/queue")).text

    async def test_what_the_service_does_not_offer_is_not_offered(self, desk: Portal) -> None:
        desk.services.says(f"GET /complaints/v1/cases/{CASE}", a_case())
        desk.services.says(f"GET /complaints/v1/cases/{OTHER}", a_case(id=str(OTHER)))
        desk.services.says(f"GET /complaints/v1/cases/{CASE}/similar", {"items": [], "other_matters": []})
        shown = await desk.browser.open(f"/queue/beside/{CASE}/{OTHER}")
        assert not shown.has_form(f"/queue/beside/{CASE}/{OTHER}")


async def test_what_is_overdue_is_asked_for_alone(desk: Portal) -> None:
    shown = await desk.browser.open("/overdue")
    assert asked(desk) == {"clock": ["past"]}
    assert "overdue" in shown.text
    assert not shown.has_form("/queue/decide")


async def test_the_desk_is_nobody_elses(portal: Portal) -> None:
    await portal.sign_in("resident")
    for path in ("queue", "queue/filters"):
        portal.services.refuses(f"GET /complaints/v1/{path}", 403, "not_allowed", "Not yours.")
    assert (await portal.browser.open("/queue")).status == 403


async def test_the_desk_is_taken_along_page_after_page_and_names_nobody(desk: Portal) -> None:
    last = {
        "items": [a_line(reference="SJ-LAST", place_id=None, subcategory="=x")],
        "counts": None,
        "next_cursor": None,
    }
    desk.services.says_after_first("GET /complaints/v1/queue", last)
    listed = {"items": [{"id": str(BAR), "kind": "shop", "name": "=夜猫"}], "next_cursor": None}
    desk.services.says("GET /alliance/v1/places", listed)

    answer = await desk.client.http.get("/queue/table.csv?clock=past&other=1")

    assert answer.headers["content-disposition"].startswith('attachment; filename="shangju-queue-')
    first, second = [parse_qs(one.query) for one in desk.services.times("GET /complaints/v1/queue")]
    many = {"clock": ["past"], "limit": ["100"]}
    assert (first, second) == (many, many | {"cursor": ["more"]})
    assert answer.headers["x-lines"] == "4"
    head, *lines = csv.reader(answer.text.removeprefix("\ufeff").splitlines())
    assert head[:3] == ["Number", "Kind", "Place"]
    assert [line[0] for line in lines] == [REFERENCE, "SJ-OTHER", "SJ-LAST"]
    assert lines[2][1] == "'=x"
    assert lines[0][2:] == [
        "'=夜猫",
        "Hear",
        "Received; the coordinator is checking it",
        "Urgent",
        "2026-03-06",
        "2026-03-10",
        "2",
    ]
    assert "idden" not in answer.text
