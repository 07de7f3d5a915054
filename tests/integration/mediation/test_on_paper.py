"""A party without an account takes part from the yes to the signature, by what they sign by hand and say themselves."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import uuid4

from shared.clock import local_day
from tests.integration.mediation.neighbourhood import Case, Neighbourhood

YES_SCAN, SCAN = str(uuid4()), str(uuid4())


def sheet(case: Case, **more: Any) -> dict[str, Any]:
    return {
        "party": str(case.hill.lin.member_id),
        "hand": "fingerprint",
        "signed_on": local_day(case.hill.clock.now()).isoformat(),
        "witness": "吴伯",
        "witness_apart": True,
        "evidence_ids": [str(uuid4())],
        **more,
    }


async def without_account(hill: Neighbourhood) -> Case:
    """Lin cannot sign in: the register has no mail address of hers."""
    await hill.tell(hill.registered(hill.lin, signs_in=False))
    return await hill.opened()


async def drafted_without_account(hill: Neighbourhood) -> Case:
    case = await without_account(hill)
    await case.do(hill.zhou, "consent/on-paper", sheet(case, separate=False, evidence_ids=[YES_SCAN]))
    await case.do(hill.ma, "consent")
    await case.do(hill.zhou, "nominate", {"mediator_id": str(hill.gu.member_id)})
    await case.do(hill.gu, "take")
    await case.do(hill.gu, "slots")
    slots = (await case.view(hill.gu))["slots"]
    said = {"answers": [{"slot_id": slot["slot_id"], "answer": "yes"} for slot in slots]}
    await case.do(hill.gu, "answers/by-mouth", said | {"party": str(hill.lin.member_id)})
    await case.do(hill.ma, "answers", said)
    await case.do(hill.gu, "schedule", {"slot_id": slots[0]["slot_id"]})
    session = (await case.view(hill.gu))["session"]
    hill.clock.advance(datetime.fromisoformat(session["starts_at"]) - hill.clock.now())
    await case.do(hill.gu, "minutes", {"text": "双方谈了后门"})
    await case.do(hill.gu, "agreement", case.draft())
    return case


async def test_from_the_yes_to_the_effect_by_hand_and_by_mouth(hill: Neighbourhood) -> None:
    case = await drafted_without_account(hill)
    words = (await case.view(hill.zhou))["agreement"]["content_hash"]
    again = await case.on_agreement(
        hill.gu, "sign/on-paper", sheet(case, content_hash=words, evidence_ids=[YES_SCAN])
    )
    assert (again.status_code, again.json()["errors"][0]["pointer"]) == (422, "/evidence_ids/0")
    signed = sheet(case, content_hash=words, evidence_ids=[SCAN])
    assert (await case.on_agreement(hill.gu, "sign/on-paper", signed)).status_code == 200
    assert (await case.on_agreement(hill.ma, "sign", hill.meant(hill.ma, words))).status_code == 200
    for official in (hill.gu, hill.zhou):
        assert (await case.on_agreement(official, "mark")).status_code == 200

    assert (await case.view(hill.ma))["status"] == "performing"
    by_lin, by_ma, *_ = (await case.view(hill.ma))["agreement"]["signatures"]
    assert (by_lin["by_hand"], by_lin["sheet"], by_ma["by_hand"]) == ("fingerprint", None, None)
    read = (await case.view(hill.zhou))["agreement"]["signatures"][0]["sheet"]
    assert (read["witness"], read["evidence_ids"]) == ("吴伯", [SCAN])
    told = [one["data"] for one in await case.told() if one["type"] == "paper_entered"]
    assert [(one["word"], one["to"]) for one in told] == [
        ("consent", [str(hill.lin.member_id)]),
        ("signature", [str(hill.lin.member_id)]),
    ]
    assert "吴伯" not in json.dumps([one["data"] for one in await case.told()], ensure_ascii=False)


async def test_whoever_got_an_account_meanwhile_signs_themselves(hill: Neighbourhood) -> None:
    case = await drafted_without_account(hill)
    await hill.tell(hill.registered(hill.lin, signs_in=True))
    words = (await case.view(hill.zhou))["agreement"]["content_hash"]
    refused = await case.on_agreement(hill.gu, "sign/on-paper", sheet(case, content_hash=words))
    assert (refused.status_code, "party_has_account" in refused.text) == (409, True)
    assert (await case.on_agreement(hill.lin, "sign", hill.meant(hill.lin, words))).status_code == 200


async def test_nobody_enters_a_word_of_whoever_has_an_account_or_of_whom_nothing_is_known(
    hill: Neighbourhood,
) -> None:
    case = await hill.opened()
    assert not [name for name in (await case.view(hill.zhou))["possible"] if "on-paper" in name]
    for word in ("consent/on-paper", "refuse/on-paper"):
        refused = await case.ask(hill.zhou, word, sheet(case))
        assert (refused.status_code, "party_has_account" in refused.text) == (409, True)


async def test_whose_mail_address_was_taken_out_meanwhile_is_not_spoken_for(hill: Neighbourhood) -> None:
    await hill.tell(hill.registered(hill.lin, signs_in=True))
    case = await hill.opened()
    await hill.tell(hill.registered(hill.lin, signs_in=False))
    for word in ("consent/on-paper", "refuse/on-paper"):
        refused = await case.ask(hill.zhou, word, sheet(case))
        assert (refused.status_code, "party_has_account" in refused.text) == (409, True)
    assert not [name for name in (await case.view(hill.zhou))["possible"] if "on-paper" in name]


async def test_neither_a_party_nor_a_mediator_before_they_lead_enters_a_yes(hill: Neighbourhood) -> None:
    case = await without_account(hill)
    assert (await case.ask(hill.ma, "consent/on-paper", sheet(case))).status_code == 403
    assert (await case.ask(hill.gu, "consent/on-paper", sheet(case))).status_code == 404


async def test_a_no_on_paper_ends_it_and_the_other_side_does_not_learn_whose_it_was(
    hill: Neighbourhood,
) -> None:
    case = await without_account(hill)
    await case.do(hill.zhou, "refuse/on-paper", sheet(case))
    seen, read = await case.view(hill.ma), await case.view(hill.zhou)
    assert (seen["status"], seen["refused_by"], seen["refused_sheet"]) == ("ended", None, None)
    assert (read["refused_by"], read["refused_sheet"]["hand"]) == (str(hill.lin.member_id), "fingerprint")


async def test_a_sheet_names_a_witness_apart_and_has_a_picture(hill: Neighbourhood) -> None:
    case = await without_account(hill)
    for field, wrong in (("witness_apart", False), ("witness", " "), ("evidence_ids", []), ("hand", "seal")):
        answer = await case.ask(hill.zhou, "consent/on-paper", sheet(case, **{field: wrong}))
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == f"/{field}"
