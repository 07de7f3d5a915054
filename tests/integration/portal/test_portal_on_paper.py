"""What a party without an account signed by hand, entered with the picture of its sheet and shown beside it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from tests.integration.portal.conftest import Portal
from tests.integration.portal.test_portal_evidence import (
    ADD,
    JPEG,
    PAGE,
    PIECE,
    THE_CASE,
    THE_MEDIATION,
    THE_PIECES,
    a_piece,
    upload,
)
from tests.integration.portal.town import (
    AGREEMENT,
    LIN,
    MEDIATION,
    a_case,
    a_mediation,
    a_receipt,
    an_agreement,
)

SHEET = {"hand": "fingerprint", "signed_on": "2026-03-24", "witness": "吴伯", "evidence_ids": [str(PIECE)]}


async def test_a_signature_by_hand_goes_with_the_picture_of_its_sheet_and_names_the_words_shown(
    portal: Portal,
) -> None:
    # given
    await portal.sign_in("mediator")
    case = a_case("evidence", role_in_case="mediator", mediation={"id": str(MEDIATION), "status": "signing"})
    portal.services.says(THE_CASE, case)
    party = {"side": "complainant", "label": "住户甲", "member_id": str(LIN), "no_account": True}
    signing = a_mediation("sign/on-paper", status="signing", agreement=an_agreement(), parties=[party])
    portal.services.says(THE_MEDIATION, signing)
    portal.services.says(ADD, a_receipt(evidence_id=str(PIECE)), 201)
    enter = f"POST /mediation/v1/agreements/{AGREEMENT}/sign/on-paper"
    portal.services.says(enter, {"next": "Entered."})
    shown = await portal.browser.open(PAGE)
    assert "ab" * 32 in shown.text
    # when
    said = {"party": str(LIN), "hand": "fingerprint", "signed_on": "2026-03-24", "witness": "吴伯"}
    typed = said | {
        "content_hash": "ab" * 32,
        "witness_apart": "yes",
        "read": "yes",
        "target": str(AGREEMENT),
    }
    assert (await upload(portal, "sign_on_paper", JPEG, file_kind="photo", **typed)).goes_to == PAGE
    # then
    [sent] = portal.services.times(enter)
    named = {"content_hash": "ab" * 32, "witness_apart": True, "evidence_ids": [str(PIECE)]}
    assert sent.json == said | named
    agreement = an_agreement()
    agreement["signatures"] = [
        {"by": "party", "label": "住户甲", "on": "2026-03-24", "by_hand": "fingerprint", "sheet": SHEET}
    ]
    portal.services.says(THE_MEDIATION, a_mediation(status="signing", agreement=agreement, parties=[party]))
    portal.services.says(THE_PIECES, {"items": [a_piece(added_by="mediator")]})
    page = (await portal.browser.open(PAGE)).text
    assert "Entered as signed by hand with a fingerprint" in page
    assert "witness: 吴伯" in page


CHANGE = an_agreement(id=str(UUID(int=77)), content_hash="cd" * 32, replaces=[])


@pytest.mark.parametrize(
    ("status", "change", "named"), [("signing", None, "ab" * 32), ("performing", CHANGE, "cd" * 32)]
)
async def test_the_words_to_sign_by_hand_are_printed_from_where_the_sheet_is_entered(
    portal: Portal, status: str, change: dict[str, Any] | None, named: str
) -> None:
    await portal.sign_in("mediator")
    case = a_case("evidence", role_in_case="mediator", mediation={"id": str(MEDIATION), "status": status})
    portal.services.says(THE_CASE, case)
    party = {"side": "complainant", "label": "住户甲", "member_id": str(LIN), "no_account": True}
    words = {"agreement": an_agreement(), "amendment": change}
    portal.services.says(THE_MEDIATION, a_mediation("sign/on-paper", status=status, parties=[party], **words))
    page = await portal.browser.open(PAGE)
    _, _, step = page.answer.text.partition('id="step-sign_on_paper"')
    above, _, _ = step.partition("<form")
    assert named in above
    assert f'href="/papers/agreements/{AGREEMENT}/document.pdf"' in above


async def test_a_yes_and_a_no_on_paper_stand_on_the_page_of_those_who_may_enter_them(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    case = a_case("evidence", role_in_case="coordinator", mediation={"id": str(MEDIATION), "status": "ended"})
    portal.services.says(THE_CASE, case)
    portal.services.says(THE_PIECES, {"items": [a_piece(added_by="coordinator")]})
    party = {"side": "complainant", "label": "住户甲", "member_id": str(LIN), "sheet": SHEET}
    ended = a_mediation(status="ended", parties=[party], refused_sheet=SHEET | {"hand": "pen"})
    portal.services.says(THE_MEDIATION, ended)
    page = await portal.browser.open(PAGE)
    assert "Yes on paper" in page.text
    assert "by hand with a pen, before a witness" in page.text
    assert page.answer.text.count(f'src="{PAGE}/evidence/{PIECE}"') >= 2


async def test_the_yes_of_whoever_has_no_account_is_asked_for_with_their_wishes(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    status = "awaiting_consent"
    case = a_case("evidence", role_in_case="coordinator", mediation={"id": str(MEDIATION), "status": status})
    portal.services.says(THE_CASE, case)
    parties = [
        {
            "side": "complainant",
            "label": "住户甲",
            "member_id": str(LIN),
            "no_account": True,
            "consented": False,
        },
        {"side": "respondent", "label": "商家", "member_id": str(PIECE), "consented": False},
    ]
    possible = ("consent/on-paper", "refuse/on-paper")
    portal.services.says(THE_MEDIATION, a_mediation(*possible, status=status, parties=parties))
    portal.services.says(ADD, a_receipt(evidence_id=str(PIECE)), 201)
    enter = f"POST /mediation/v1/mediations/{MEDIATION}/consent/on-paper"
    portal.services.says(enter, {"next": "Entered."})
    page = await portal.browser.open(PAGE)
    assert "Enter a refusal signed on paper" in page.text
    assert f'value="{LIN}"' in page.answer.text
    assert f'value="{PIECE}"' not in page.answer.text
    said = {"party": str(LIN), "hand": "pen", "signed_on": "2026-03-24", "witness": "吴伯"}
    typed = said | {"witness_apart": "yes", "separate": "yes", "target": str(MEDIATION)}
    assert (await upload(portal, "consent_on_paper", JPEG, file_kind="photo", **typed)).goes_to == PAGE
    [sent] = portal.services.times(enter)
    named = {"witness_apart": True, "separate": True, "languages": [], "evidence_ids": [str(PIECE)]}
    assert sent.json == said | named
