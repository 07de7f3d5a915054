"""What a mediation brings onto a case's page: the mediator's notes, the agreement, its promises and its changes."""

from __future__ import annotations

from uuid import UUID, uuid4

from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import (
    AGREEMENT,
    COMMITMENT,
    LIN,
    MEDIATION,
    PAGE,
    THE_CASE,
    THE_MEDIATION,
    a_case,
    a_mediation,
    a_receipt,
    an_agreement,
    step,
)


async def test_the_agreement_is_signed_by_the_hash_that_was_shown(portal: Portal) -> None:
    await portal.sign_in("resident")
    portal.services.says(THE_CASE, a_case(mediation={"id": str(MEDIATION), "status": "signing"}))
    portal.services.says(THE_MEDIATION, a_mediation("sign", status="signing", agreement=an_agreement()))
    portal.services.says(f"POST /mediation/v1/agreements/{AGREEMENT}/sign", {"next": "Signed."})

    shown = await portal.browser.open(PAGE)
    assert "ab" * 32 in shown.text
    assert "后门22点关" in shown.text
    await portal.browser.send(shown, step("sign"), read="yes", code="１２３ 456")

    [sent] = portal.services.times(f"POST /mediation/v1/agreements/{AGREEMENT}/sign")
    assert sent.json == {"content_hash": "ab" * 32, "proof": "meant"}
    [given] = portal.services.times("POST /alliance/v1/me/signing-proofs")
    assert given.json == {"content_hash": "ab" * 32, "code": "123456"}


async def test_the_receipt_of_a_signature_names_the_hash_that_was_signed(portal: Portal) -> None:
    # given
    await portal.sign_in("resident")
    portal.services.says(THE_CASE, a_case(mediation={"id": str(MEDIATION), "status": "signing"}))
    portal.services.says(THE_MEDIATION, a_mediation("sign", status="signing", agreement=an_agreement()))
    portal.services.says(f"POST /mediation/v1/agreements/{AGREEMENT}/sign", {"next": "Signed."})
    shown = await portal.browser.open(PAGE)
    portal.services.says(THE_MEDIATION, a_mediation(status="performing"))
    # when
    await portal.browser.send(shown, step("sign"), read="yes", code="123456")
    # then
    receipt = (await portal.browser.open(PAGE)).text
    assert "ab" * 32 in receipt
    assert "the history keeps when, and not the code" in receipt
    assert "ab" * 32 not in (await portal.browser.open(PAGE)).text


async def test_the_day_of_an_oral_agreement_is_sent_and_left_out_where_nothing_was_written(
    portal: Portal,
) -> None:
    await portal.sign_in("mediator")
    portal.services.says(
        THE_CASE, a_case(role_in_case="mediator", mediation={"id": str(MEDIATION), "status": "drafting"})
    )
    portal.services.says(THE_MEDIATION, a_mediation("agreement", status="drafting"))
    drafting = f"POST /mediation/v1/mediations/{MEDIATION}/agreement"
    portal.services.says(drafting, {"next": "Drafted."})
    words = {
        "form": "oral",
        "terms": "后门关上",
        "promise_owner_side": "respondent",
        "promise_what": "关门",
        "promise_measure": "看门",
        "promise_due_on": "2026-04-01",
    }
    for day in ("2026-03-25", ""):
        shown = await portal.browser.open(PAGE)
        await portal.browser.send(shown, step("agreement"), **words, agreed_on=day)
    told, untold = (one.json for one in portal.services.times(drafting))
    assert told["agreed_on"] == "2026-03-25"
    assert "agreed_on" not in untold


async def test_whoever_leads_rereads_their_caucus_notes_and_for_nobody_else_they_are_asked_for(
    portal: Portal,
) -> None:
    # given
    notes = f"GET /mediation/v1/mediations/{MEDIATION}/caucus-notes"
    note = {
        "id": str(uuid4()),
        "side": "complainant",
        "text": "孩子夜里睡不着",
        "written_at": "2026-03-20T08:00:00Z",
    }
    portal.services.says(notes, {"items": [note]})
    portal.services.says(THE_CASE, a_case(mediation={"id": str(MEDIATION), "status": "scheduling"}))
    await portal.sign_in("mediator")
    # when somebody else leads
    portal.services.says(THE_MEDIATION, a_mediation(status="scheduling", mediator_id=str(uuid4())))
    assert "孩子夜里睡不着" not in (await portal.browser.open(PAGE)).text
    assert portal.services.times(notes) == []
    # when they lead themselves
    portal.services.says(THE_MEDIATION, a_mediation(status="scheduling", mediator_id=str(LIN)))
    shown = await portal.browser.open(PAGE)
    # then
    assert "孩子夜里睡不着" in shown.text
    assert "Only you can ever read it." in shown.text


async def test_a_commitment_is_confirmed_by_the_other_side_and_proven_by_its_owner(portal: Portal) -> None:
    await portal.sign_in("resident")
    portal.services.says(THE_CASE, a_case(mediation={"id": str(MEDIATION), "status": "performing"}))
    portal.services.says(
        THE_MEDIATION, a_mediation("proof", "confirm", status="performing", agreement=an_agreement())
    )
    portal.services.says(f"POST /mediation/v1/commitments/{COMMITMENT}/confirm", {"next": "Confirmed."})

    shown = await portal.browser.open(PAGE)
    await portal.browser.send(shown, step("confirm"))

    assert not shown.has_form(step("proof"))
    assert portal.services.times(f"POST /mediation/v1/commitments/{COMMITMENT}/confirm")


async def test_a_change_that_is_offered_is_read_and_signed_in_its_own_words(portal: Portal) -> None:
    await portal.sign_in("resident")
    change = str(UUID(int=77))
    amendment = {
        "id": change,
        "terms": "烟道不批,改装滤网",
        "content_hash": "cd" * 32,
        "replaces": [str(COMMITMENT)],
        "commitments": [{**an_agreement()["commitments"][0], "id": str(UUID(int=78)), "what": "装滤网"}],
        "signatures": [],
        "effective_on": None,
    }
    mediation = {"id": str(MEDIATION), "status": "performing"}
    portal.services.says(THE_CASE, a_case(mediation=mediation))
    portal.services.says(
        THE_MEDIATION, a_mediation("sign", "waive", agreement=an_agreement(), amendment=amendment)
    )
    signing = f"POST /mediation/v1/agreements/{change}/sign"
    portal.services.says(signing, a_receipt())

    shown = await portal.browser.open(PAGE)
    assert "烟道不批,改装滤网" in shown.text
    await portal.browser.send(shown, step("sign"), read="yes", code="123456")

    assert portal.services.times(signing)[0].json == {"content_hash": "cd" * 32, "proof": "meant"}
