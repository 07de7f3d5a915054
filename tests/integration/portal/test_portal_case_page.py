"""What a case's page shows, to whom."""

from __future__ import annotations

from uuid import uuid4

from tests.integration.portal.browser import Shown
from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import (
    CASE,
    HISTORY,
    MEDIATION,
    PAGE,
    REFERENCE,
    THE_CASE,
    THE_MEDIATION,
    a_case,
)


async def test_a_case_shows_where_it_stands_who_holds_it_and_what_is_next(portal: Portal) -> None:
    await portal.sign_in("resident")

    shown = await portal.browser.open(PAGE)

    for said in (
        "Bar music, bass",
        REFERENCE,
        "Coordinator",
        "Decision by",
        "16 March",
        "住户甲",
        "The people's court",
    ):
        assert said in shown.text
    assert "Mediation is voluntary" in shown.text
    [now] = [found for tag, found in shown.tags if tag == "li" and found.get("aria-current")]
    assert now["class"] == "now"


async def test_a_day_counted_over_a_year_not_announced_yet_is_marked(portal: Portal) -> None:
    await portal.sign_in("resident")
    assert "holidays are not announced yet" not in (await portal.browser.open(PAGE)).text

    clock = {"name": "triage", "until": "2027-01-04", "state": "running", "provisional": True}
    portal.services.says(THE_CASE, a_case(due="2027-01-04", clocks=[clock]))

    assert "holidays are not announced yet" in (await portal.browser.open(PAGE)).text


async def test_what_comes_back_shows_its_filings_and_the_first_words_and_the_visits_to_come(
    portal: Portal,
) -> None:
    await portal.sign_in("coordinator")
    earlier = {"id": str(uuid4()), "reference": "SJ-FIRST", "category": "other", "subcategory": "bar_music"}
    filings = [
        {**earlier, "stage": "closed", "status": "withdrawn"},
        {
            **earlier,
            "id": str(CASE),
            "reference": REFERENCE,
            "stage": "supervise",
            "status": "being_confirmed",
        },
    ]
    visit = {"id": str(uuid4()), "visited_on": None, "lasting": None, "note": None}
    said = {
        "role_in_case": "coordinator",
        "earlier_words": "白得像白天",
        "conflict": {"filings": 2, "cases": filings},
        "visits": [{**visit, "due": "2027-01-01", "provisional": True}],
    }
    portal.services.says(THE_CASE, a_case(**said))

    shown = await portal.browser.open(PAGE)

    assert "filed 2 times" in shown.text
    assert f'href="/cases/{earlier["id"]}"' in shown.answer.text
    assert "白得像白天" in shown.text
    assert "provisional: the calendar of 2027 is not entered yet" in shown.text


async def test_a_matter_that_ended_says_how_long_it_took_and_how_much_of_that_elsewhere(
    portal: Portal,
) -> None:
    await portal.sign_in("resident")
    station = {"id": str(uuid4()), "authority_label": "Court station", "part": "all", "sent_on": "2026-03-20"}
    back = {"until": "2026-04-10", "received_on": "2026-03-21", "returned_on": "2026-04-02"}
    ended = {"type": "case_closed", "text": "Closed.", "actor_role": "system", "on": "2026-05-11"}
    over = {"stage": "closed", "status": "solved", "filed_on": "2026-03-12"}
    portal.services.says(THE_CASE, a_case(**over, referrals=[station | back]))
    portal.services.says(f"GET /complaints/v1/cases/{CASE}/history", {"items": [HISTORY, ended]})

    shown = (await portal.browser.open(PAGE)).text

    assert "60 days in all · 12 of them with Court station" in shown


def stages(shown: Shown) -> list[str | None]:
    how = [found.get("class") for tag, found in shown.tags if tag == "li"]
    return [one for one in how if one in ("done", "now", "later")]


