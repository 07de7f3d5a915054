"""Where a child is concerned: what the guardian lets the child read, what is sealed, what is taken down."""

from __future__ import annotations

from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import CASE, REFERENCE, a_case, a_receipt

PAGE = f"/cases/{CASE}"
VIEW = f"GET /complaints/v1/cases/{CASE}/child-view"


async def test_a_guardian_lets_the_child_follow_on_a_page_in_words_for_a_child(portal: Portal) -> None:
    await portal.sign_in("resident")
    case = a_case("let-child-follow", minor=True, child_follows=True)
    portal.services.says(f"GET /complaints/v1/cases/{CASE}", case)
    let = f"POST /complaints/v1/cases/{CASE}/let-child-follow"
    portal.services.says(let, a_receipt())
    lines = ["The grown-ups are talking about what to do."]
    portal.services.says(
        VIEW, {"reference": REFERENCE, "stage": "deliberate", "lines": lines, "help": "Call 110."}
    )

    page = await portal.browser.open(PAGE)
    assert "closed throughout" in page.text
    await portal.browser.send(page, f"{PAGE}/steps/let_child_follow", allowed="yes")
    child = await portal.browser.open(f"{PAGE}/for-child")

    assert portal.services.times(let)[0].json == {"allowed": True}
    assert lines[0] in child.text
    assert "Call 110." in child.text
    assert not [form for form in child.forms if form.action.startswith(PAGE)]


async def test_for_whom_there_is_no_page_for_the_child_there_is_none(portal: Portal) -> None:
    await portal.sign_in("merchant")
    portal.services.refuses(VIEW, 404, "not_found", "Not there.")

    assert (await portal.browser.open(f"{PAGE}/for-child")).status == 404


async def test_the_coordinator_records_what_a_child_said_and_asks_for_a_post_to_be_taken_down(
    portal: Portal,
) -> None:
    await portal.sign_in("coordinator")
    case = a_case("child-heard", "takedown", minor=True, role_in_case="coordinator")
    portal.services.says(f"GET /complaints/v1/cases/{CASE}", case)
    heard, takedown = (f"POST /complaints/v1/cases/{CASE}/{name}" for name in ("child-heard", "takedown"))
    portal.services.says(heard, a_receipt(), 201)
    portal.services.says(takedown, a_receipt())

    page = await portal.browser.open(PAGE)
    said = {"words": "是我扔的。", "present": ["guardian", "volunteer"]}
    await portal.browser.send(page, f"{PAGE}/steps/child_heard", **said)
    await portal.browser.send(page, f"{PAGE}/steps/takedown", side="respondent")

    assert portal.services.times(heard)[0].json == said
    assert portal.services.times(takedown)[0].json == {"side": "respondent"}


async def test_the_side_that_posted_it_is_told_at_the_top_and_says_that_it_is_gone(portal: Portal) -> None:
    await portal.sign_in("merchant")
    case = a_case("taken-down", takedown_asked=True, role_in_case="respondent")
    portal.services.says(f"GET /complaints/v1/cases/{CASE}", case)
    gone = f"POST /complaints/v1/cases/{CASE}/taken-down"
    portal.services.says(gone, a_receipt())

    page = await portal.browser.open(PAGE)
    assert "take down at once" in page.text
    await portal.browser.send(page, f"{PAGE}/steps/taken_down")

    assert len(portal.services.times(gone)) == 1
