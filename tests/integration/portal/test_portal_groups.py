"""A group case on the portal: a like matter is shown before sending, and many are joined at once."""

from __future__ import annotations

from uuid import UUID, uuid4

from services.portal.numbers import number_of
from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import (
    AGREEMENT,
    BAR,
    CASE,
    MEDIATION,
    a_case,
    a_mediation,
    a_receipt,
    an_agreement,
)

PAGE = f"/cases/{CASE}"
THE_CASE = f"GET /complaints/v1/cases/{CASE}"
FILING = "POST /complaints/v1/cases"
SIMILAR = "POST /complaints/v1/cases/similar"
LEAD = str(uuid4())
WRITTEN = {
    "subcategory": "bar_music",
    "place_id": str(BAR),
    "description": "低音炮咚咚咚的",
    "step": "send",
}
ALIKE = {
    "id": LEAD,
    "place_id": str(BAR),
    "category": "noise",
    "filed_on": "2026-03-01",
    "filed_on_is_half_month": True,
    "reasons": ["same_place"],
}


async def test_a_like_matter_is_shown_before_anything_is_sent_and_joined_by_one_tick(
    portal: Portal,
) -> None:
    await portal.sign_in("resident")
    portal.services.says(SIMILAR, {"items": [ALIKE], "about": None})
    form = await portal.browser.open("/file?category=noise")

    asked = await portal.browser.send(form, "/file", **WRITTEN)
    assert "Complain together?" in asked.text
    assert not portal.services.times(FILING)
    assert asked.form("/file").fields["description"] == ["低音炮咚咚咚的"]

    await portal.browser.send(asked, "/file", joins=LEAD, **WRITTEN)
    [sent] = portal.services.times(FILING)
    assert sent.json["joins"] == LEAD


async def test_who_would_rather_not_files_their_own(portal: Portal) -> None:
    await portal.sign_in("resident")
    portal.services.says(SIMILAR, {"items": [ALIKE], "about": None})
    form = await portal.browser.open("/file?category=noise")

    asked = await portal.browser.send(form, "/file", **WRITTEN)
    await portal.browser.send(asked, "/file", joins="own", **WRITTEN)

    [sent] = portal.services.times(FILING)
    assert "joins" not in sent.json


async def test_the_coordinator_sees_what_else_a_filing_speaks_of_and_joins_many_at_once(
    portal: Portal,
) -> None:
    await portal.sign_in("coordinator")
    water = {"category": "sanitation", "subcategory": "dirty_water"}
    compared = {
        **ALIKE,
        "reference": "SJ-1",
        "subcategory": "bar_music",
        "score": 88,
        "other_matters": [water],
    }
    portal.services.says(
        f"{THE_CASE}/similar",
        {"items": [compared, {**compared, "reference": "SJ-2", "other_matters": []}], "other_matters": []},
    )
    portal.services.says(THE_CASE, a_case("gather", "split", role_in_case="coordinator"))
    portal.services.says(f"POST /complaints/v1/cases/{CASE}/gather", a_receipt())

    shown = await portal.browser.open(PAGE)
    assert "SJ-1 · 88% · same place · also: dirty water" in shown.text
    await portal.browser.send(shown, f"{PAGE}/steps/gather", references=["SJ-1", "SJ-2"])

    [sent] = portal.services.times(f"POST /complaints/v1/cases/{CASE}/gather")
    assert sent.json == {"references": ["SJ-1", "SJ-2"]}


async def test_the_other_side_reads_about_how_many_and_who_is_joined_finds_the_lead(portal: Portal) -> None:
    await portal.sign_in("merchant")
    portal.services.says(THE_CASE, a_case(role_in_case="respondent", households=30))
    assert "about 30 households" in (await portal.browser.open(PAGE)).text

    lead = {"reference": "SJ-9", "stage": "hear", "status": "served", "id": LEAD, "due": "2026-03-20"}
    portal.services.says(THE_CASE, a_case(status="joined", lead=lead))
    shown = await portal.browser.open(PAGE)
    assert any(found.get("href") == f"/cases/{LEAD}" for _, found in shown.tags)


FELLOWS = [
    {"id": str(uuid4()), "label": "Neighbour 3FA2", "words": "住了十年", "speaks": True, "votes": None},
    {"id": str(uuid4()), "label": "Neighbour 90B1", "is_you": True, "words": None, "votes": 1},
]
GROUP = {"nominate_until": "2026-03-16", "members": FELLOWS, "you_named": [FELLOWS[0]["id"]]}


async def test_neighbours_name_who_speaks_and_write_to_one_another(portal: Portal) -> None:
    await portal.sign_in("resident")
    possible = ("leads", "leads/accept", "thread")
    portal.services.says(THE_CASE, a_case(*possible, role_in_case="joined", group=GROUP))
    post = {
        "id": str(uuid4()),
        "label": "Neighbour 90B1",
        "is_you": True,
        "text": "他们老板住95弄",
        "held": True,
        "held_for": ["住95弄", "老板"],
        "on": "2026-03-13",
    }
    portal.services.says(f"{THE_CASE}/thread", {"items": [post]})
    for word in possible:
        portal.services.says(f"POST /complaints/v1/cases/{CASE}/{word}", a_receipt())

    shown = await portal.browser.open(PAGE)
    assert "silence is no vote" in shown.text
    assert "because of: 住95弄, 老板" in shown.text
    await portal.browser.send(shown, f"{PAGE}/steps/leads", members=[FELLOWS[1]["id"]])
    await portal.browser.send(shown, f"{PAGE}/steps/leads_accept", words="我愿意")
    await portal.browser.send(shown, f"{PAGE}/steps/thread", text="好")

    [named] = portal.services.times(f"POST /complaints/v1/cases/{CASE}/leads")
    assert named.json == {"members": [FELLOWS[1]["id"]]}
    assert portal.services.times(f"POST /complaints/v1/cases/{CASE}/leads/accept")
    assert portal.services.times(f"POST /complaints/v1/cases/{CASE}/thread")


