"""What the sides settle themselves: read, agreed to in just these words, and kept."""

from __future__ import annotations

from uuid import uuid4

from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import CASE, PAGE, THE_CASE, a_case, a_receipt, a_settlement, step


async def test_the_other_side_reads_what_was_settled_and_agrees_to_just_these_words(portal: Portal) -> None:
    await portal.sign_in("resident")
    promise = {"owner_side": "respondent", "what": "十点关后门", "measure": "告示", "due_on": "2099-04-01"}
    settlement = a_settlement(promises=[promise])
    status = {"stage": "deliberate", "status": "settling_directly", "conclusions": ["settled"]}
    portal.services.says(THE_CASE, a_case("conclude", settlement=settlement, settles_by_code=True, **status))
    portal.services.says(f"POST /complaints/v1/cases/{CASE}/conclude", {"next": "Settled."})

    shown = await portal.browser.open(PAGE)
    for words in ("十点关后门", "Still missing: your word."):
        assert words in shown.text
    for paper in (f"{PAGE}/settlement", f"/papers/settlements/{CASE}.pdf"):
        assert any(found.get("href") == paper for _, found in shown.tags)
    await portal.browser.send(shown, step("conclude_agree/code"))
    await portal.browser.send(shown, step("conclude_agree"), read="yes", code="123 456")

    [asked] = portal.services.times("POST /alliance/v1/me/signing-codes")
    [proven] = portal.services.times("POST /alliance/v1/me/signing-proofs")
    [sent] = portal.services.times(f"POST /complaints/v1/cases/{CASE}/conclude")
    assert (asked.json, proven.json) == (
        {"content_hash": "ab" * 32},
        {"content_hash": "ab" * 32, "code": "123456"},
    )
    assert sent.json == {"result": "settled", "agrees_to": "ab" * 32, "proof": "meant"}


async def test_what_both_settled_is_done_by_who_owes_it_and_confirmed_by_the_other(portal: Portal) -> None:
    await portal.sign_in("resident")
    owed = {"due_on": "2099-04-01", "measure": "告示", "status": "proven", "missed": False}
    mine = owed | {"id": str(uuid4()), "yours": True, "owner_side": "complainant", "what": "先打电话"}
    theirs = owed | {"id": str(uuid4()), "yours": False, "owner_side": "respondent", "what": "十点关后门"}
    possible = ("pledges/proof", "pledges/confirm", "pledges/dispute")
    status = {"stage": "act", "status": "keeping_settlement"}
    portal.services.says(
        THE_CASE, a_case(*possible, settlement=a_settlement(), pledges=[mine, theirs], **status)
    )
    portal.services.says(f"POST /complaints/v1/cases/{CASE}/pledges/{theirs['id']}/confirm", a_receipt())

    shown = await portal.browser.open(PAGE)

    assert "Settled, being kept" in shown.text
    assert "Confirm that it is done as settled" in shown.text
    assert "Voluntary pledge" not in shown.text
    [confirm] = [form for form in shown.forms if form.action == step("pledges_confirm")]
    assert confirm.fields["target"] == [theirs["id"]]
    await portal.browser.send(shown, step("pledges_confirm"))
    assert portal.services.times(f"POST /complaints/v1/cases/{CASE}/pledges/{theirs['id']}/confirm")


async def test_a_side_settles_it_in_words_and_promises_of_its_own(portal: Portal) -> None:
    await portal.sign_in("resident")
    status = {"stage": "deliberate", "status": "settling_directly", "conclusions": ["settled"]}
    portal.services.says(THE_CASE, a_case("conclude", settles_by_code=True, **status))
    portal.services.says(f"POST /complaints/v1/cases/{CASE}/conclude", {"next": "Noted."})
    naming = f"POST /complaints/v1/cases/{CASE}/settlement/words"
    portal.services.says(naming, {"words_hash": "cd" * 32})
    shown = await portal.browser.open(PAGE)
    assert not shown.has_form(step("conclude_agree"))
    promise = {"owner_side": "complainant", "what": "先打电话", "measure": "通话记录", "due_on": "2099-04-01"}
    typed = {f"promise_{name}": [value] for name, value in promise.items()}
    coming_back = await portal.browser.send(
        shown, step("conclude_settle"), to=step("conclude_settle/code"), **typed
    )
    [asked] = portal.services.times("POST /alliance/v1/me/signing-codes")
    assert asked.json == {"content_hash": "cd" * 32}
    assert "cd" * 32 in coming_back.text
    assert not portal.services.times(f"POST /complaints/v1/cases/{CASE}/conclude")

    await portal.browser.send(coming_back, step("conclude_settle"), code="123456")

    assert [one.json for one in portal.services.times(naming)] == [{"promises": [promise]}] * 2
    [proven] = portal.services.times("POST /alliance/v1/me/signing-proofs")
    assert proven.json == {"content_hash": "cd" * 32, "code": "123456"}
    [sent] = portal.services.times(f"POST /complaints/v1/cases/{CASE}/conclude")
    assert sent.json == {"result": "settled", "promises": [promise], "proof": "meant"}


async def test_what_was_settled_directly_is_signed_by_each_side_and_that_it_was_not_is_said(
    portal: Portal,
) -> None:
    await portal.sign_in("resident")
    case = a_case("conclude", stage="deliberate", status="settling_directly", held_since="2026-03-10")
    portal.services.says(
        THE_CASE, case | {"conclusions": ["settled", "no_agreement"], "settles_by_code": True}
    )
    portal.services.says(f"POST /complaints/v1/cases/{CASE}/conclude", a_receipt())

    shown = await portal.browser.open(PAGE)
    assert "Both sides · since Tue 10 March" in shown.text
    offered = {found.get("value") for _, found in shown.tags if found.get("name") == "result"}
    assert offered == {"no_agreement"}
    assert shown.has_form(step("conclude_settle"))
    await portal.browser.send(shown, step("conclude"), result="no_agreement")

    [sent] = portal.services.times(f"POST /complaints/v1/cases/{CASE}/conclude")
    assert sent.json == {"result": "no_agreement"}