async def test_what_ended_stands_where_it_ended_and_says_how_it_went(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    answered = {"on": "2026-05-10", "side": "complainant", "solved": True, "score": 4, "comment": "能睡了"}
    silent = {"on": "2026-05-11", "side": "respondent", "solved": False, "score": 2, "slip": "phone"}
    over = {"role_in_case": "coordinator", "stage": "closed", "how_it_went": [answered, silent]}
    portal.services.says(THE_CASE, a_case(**over, status="unsolved", ended_in="review"))

    shown = await portal.browser.open(PAGE)

    assert "solved · 4 of 5" in shown.text
    assert "能睡了" in shown.text
    assert "not solved · 2 of 5 By telephone" in shown.text
    assert stages(shown) == ["done"] * 6
    portal.services.says(THE_CASE, a_case(stage="closed", status="withdrawn", ended_in="hear"))
    shown = await portal.browser.open(PAGE)
    assert stages(shown) == ["done"] + ["later"] * 5


async def test_everything_that_was_told_with_it_and_every_way_to_an_authority_can_be_read(
    portal: Portal,
) -> None:
    await portal.sign_in("coordinator")
    pause = {"since": "2026-03-16", "text": "13 April + 4 days → 17 April"}
    month = {"name": "mediation", "until": "2026-04-17", "state": "running", "pauses": [pause]}
    answer = {"name": "answer", "until": "2026-03-09", "state": "missed", "late_days": 3}
    lies = {"id": str(uuid4()), "authority_label": "Police", "part": "unlawful", "sent_on": "2026-03-12"}
    came_back = {"received_on": "2026-03-13", "returned_on": "2026-03-20", "result": "remedied"}
    told = {
        "role_in_case": "coordinator",
        "details": [{"question": "Where heard", "said": "Bedroom", "sensitive": False}],
        "happening_now": True,
        "occurred_at": "2026-03-11T15:30:00Z",
        "tier": "urgent",
        "clocks": [month, {**answer, "escalation_step": "captain"}],
        "due": None,
        "helped": {"relation": "kin", "consent_how": "phone", "consent_at": "2026-03-12T02:00:00Z"},
        "withdrawal": {"reason": "moved", "note": None, "pressured": True},
        "referrals": [
            {**lies, "until": "2026-04-02", "chased": 2},
            {**lies, "until": "2026-04-02", "document_no": "沪公 12", **came_back},
        ],
    }
    portal.services.says(THE_CASE, a_case(**told))

    shown = (await portal.browser.open(PAGE)).text

    for words in (
        "Where heard Bedroom",
        "happening when it was reported",
        "Urgent",
        "13 April + 4 days → 17 April",
        "3 days late",
        "taken up by the building captain",
        "Family",
        "By telephone",
        "said to be under pressure",
        "not confirmed yet",
        "asked again 2 times",
        "沪公 12",
    ):
        assert words in shown, words


async def test_of_a_hidden_filing_the_respondent_reads_the_half_month_and_no_day(portal: Portal) -> None:
    await portal.sign_in("merchant")
    hidden = {"filed_on": "2026-03-01", "filed_on_is_half_month": True}
    portal.services.says(THE_CASE, a_case(role_in_case="respondent", due=None, clocks=[], **hidden))
    first = {**HISTORY, "at": None, "on": "2026-03-01"}
    portal.services.says(f"GET /complaints/v1/cases/{CASE}/history", {"items": [first]})

    shown = await portal.browser.open(PAGE)

    assert "first half of March" in shown.text
    assert "1 March" not in shown.text


async def test_what_people_wrote_stays_text(portal: Portal) -> None:
    await portal.sign_in("resident")

    shown = await portal.browser.open(PAGE)

    assert "<script>" not in shown.answer.text
    assert "&lt;script&gt;" in shown.answer.text


async def test_when_mediation_is_away_the_case_shows_what_it_has(portal: Portal) -> None:
    await portal.sign_in("resident")
    portal.services.says(THE_CASE, a_case(mediation={"id": str(MEDIATION), "status": "opened"}))
    portal.services.refuses(THE_MEDIATION, 503, "unavailable", "away")

    shown = await portal.browser.open(PAGE)

    assert shown.status == 200
    assert "The mediation service cannot be reached" in shown.text
    assert REFERENCE in shown.text


async def test_somebody_elses_case_is_like_a_missing_one(portal: Portal) -> None:
    await portal.sign_in("resident")
    portal.services.refuses(THE_CASE, 404, "not_found", "Not found, or not yours to see.")

    theirs = await portal.browser.open(PAGE)
    none = await portal.browser.open("/cases/not-an-id")

    assert (theirs.status, none.status) == (404, 404)


async def test_a_closed_case_can_be_reported_anew_by_the_one_who_complained(portal: Portal) -> None:
    await portal.sign_in("resident")
    again = f"/file?category=noise&continues={REFERENCE}"
    offered = {}
    for role in ("complainant", "respondent"):
        portal.services.says(THE_CASE, a_case(role_in_case=role, stage="closed", status="withdrawn"))
        shown = await portal.browser.open(PAGE)
        offered[role] = any(found.get("href") == again for _, found in shown.tags)

    assert offered == {"complainant": True, "respondent": False}


async def test_work_records_stand_on_the_page_of_those_who_work_on_the_case_alone(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    record = {
        "id": str(uuid4()),
        "at": "2026-03-12T09:00:00Z",
        "actor_role": "coordinator",
        "methods": [{"code": "others_shoes", "label": "In the other's shoes"}],
        "rungs": [],
        "note": "上门两次",
        "said": None,
    }
    asked = f"GET /complaints/v1/cases/{CASE}/work"
    portal.services.says(asked, {"items": [record], "rungs": []})

    portal.services.says(THE_CASE, a_case(role_in_case="coordinator", rungs=["self"]))
    shown = (await portal.browser.open(PAGE)).text
    assert "上门两次" in shown
    assert "In the other's shoes" in shown
    assert "By whose strength" in shown

    portal.services.says(THE_CASE, a_case(role_in_case="complainant", rungs=["self"]))
    theirs = (await portal.browser.open(PAGE)).text
    assert "上门两次" not in theirs
    assert "By whose strength" not in theirs
    assert len(portal.services.times(asked)) == 1