def asked_to(word: str) -> str:
    return f"POST /complaints/v1/cases/{CASE}/speakers/{word}"


async def test_who_would_speak_at_the_session_says_so(portal: Portal) -> None:
    await portal.sign_in("resident")
    portal.services.says(THE_CASE, a_case("speakers/volunteer", role_in_case="joined", group=GROUP))
    portal.services.says(asked_to("volunteer"), a_receipt())
    shown = await portal.browser.open(PAGE)
    await portal.browser.send(shown, f"{PAGE}/steps/speakers_volunteer", willing="yes")
    assert portal.services.times(asked_to("volunteer"))[0].json == {"willing": True}


async def test_the_coordinator_has_it_drawn_and_all_can_check_the_lot(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    lucky = FELLOWS[0] | {"drawn": 1, "at_session": True, "member_id": LEAD}
    group = GROUP | {"members": [lucky, FELLOWS[1] | {"drawn": 2}], "lot": "7f7f", "drawn_on": "2026-08-10"}
    portal.services.says(THE_CASE, a_case("speakers/draw", role_in_case="coordinator", group=group))
    portal.services.says(asked_to("draw"), a_receipt())
    shown = await portal.browser.open(PAGE)
    for words in (
        "Drawn as number 2",
        "Speaks at the session",
        f"Number for inviting them: {number_of(UUID(LEAD))}",
        "7f7f",
    ):
        assert words in shown.text
    await portal.browser.send(shown, f"{PAGE}/steps/speakers_draw")
    assert portal.services.times(asked_to("draw"))[0].json == {}


async def test_the_coordinator_releases_a_word_with_parts_taken_out(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    portal.services.says(THE_CASE, a_case("thread/release", role_in_case="coordinator", group=GROUP))
    post = {
        "id": str(uuid4()),
        "label": "Neighbour 90B1",
        "text": "叛徒,住95弄",
        "held": True,
        "held_for": ["住95弄"],
        "on": "2026-03-13",
    }
    portal.services.says(f"{THE_CASE}/thread", {"items": [post]})
    address = f"POST /complaints/v1/cases/{CASE}/thread/{post['id']}/release"
    portal.services.says(address, a_receipt())

    shown = await portal.browser.open(PAGE)
    await portal.browser.send(shown, f"{PAGE}/steps/thread_release", target=post["id"], text="叛徒")

    [sent] = portal.services.times(address)
    assert sent.json == {"text": "叛徒"}


async def test_each_says_yes_or_no_to_the_draft_for_themselves(portal: Portal) -> None:
    await portal.sign_in("resident")
    mark = {"id": str(MEDIATION), "status": "agreement_drafted"}
    portal.services.says(THE_CASE, a_case(role_in_case="joined", group=GROUP, mediation=mark))
    opt_in = {"until": "2026-03-24", "yours": None, "agreed": 20}
    agreement = an_agreement(opt_in=opt_in)
    portal.services.says(
        f"GET /mediation/v1/mediations/{MEDIATION}",
        a_mediation("opt-in", status="signing", agreement=agreement),
    )
    address = f"POST /mediation/v1/agreements/{AGREEMENT}/opt-in"
    portal.services.says(address, {"next": "Noted."})

    shown = await portal.browser.open(PAGE)
    assert "About 20 households agree." in shown.text
    bare = await portal.browser.send(shown, f"{PAGE}/steps/opt_in", agrees="yes", read="yes")
    assert (bare.status, "agrees" in bare.form(f"{PAGE}/steps/opt_in").names) == (422, True)
    await portal.browser.send(shown, f"{PAGE}/steps/opt_in", agrees="no", read="yes")

    [sent] = portal.services.times(address)
    assert sent.json == {"content_hash": agreement["content_hash"], "agrees": False}
    assert not portal.services.times("POST /alliance/v1/me/signing-proofs")


async def test_who_is_bound_says_yes_or_no_to_a_change_by_its_own_words(portal: Portal) -> None:
    await portal.sign_in("resident")
    mark = {"id": str(MEDIATION), "status": "agreement_effective"}
    portal.services.says(THE_CASE, a_case(role_in_case="joined", group=GROUP, mediation=mark))
    change = {
        "id": str(uuid4()),
        "terms": "改装滤网",
        "content_hash": "cd" * 32,
        "replaces": [],
        "commitments": [],
        "signatures": [],
        "effective_on": None,
        "group_awaited": True,
    }
    portal.services.says(
        f"GET /mediation/v1/mediations/{MEDIATION}",
        a_mediation("opt-in", status="performing", agreement=an_agreement(), amendment=change),
    )
    address = f"POST /mediation/v1/agreements/{change['id']}/opt-in"
    portal.services.says(address, {"next": "Noted."})

    shown = await portal.browser.open(PAGE)
    assert "one no leaves everything as it was agreed" in shown.text
    await portal.browser.send(shown, f"{PAGE}/steps/opt_in", agrees="yes", read="yes", code="123456")

    [sent] = portal.services.times(address)
    assert sent.json == {"content_hash": "cd" * 32, "agrees": True, "proof": "meant"}
