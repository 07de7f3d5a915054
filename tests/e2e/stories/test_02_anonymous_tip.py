"""02: somebody unknown tells of gas cylinders and a chained exit: help first, and half of it is nobody's to agree."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import httpx

from cli.people import Person
from tests.e2e.stories.telling import Json, Matter, Story, mark, promise, refused, sign, span, stands, when

SHOP = "山北路112号"
TIP = (
    "112号饭店厨房里放了四个煤气瓶,旁边就是灶头,皮管子老化一股味道。后门用铁链锁着,楼上居民的逃生门也走不了。"
    "今天晚上有三桌年夜饭!"
)
SUMMARY = "112号厨房存放煤气瓶、后门锁闭,周边住户担心安全"
RESULT = "已核实,锁链已移除,已移交消防。"
ANSWER = "煤气瓶是临时的,天然气年前来不及通。后门锁是怕小偷。谁举报的?肯定是刚走的小王。"
TOO = "我家地板都是热的,小孩吓得不敢睡。逃生门到底还锁不锁?"
CYLINDERS_STAY = "同意煤气瓶继续放在厨房"
BETRAYING = ("年夜饭", "皮管子", "一股味道", "三桌")
PHONE = {"User-Agent": "KitchenHandsPhone/7"}
ADDRESS = "127.0.0.77"
"""Where the tip comes from; in no log is there a trace of either."""


async def test_help_comes_first_and_what_is_unlawful_is_nobodys_to_agree_on(story: Story) -> None:
    await story.at("2026-02-13 18:47")
    zhou, xu, zheng, dai, gu = await story.people("周敏", "徐桂英", "郑强", "戴敏", "顾国强")
    officer = await story.newcomer("消防参谋", "xiaofang-02@shanbei.example", "agency_officer")
    matter = await a_tip(story)
    staff = (zhou, xu)

    await somebody_has_it_in_hand(story, matter, zheng, *staff)
    await they_go_and_look(story, matter, zheng, *staff)
    await the_captain_knows_whom_to_carry(story, matter, *staff)
    await half_of_it_is_handed_over(story, matter, zhou, officer, zheng)
    await he_guesses_in_vain(story, matter, zheng, zhou)
    await the_unknown_one_looks(story, matter)
    await a_neighbour_is_troubled_too(story, matter, dai, zhou, zheng)
    await the_authority_returns_it(story, matter, officer, dai, zheng)
    await they_agree(story, matter, gu, zhou, dai, zheng)
    await they_keep_it(story, matter, dai, zheng)
    await they_look_back(story, matter, zhou, dai, zheng)
    await nobody_has_learnt_of_the_tip(matter, dai, zheng)
    no_log_knows_where_it_came_from(story)


async def a_tip(story: Story) -> Matter:
    """Without account and telephone, from the street: a number, a secret shown once, and whom to call first."""
    form = {
        "category": "fire_safety",
        "subcategory": "gas_cylinder_indoor",
        "place_id": await story.place(SHOP),
        "happening_now": True,
        "identity": "anonymous",
        "description": TIP,
    }
    async with httpx.AsyncClient(transport=httpx.AsyncHTTPTransport(local_address=ADDRESS)) as phone:
        answer = await phone.post(
            f"{story.stage.where.api('complaints')}/v1/cases",
            json=form,
            headers={"Idempotency-Key": str(uuid4()), "Accept-Language": "zh-CN", **PHONE},
        )
    assert answer.status_code == 201, answer.text
    receipt = answer.json()
    stands(receipt, "hear", "emergency", triage="2026-02-24")
    assert receipt["emergency"]["call"][0] == "119"
    assert receipt["lookup_secret"]
    return Matter(story, receipt)


async def somebody_has_it_in_hand(story: Story, matter: Matter, zheng: Person, *staff: Person) -> None:
    """Those on duty at once, and again after three minutes; the shop hears nothing."""
    zhou = staff[0]
    for one in staff:
        assert await matter.heard(one) == {"emergency_to_check": 1}
    await story.at("2026-02-13 18:50:30")
    for one in staff:
        assert (await matter.heard(one))["emergency_unanswered"] == 1
    await story.at("2026-02-13 18:51")
    await matter.does(zhou, "confirm-emergency")
    await story.at("2026-02-13 18:53")
    called = when("2026-02-13 18:52").isoformat()
    await matter.does(zhou, "hotline-calls", number="119", at=called)
    await story.at("2026-02-13 19:10")
    for one in staff:
        assert (await matter.heard(one))["emergency_unanswered"] == 1
    seen = await matter.seen(zhou, "emergency")
    assert (seen["confirmed_late"], [one["number"] for one in seen["calls"]]) == (False, ["119"])
    assert "hotline_called" in await matter.steps(zhou)
    assert await matter.heard(zheng) == {}
    await refused(matter.seen(zheng), 404)
    tip = {"category": "fire_safety", "subcategory": "gas_cylinder_indoor", "description": TIP}
    alike = tip | {"place_id": await story.place(SHOP)}
    assert (await zheng.post("complaints", "/v1/cases/similar", alike))["items"] == []


async def they_go_and_look(story: Story, matter: Matter, zheng: Person, *staff: Person) -> None:
    """What they found is kept, and a sentence of it is for everybody; nothing is taken on before."""
    zhou, xu = staff
    await story.at("2026-02-13 19:25")
    await refused(matter.does(zhou, "accept", shared_summary=SUMMARY), 409)
    await matter.does(
        zhou,
        "site-visits",
        present="消防",
        found="15公斤煤气瓶4个,后门铁链锁闭",
        done="铁链当场拆除,一桌客人离开",
        public_note=RESULT,
    )
    await story.at("2026-02-13 20:10:30")
    await refused(matter.does(xu, "lift-emergency", reason="已排除"), 403)
    stands(await matter.does(zhou, "lift-emergency", reason="铁链已拆,煤气瓶已搬离"), "hear", "filed")
    assert (await matter.seen(zhou, "emergency"))["minutes"] == 83
    assert await matter.heard(zheng) == {}


async def the_captain_knows_whom_to_carry(story: Story, matter: Matter, *staff: Person) -> None:
    """Marked by consent; shown to the captain alone, and that she looked is told to whose home it is."""
    zhou, xu = staff
    [chen] = await story.people("陈立新")
    home, building = await story.place("118弄3号501"), await story.place("118弄3号")
    await chen.put("alliance", f"/v1/places/{home}/carried-help", {"needed": True})
    duty = (await matter.seen(xu, "emergency"))["duty"]
    assert {"不要开关电灯、电器，不要按门铃。", "不要乘电梯。"} <= {*duty["dont"]}
    looks, which = f"/v1/places/{building}/carried-help/looks", {"case_id": matter.id}
    await refused(zhou.post("alliance", looks, which), 403)
    shown = (await xu.post("alliance", looks, which))["items"]
    assert [one["name"] for one in shown] == ["118弄3号501"]
    [own] = (await chen.get("alliance", "/v1/me/carried-help"))["items"]
    assert len(own["looked_at"]) == 1


async def half_of_it_is_handed_over(
    story: Story, matter: Matter, zhou: Person, officer: Person, zheng: Person
) -> None:
    """On a Saturday that is worked: the unlawful part to the authority, the month stands still from now."""
    await story.at("2026-02-14 09:00")
    accepted = await matter.does(zhou, "accept", shared_summary=SUMMARY)
    stands(accepted, "hear", mediation="2026-03-16")
    referral = {"note": "违法存放、锁闭部分请依法处理", "part": "unlawful", "officer_id": officer.id}
    papers = ["words", "site_visits"]
    await matter.does(zhou, "refer", authority="fire_rescue", papers=papers, **referral)
    seen = await matter.seen(zhou)
    stands(seen, "hear", "paused", referral="2026-03-13")
    assert seen["held_since"] == "2026-02-14"
    assert {one["name"]: one["state"] for one in seen["clocks"]}["triage"] == "met"
    [handed] = (await officer.get("complaints", "/v1/referrals", open="true"))["items"]
    assert [one["code"] for one in handed["papers"]] == papers
    assert handed["papers"][0]["text"] == TIP
    assert "18:47" not in json.dumps(handed)
    await refused(matter.seen(officer), 404)
    assert await matter.heard(zheng) == {"case_accepted": 1}
    await story.at("2026-02-14 10:10")
    await matter.is_served(zheng)


async def he_guesses_in_vain(story: Story, matter: Matter, zheng: Person, zhou: Person) -> None:
    """The system does not know who it was, and says what it says of every concealed name."""
    await matter.does(zheng, "answer", kind="dispute", text=ANSWER)
    right = await matter.does(zheng, "messages", to="complainant", text="是小王吧?")
    wrong = await matter.does(zheng, "messages", to="complainant", text="是楼上的吧?")
    assert right["next"] == wrong["next"]
    parties = (await matter.seen(zhou))["parties"]
    assert [one["member_id"] for one in parties if one["side"] == "complainant"] == [None]
    assert not {"emergency_confirmed", "hotline_called", "site_visited"} & {*await matter.steps(zheng)}


async def looked_up(story: Story, matter: Matter, secret: str) -> httpx.Response:
    form = {"reference": matter.reference, "secret": secret}
    return await story.stage.http.post(f"{story.stage.where.api('complaints')}/v1/lookups", json=form)


async def result_of(story: Story, matter: Matter) -> Json:
    answer = await looked_up(story, matter, matter.receipt["lookup_secret"])
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def the_unknown_one_looks(story: Story, matter: Matter) -> None:
    """With the secret what came of it, and of nobody; after five wrong ones for a while nothing at all."""
    await story.at("2026-02-16 11:00")
    found = await result_of(story, matter)
    assert [one["text"] for one in found["results"]] == [RESULT]
    assert "parties" not in found
    absent = Matter(story, matter.receipt | {"reference": "SJ-0000-0000-0"})
    nothing = (await looked_up(story, absent, "0000-0000-0000")).json()
    for _ in range(5):
        wrong = await looked_up(story, matter, "0000-0000-0000")
        assert (wrong.status_code, wrong.json()) == (404, nothing)
    right = await looked_up(story, matter, matter.receipt["lookup_secret"])
    assert (right.status_code, right.json()) == (404, nothing)
    await story.at("2026-02-16 11:16")
    await result_of(story, matter)


async def a_neighbour_is_troubled_too(
    story: Story, matter: Matter, dai: Person, zhou: Person, zheng: Person
) -> None:
    """Her own filing goes with the one there is; she is a party by name, and reads the neutral summary alone."""
    await story.at("2026-02-25 20:00")
    hers = await story.files(dai, SHOP, category="fire_safety", subcategory="exit_blocked", description=TOO)
    await story.at("2026-02-26 09:00")
    await hers.does(zhou, "join", lead_case_id=matter.id)
    await matter.does(zhou, "add-party", member_id=dai.id, side="complainant", capacity="neighbour")
    assert (await matter.heard(dai))["party_added"] == 1
    seen = await matter.seen(dai)
    assert (seen["identity"], seen["description"], seen["results"]) == ("named", None, [])
    assert seen["shared_summary"] == SUMMARY
    assert (await matter.steps(dai)) == ["party_added"]
    await refused(matter.seen(dai, "emergency"), 404)
    theirs = [one["member_id"] for one in (await matter.seen(zheng))["parties"]]
    assert theirs == [dai.id, zheng.id]


async def the_authority_returns_it(
    story: Story, matter: Matter, officer: Person, dai: Person, zheng: Person
) -> None:
    """Its result has a part for everybody; the month goes on, with the arithmetic on the screen."""
    await story.at("2026-03-06 15:00")
    await matter.does(officer, "referral-receipt")
    public = "已责令立即搬离煤气瓶,接通天然气,3月20日复查。"
    document = "沪消静〔2026〕32号"
    returned = {"note": "复查由三中队负责", "public_note": public, "document_no": document}
    await matter.does(officer, "return", result="ordered", **returned)
    for party in (dai, zheng):
        seen = await matter.seen(party)
        [referral] = seen["referrals"]
        assert (referral["public_note"], referral["document_no"]) == (public, document)
        assert "三中队" not in json.dumps(seen, ensure_ascii=False)
        stands(seen, "deliberate", mediation="2026-04-03")
        assert seen["held_since"] == "2026-03-06"
        [month] = [one for one in seen["clocks"] if one["name"] == "mediation"]
        [pause] = month["pauses"]
        reckoned = (pause["counted_before"], pause["days"], pause["counted_until"], pause["until"])
        assert reckoned == ("2026-03-14", 20, "2026-04-03", "2026-04-03")
    assert (await result_of(story, matter))["results"][-1]["text"] == public


async def they_agree(story: Story, matter: Matter, gu: Person, zhou: Person, *parties: Person) -> None:
    """On the private part alone: what the law forbids can be agreed on by nobody."""
    dai = parties[0]
    await matter.does(zhou, "route", path="mediation")
    assert (await matter.heard(gu)) == {}
    for party in parties:
        await matter.mediates(party, "consent", available=[span("2026-03-12", "13:00", "18:00")])
    await matter.mediates(zhou, "nominate", mediator_id=gu.id)
    await matter.mediates(gu, "take", relation="none")
    slot = (await matter.mediates(gu, "slots"))["slots"][0]
    for party in parties:
        answer = {"slot_id": slot["slot_id"], "answer": "yes"}
        await matter.mediates(party, "answers", answers=[answer])
    if (await matter.mediation(gu))["session"] is None:
        await matter.mediates(gu, "schedule", slot_id=slot["slot_id"])
    await story.at("2026-03-12 19:00")
    await matter.mediates(gu, "minutes", text="双方到场,只谈隔热、通道和补偿。")
    agreed: Json = {
        "form": "written",
        "facts": "112号楼上住户担心安全,地板发热。",
        "terms": "双方同意下列事项。",
        "commitments": [
            promise("respondent", "后门有人时不上锁,装推杠,传照片", "2026-03-20"),
            promise("respondent", "接通天然气,出示单据;此前只用电", "2026-03-31"),
            promise("respondent", "顶棚隔热,202室地面不高于室温3度", "2026-04-15"),
            promise("complainant", "约两个半天让师傅进门", "2026-04-10"),
        ],
    }
    unlawful = agreed | {"commitments": [promise("complainant", CYLINDERS_STAY, "2026-03-31")]}
    no = await refused(matter.mediates(gu, "agreement", **unlawful), 422, "allows_unlawful")
    assert "城镇燃气管理条例" in no["errors"][0]["detail"]
    drafted = (await matter.mediates(gu, "agreement", **agreed))["agreement"]
    await sign(drafted, *parties)
    await mark(drafted, gu, zhou)
    await story.rests()
    stands(await matter.seen(dai), "act", commitments="2026-04-15")
    assert (await matter.mediation(dai))["agreement"]["effective_on"] == "2026-03-12"


async def commitments(matter: Matter, by: Person) -> list[Json]:
    found: list[Json] = (await matter.mediation(by))["agreement"]["commitments"]
    return found


async def step(matter: Matter, by: Person, number: int, command: str, **form: Any) -> None:
    one = (await commitments(matter, by))[number]
    await by.post("mediation", f"/v1/commitments/{one['id']}/{command}", form)


async def they_keep_it(story: Story, matter: Matter, dai: Person, zheng: Person) -> None:
    """Each as agreed; one five days late by her consent, given while its day lasted: late, and not missed."""
    await story.at("2026-03-20 15:00")
    await step(matter, zheng, 0, "proof", text="见照片")
    await step(matter, dai, 0, "confirm")
    await story.at("2026-03-30 10:00")
    await step(matter, zheng, 1, "proof", text="见单据")
    await story.at("2026-03-31 10:00")
    await step(matter, dai, 1, "confirm")
    assert "confirmation_reminder" not in await matter.heard(dai)
    await story.at("2026-04-10 10:00")
    await step(matter, dai, 3, "proof", text="两个半天都在家")
    await step(matter, zheng, 3, "confirm")
    await story.at("2026-04-14 10:00")
    await step(matter, zheng, 2, "proof", text="已装隔热")
    await step(matter, dai, 2, "dispute", reason="量下来还高5度")
    await story.at("2026-04-15 20:00")
    await step(matter, dai, 2, "grant-day", until="2026-04-20")
    await story.at("2026-04-16 09:00")
    assert not {"commitment_overdue", "commitment_late"} & set(await matter.heard(zheng))
    await story.asks_with_the_last_visit("2026-04-20")
    await story.at("2026-04-20 10:00")
    await step(matter, zheng, 2, "proof", text="又加一层,量过了")
    await step(matter, dai, 2, "confirm")
    await story.rests()
    late = (await commitments(matter, dai))[2]
    assert (late["status"], late["late_days"], late["overdue"]) == ("confirmed", 5, False)


async def they_look_back(story: Story, matter: Matter, zhou: Person, *parties: Person) -> None:
    """With the last visit both are asked how it went, and the one nobody knows is not, who can look for ninety days."""
    seen = await matter.seen(zhou)
    stands(seen, "supervise", "to_be_visited", last_visit="2026-05-20")
    assert [visit["due"] for visit in seen["visits"]] == ["2026-04-27", "2026-05-20"]
    await story.at("2026-04-27 10:00")
    assert (await matter.heard(zhou))["return_visit_due"] == 1
    stands(await matter.does(zhou, "return-visits", lasting=True), "supervise", "to_be_visited")
    for party in parties:
        assert (await matter.heard(party))["survey_asked"] == 0
        await refused(matter.does(party, "survey", solved=True, score=4), 409)
    await story.at("2026-05-20 10:00")
    stands(await matter.does(zhou, "return-visits", lasting=True), "review", survey="2026-05-27")
    for party in parties:
        assert (await matter.heard(party))["survey_asked"] == 1
    assert (await matter.steps(zhou)).count("survey_requested") == len(parties)
    await story.at("2026-05-27 20:00")
    for party in parties:
        await matter.does(party, "survey", solved=True, score=4)
    stands(await matter.seen(zhou), "closed", "solved")
    await story.at("2026-08-25 23:00")
    found = await result_of(story, matter)
    assert (found["stage"], found["status"]) == ("closed", "solved")
    await story.at("2026-08-26 00:01")
    assert (await looked_up(story, matter, matter.receipt["lookup_secret"])).status_code == 404


async def nobody_has_learnt_of_the_tip(matter: Matter, dai: Person, zheng: Person) -> None:
    """In no answer, notice or mail to either side is there a word of it, or that it was anonymous for her."""
    for party in (dai, zheng):
        pages = [await matter.seen(party, *more) for more in ((), ("history",), ("messages",))]
        pages.append(await matter.mediation(party))
        mails = "".join(mail.subject + mail.text + mail.html for mail in await matter.mails(party))
        everything = json.dumps(pages, ensure_ascii=False) + mails
        assert not [word for word in BETRAYING if word in everything]
        assert TIP not in everything
    hers = json.dumps([await matter.seen(dai), await matter.seen(dai, "history")], ensure_ascii=False)
    assert not [word for word in ("anonymous", "匿名", "2026-02-13") if word in hers]


def no_log_knows_where_it_came_from(story: Story) -> None:
    """Neither address nor device, in the log of any process."""
    logs = [*(story.stage.clock_file.parent / "logs").iterdir()]
    assert logs
    for log in logs:
        said = log.read_text(errors="replace")
        assert ADDRESS not in said, log
        assert "KitchenHandsPhone" not in said, log
