"""A longer month and the end of a direct settlement, over HTTP."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import pypdfium2

from tests.integration.complaints.town import Town, done, member_of
from tests.support import files
from tests.support.http import Client
from tests.support.tokens import proof_for, token_for

PROMISE = {"owner_side": "respondent", "what": "十点关后门", "measure": "门上告示", "due_on": "2026-04-01"}


async def signs(town: Town, by: Client, case_id: str, **words: Any) -> httpx.Response:
    """It is settled, by the code for just these words."""
    path = f"/v1/cases/{case_id}"
    named = (
        words.get("agrees_to") or done(await by.post(f"{path}/settlement/words", json=words))["words_hash"]
    )
    proof = proof_for(by.actor, named, now=town.clock.now())
    return await by.post(f"{path}/conclude", json={"result": "settled", "proof": proof, **words})


async def test_a_longer_month_by_consent_of_all(town: Town):
    case_id = await town.answered(identity="hidden")
    form = {"until": "2026-05-11", "reason": "我怀孕了,想慢一点"}
    receipt = done(await town.lin.post(f"/v1/cases/{case_id}/extension", json=form))
    assert receipt["clock"] == {"name": "mediation", "until": "2026-04-13"}
    asked = done(await town.ma.get(f"/v1/cases/{case_id}"))["extension"]
    assert asked == {"until": "2026-05-11", "agreed": 1, "needed": 2, "awaited": True, "reason": None}
    assert (await town.zhou.post(f"/v1/cases/{case_id}/extension/consent", json={})).status_code == 403
    receipt = done(await town.ma.post(f"/v1/cases/{case_id}/extension/consent", json={}))
    assert receipt["clock"] == {"name": "mediation", "until": "2026-05-11"}
    told = [event.data for event in await town.told(case_id) if event.type.endswith("month_extended.v1")]
    assert [str(one.mediation_until) for one in told] == ["2026-05-11"]
    history = done(await town.ma.get(f"/v1/cases/{case_id}/history"))
    assert "怀孕" not in str(history)
    again = {"until": "2026-05-01", "reason": "早一点"}
    answer = await town.zhou.post(f"/v1/cases/{case_id}/extension", json=again)
    assert done(answer, 422)["errors"][0]["pointer"] == "/until"


async def test_a_direct_settlement_ends_in_surveys_and_closes(town: Town):
    case_id = await town.answered()
    done(await town.zhou.post(f"/v1/cases/{case_id}/route", json={"path": "direct"}))
    assert done(await signs(town, town.ma, case_id, note="说好了"))["stage"] == "deliberate"
    assert done(await signs(town, town.lin, case_id, note="说好了"))["stage"] == "review"
    for party in (town.lin, town.ma):
        receipt = done(await party.post(f"/v1/cases/{case_id}/survey", json={"solved": True, "score": 5}))
    assert (receipt["stage"], receipt["status"]) == ("closed", "solved")


async def test_the_sides_settle_it_in_words_that_the_other_reads_and_agrees_to(town: Town):
    case_id = await town.answered()
    path = f"/v1/cases/{case_id}"
    done(await town.zhou.post(f"{path}/route", json={"path": "direct"}))
    done(await signs(town, town.ma, case_id, note="一人退一步", promises=[PROMISE]))
    [told] = [one for one in await town.told(case_id) if one.type.endswith("settlement_to_answer.v1")]
    assert told.data.to == (member_of(town.lin),)

    [line] = done(await town.lin.get("/v1/cases", params={"needs_me": True}))["items"]
    assert line["id"] == case_id
    seen = done(await town.lin.get(path))["settlement"]
    assert seen["words"][0]["promises"] == [PROMISE]
    assert seen["words"][0]["by_code"] is True
    assert done(await town.ma.get(path))["settlement"]["to_agree_to"] is None
    sheet = done(await town.ma.get(f"{path}/settlement"))
    assert "还缺：另一方的表示。" in sheet["lines"]
    refused = done(await signs(town, town.lin, case_id, agrees_to="0" * 64), 409)
    assert refused["type"] == "/problems/other_settlement_words"
    receipt = done(await signs(town, town.lin, case_id, agrees_to=seen["to_agree_to"]))
    assert (receipt["stage"], receipt["status"]) == ("act", "keeping_settlement")
    assert receipt["clock"] == {"name": "pledge", "until": "2026-04-01"}

    sheet = done(await town.lin.get(f"{path}/settlement"))
    for part in ("十点关后门", "自2026年3月13日起生效", seen["to_agree_to"], "一次性验证码签署"):
        assert any(part in line for line in sheet["lines"]), part
    assert not any("签名：" in line for line in sheet["lines"])
    pdf = await town.ma.get(f"{path}/settlement.pdf")
    assert (pdf.status_code, pdf.headers["content-type"]) == (200, "application/pdf")
    printed = "".join(one.get_textpage().get_text_bounded() for one in pypdfium2.PdfDocument(pdf.content))
    assert "双方自行和解书" in printed
    assert seen["to_agree_to"] in "".join(printed.split())
    for paper in ("settlement", "settlement.pdf"):
        assert (await town.sun.get(f"{path}/{paper}")).status_code == 404
        for role in ("resident", "merchant", "building_captain", "court_liaison"):
            assert (await (await town.newcomer(role)).get(f"{path}/{paper}")).status_code == 404


async def test_what_was_settled_is_said_to_be_done_by_who_owes_it_and_confirmed_by_the_other(town: Town):
    case_id = await a_settlement(town)
    path = f"/v1/cases/{case_id}"
    [owed] = done(await town.ma.get(path))["pledges"]
    assert (owed["yours"], owed["owner_side"], owed["what"], owed["measure"]) == (
        True,
        "respondent",
        "十点关后门",
        "门上告示",
    )
    pledge = f"{path}/pledges/{owed['id']}"
    assert (await town.lin.post(f"{pledge}/proof", json={"text": "x"})).status_code == 409
    assert (await town.sun.post(f"{pledge}/proof", json={"text": "x"})).status_code == 404
    photo = {"data": {"kind": "photo"}, "files": {"file": ("a.jpg", files.jpeg(), "image/jpeg")}}
    laid = f"{path}/evidence"
    theirs, own = [done(await by.post(laid, **photo), 201)["evidence_id"] for by in (town.lin, town.ma)]
    shows = {"text": "告示贴好了", "evidence_ids": [theirs]}
    [error] = done(await town.ma.post(f"{pledge}/proof", json=shows), 422)["errors"]
    assert (error["pointer"], error["code"]) == ("/evidence_ids", "unknown_evidence")
    assert (await town.lin.get(f"{laid}/{own}/content")).status_code == 404
    done(await town.ma.post(f"{pledge}/proof", json=shows | {"evidence_ids": [own]}))
    assert (await town.lin.get(f"{laid}/{own}/content")).status_code == 200
    [seen] = done(await town.lin.get(path))["pledges"]
    assert (seen["proof"], seen["evidence_ids"]) == ("告示贴好了", [own])
    assert "evidence_released" not in [one.type.split(".")[-2] for one in await town.told(case_id)]
    assert (await town.ma.post(f"{pledge}/confirm", json={})).status_code == 409
    assert case_id in [one["id"] for one in done(await town.lin.get("/v1/cases?needs_me=true"))["items"]]
    assert done(await town.lin.post(f"{pledge}/confirm", json={}))["stage"] == "review"
    kinds = [one.type.split(".")[-2] for one in await town.told(case_id)]
    assert kinds.count("settlement_reached") == kinds.count("pledge_proven") == 1
    assert "pledge_offered" not in kinds
    history = done(await town.lin.get(f"{path}/history"))
    assert "自愿" not in str(history)
    figures = done(await town.zhou.get("/v1/figures"))["total"]
    assert (figures["performed"]["met"], figures["performed"]["counted"], figures["broken"]) == (1, 1, 0)


async def test_words_that_nobody_signed_in_time_are_written_anew_by_either_side(town: Town):
    case_id = await town.answered()
    path = f"/v1/cases/{case_id}"
    done(await town.zhou.post(f"{path}/route", json={"path": "direct"}))
    done(await signs(town, town.ma, case_id, promises=[PROMISE]))
    assert "conclude" not in done(await town.ma.get(path))["possible"]
    old = done(await town.lin.get(path))["settlement"]["to_agree_to"]
    await town.later(days=20)
    for reader in (town.ma, town.lin):
        seen = done(await reader.get(path))
        assert "conclude" in seen["possible"]
        assert seen["settlement"]["to_agree_to"] is None
        assert seen["settlement"]["lacks"][0].startswith("其中一项承诺的日期已过")
    refused = done(await signs(town, town.lin, case_id, agrees_to=old), 409)
    assert refused["type"] == "/problems/settlement_day_over"
    later = PROMISE | {"due_on": "2026-05-01"}
    done(await signs(town, town.ma, case_id, promises=[later]))
    told = [one for one in await town.told(case_id) if one.type.endswith("settlement_to_answer.v1")]
    assert len(told) == 2
    seen = done(await town.lin.get(path))["settlement"]
    assert [one["promises"] for one in seen["words"]] == [[later]]
    receipt = done(await signs(town, town.lin, case_id, agrees_to=seen["to_agree_to"]))
    assert receipt["clock"] == {"name": "pledge", "until": "2026-05-01"}


async def test_what_was_settled_and_not_kept_may_go_to_mediation(town: Town):
    case_id = await a_settlement(town)
    path = f"/v1/cases/{case_id}"
    assert "route" not in done(await town.zhou.get(path))["possible"]
    await town.later(days=20)
    [missed] = [one.data for one in await town.told(case_id) if one.type.endswith("pledge_missed.v1")]
    assert (missed.settlement_of, missed.to) == ("respondent", (member_of(town.ma),))
    assert case_id in [one["id"] for one in done(await town.zhou.get("/v1/cases?needs_me=true"))["items"]]
    figures = done(await town.zhou.get("/v1/figures"))["total"]
    assert (figures["performed"]["met"], figures["performed"]["counted"], figures["broken"]) == (0, 1, 1)
    receipt = done(await town.zhou.post(f"{path}/route", json={"path": "mediation"}))
    assert receipt["status"] == "in_mediation"
    [lapsed] = done(await town.lin.get(path))["pledges"]
    assert (lapsed["status"], lapsed["what"]) == ("lapsed", "十点关后门")


async def a_settlement(town: Town) -> str:
    """Signed by both sides."""
    case_id = await town.answered()
    done(await town.zhou.post(f"/v1/cases/{case_id}/route", json={"path": "direct"}))
    done(await signs(town, town.ma, case_id, note="一人退一步", promises=[PROMISE]))
    seen = done(await town.lin.get(f"/v1/cases/{case_id}"))["settlement"]
    done(await signs(town, town.lin, case_id, agrees_to=seen["to_agree_to"]))
    return case_id


async def test_no_other_proof_settles_it(town: Town):
    case_id = await town.answered()
    path = f"/v1/cases/{case_id}"
    done(await town.zhou.post(f"{path}/route", json={"path": "direct"}))
    now = town.clock.now()
    named = done(await town.ma.post(f"{path}/settlement/words", json={"note": "说好了"}))["words_hash"]
    assert done(await town.ma.get(path))["settlement"] is None

    async def refused(by: Client, proof: str | None) -> str:
        body = {"result": "settled", "note": "说好了"} | ({"proof": proof} if proof else {})
        [error] = done(await by.post(f"{path}/conclude", json=body), 422)["errors"]
        assert error["pointer"] == "/proof"
        return str(error["code"])

    own = town.ma.actor
    assert await refused(town.ma, None) == "field_missing"
    assert await refused(town.ma, token_for(own, now=now)) == "proof_not_good"
    assert await refused(town.ma, proof_for(own, named, now=now - timedelta(minutes=10))) == "proof_not_good"
    assert await refused(town.ma, proof_for(town.lin.actor, named, now=now)) == "proof_of_another"
    assert await refused(town.ma, proof_for(own, "0" * 64, now=now)) == "proof_of_other_words"
    assert done(await town.ma.get(path))["settlement"] is None
    for other in (town.sun, await town.newcomer("merchant")):
        assert (await other.post(f"{path}/settlement/words", json={"note": "?"})).status_code == 404


async def test_signed_again_under_the_same_key_it_is_answered_alike_when_the_proof_is_over(town: Town):
    case_id = await town.answered()
    path = f"/v1/cases/{case_id}"
    done(await town.zhou.post(f"{path}/route", json={"path": "direct"}))
    named = done(await town.ma.post(f"{path}/settlement/words", json={"note": "说好了"}))["words_hash"]
    proof = proof_for(town.ma.actor, named, now=town.clock.now())
    body = {"result": "settled", "note": "说好了", "proof": proof}
    once = await town.ma.post(f"{path}/conclude", json=body, key="k")
    town.clock.advance(timedelta(minutes=30))
    twice = await town.ma.post(f"{path}/conclude", json=body, key="k")
    assert (once.status_code, twice.content) == (200, once.content)


async def test_an_alliance_may_ask_how_it_went_with_the_last_visit(town: Town):
    """Nobody is asked at the settlement; the day of the last visit passes, and then everybody is."""
    rule = {"value": "last_visit", "effective_from": "2026-03-12"}
    set_ = done(await town.zhou.put("/v1/rules/survey_after", json=rule))
    assert (set_["value"], set_["unit"]) == ("last_visit", "performance/last_visit")
    case_id = await town.answered()
    done(await town.zhou.post(f"/v1/cases/{case_id}/route", json={"path": "direct"}))
    receipt = done(await town.zhou.post(f"/v1/cases/{case_id}/conclude", json={"result": "settled"}))
    assert (receipt["stage"], receipt["status"]) == ("supervise", "to_be_visited")
    assert receipt["clock"] == {"name": "last_visit", "until": "2026-04-13"}
    assert "2026年4月13日" in receipt["next"]
    early = await town.lin.post(f"/v1/cases/{case_id}/survey", json={"solved": True, "score": 5})
    assert done(early, 409)["type"] == "/problems/not_now"
    assert await asked(town, case_id) == []
    await town.later(days=31)
    assert await asked(town, case_id) == []
    await town.later(days=1)
    assert len(await asked(town, case_id)) == 2
    shown = done(await town.lin.get(f"/v1/cases/{case_id}"))
    assert (shown["stage"], shown["surveys"][0]["closes_on"]) == ("review", "2026-04-21")
    await town.later(days=8)
    assert done(await town.lin.get(f"/v1/cases/{case_id}"))["stage"] == "closed"


async def asked(town: Town, case_id: str) -> list[object]:
    return [one for one in await town.told(case_id) if one.type.endswith("survey_requested.v1")]


async def test_no_agreement_names_the_other_routes(town: Town):
    case_id = await town.answered()
    done(await town.zhou.post(f"/v1/cases/{case_id}/route", json={"path": "topic"}))
    receipt = done(await town.lin.post(f"/v1/cases/{case_id}/conclude", json={"result": "no_agreement"}))
    assert receipt["status"] == "ended_without_agreement"
    assert "向法院起诉" in receipt["next"]
