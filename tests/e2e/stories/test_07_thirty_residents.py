"""07: thirty households, one matter, two who speak for them: each is bound by its own yes alone, no hazard is lost."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from hashlib import sha256
from typing import Any

from cli.people import Person
from shared.clock import local_day
from tests.e2e.stories.telling import Matter, Story, inbox, mark, promise, refused, span, stands

SHOP = "山北路124号"
MATTER = {"category": "noise", "subcategory": "promo_speaker"}
WORDS = '新开的奶茶店两只喇叭"第二杯半价"循环播,从早到晚,我在家上网课根本讲不了话。'
SLIPPERY = "124号噪音,还有他们制冰机的水一直流到我家门口,地上滑,我婆婆差点摔跤。"
ANGRY = "天天吵,直接关门!不关我就拉横幅。"
SUMMARY = "124号户外喇叭循环播放,排队占人行道,影响周边住户"
PHONE = "13912345678"


class Cast:
    """Thirty households and whom their matter is against."""

    def __init__(self, homes: list[Person], shop: Person, brand: Person, zhou: Person, gu: Person) -> None:
        self.homes, self.shop, self.brand, self.zhou, self.gu = homes, shop, brand, zhou, gu
        self.jiang, self.fang, self.ye, self.tang, *self.others = homes
        self.fellows = homes[1:]
        self.member_29 = self.others[4]

    @property
    def leads(self) -> tuple[Person, Person]:
        return self.jiang, self.fang

    @property
    def members(self) -> list[Person]:
        """Those for whom the two speak."""
        return homes_without(self.homes, *self.leads)


def homes_without(homes: list[Person], *out: Person) -> list[Person]:
    return [one for one in homes if one not in out]


async def test_thirty_are_heard_as_one_and_each_is_bound_by_its_own_yes(story: Story) -> None:
    await story.at("2026-08-01 10:00")
    cast = await the_cast(story)
    matter, own = await they_file(story, cast)
    await the_coordinator_gathers_them(story, matter, cast, own)
    await they_name_who_speaks(story, matter, cast)
    await a_word_with_an_address_is_held(story, matter, cast)
    await they_agree_to_talk(story, matter, cast)
    await the_draft_lies_before_everybody(story, matter, cast)
    await who_said_no_has_his_own_matter(story, matter, cast, own[cast.tang.id])
    await what_was_promised_is_kept(story, matter, cast, own[cast.tang.id])
    await each_is_asked_how_it_went(story, matter, cast, own)
    await nothing_of_this_has_happened(matter, cast, own)


async def the_cast(story: Story) -> Cast:
    names = ("蒋蓓", "方德明", "叶青", "汤磊", *(f"山北住户{number:02}" for number in range(5, 31)))
    homes = [
        await story.newcomer(name, f"hu07-{number:02}@shanbei.example", "resident")
        for number, name in enumerate(names, start=1)
    ]
    shop = await story.newcomer("唐悦", "youjian@shanbei.example", "merchant")
    brand = await story.newcomer("柚见品牌方", "brand07@shanbei.example", "merchant")
    zhou, gu = await story.people("周敏", "顾国强")
    await story.rests()
    return Cast(homes, shop, brand, zhou, gu)


async def they_file(story: Story, cast: Cast) -> tuple[Matter, dict[str, Matter]]:
    """Twelve see that it is known and join; the others file their own. Each has a receipt of their own."""
    await story.at("2026-08-01 11:05")
    words = f"{WORDS} 电话{PHONE}"
    matter = await story.files(cast.jiang, SHOP, **MATTER, description=words)
    stands(matter.receipt, "hear", "filed", triage="2026-08-04")
    offered = await cast.fang.post(
        "complaints",
        "/v1/cases/similar",
        {**MATTER, "place_id": await story.place(SHOP), "description": "喇叭太吵"},
    )
    [suggestion] = [one for one in offered["items"] if one["id"] == matter.id]
    assert set(suggestion) == {
        "id", "place_id", "category", "filed_on", "filed_on_is_half_month", "reasons",
    }  # fmt: skip

    await story.at("2026-08-02 09:00")
    own = {}
    for number, home in enumerate(cast.fellows):
        said = {cast.ye.id: SLIPPERY, cast.tang.id: ANGRY}.get(home.id, "喇叭从早响到晚。")
        joins = {"joins": matter.id} if number >= len(cast.fellows) - 12 else {}
        identity = "hidden" if number % 3 == 2 else "named"
        own[home.id] = await story.files(home, SHOP, **MATTER, **joins, identity=identity, description=said)
        stands(own[home.id].receipt, "hear", "joined" if joins else "filed")
    assert len({matter.reference, *(one.reference for one in own.values())}) == 30
    await one_more_joins_and_thinks_better_of_it(story, matter)
    return matter, own


async def one_more_joins_and_thinks_better_of_it(story: Story, matter: Matter) -> None:
    """What was joined is withdrawn by itself: the lead stands, and is of thirty households as before."""
    another = await story.newcomer("山北住户31", "hu07-31@shanbei.example", "resident")
    joined = await story.files(another, SHOP, **MATTER, joins=matter.id, description="我也听得到。")
    await joined.does(another, "withdraw")
    stands(await joined.seen(another), "closed", "withdrawn")
    stands(await matter.seen(await story.person("蒋蓓")), "hear", "filed", triage="2026-08-04")


async def the_coordinator_gathers_them(
    story: Story, matter: Matter, cast: Cast, own: dict[str, Matter]
) -> None:
    """One call joins eighteen; the slippery floor in one of them becomes a case of its own, looked at the same day."""
    await story.at("2026-08-03 09:30")
    zhou = cast.zhou
    compared = {one["reference"]: one for one in (await matter.seen(zhou, "similar"))["items"]}
    waiting = [one.reference for one in own.values() if one.receipt["status"] == "filed"]
    assert len(waiting) == 17
    flagged = [ref for ref in waiting if compared[ref]["other_matters"]]
    assert flagged == [own[cast.ye.id].reference]
    assert set(compared[flagged[0]]["reasons"]) >= {"same_place", "same_subcategory"}
    await matter.does(zhou, "gather", references=waiting)
    split = await own[cast.ye.id].does(
        zhou, "split", subcategory="dirty_water", description="制冰机的水流到门口,地上滑"
    )
    hazard = Matter(story, split["split"] | {"receipt": split})
    await hazard.does(
        zhou, "site-visits", present="周敏", found="门口积水,地上滑", done="当场拦起,放了警示牌"
    )
    told = (await own[cast.ye.id].seen(cast.ye, "messages"))["items"][-1]["text"]
    assert own[cast.ye.id].reference in told
    assert hazard.reference in told
    stands(await hazard.seen(cast.ye), "hear", "filed", triage="2026-08-05")
    for home in cast.fellows:
        seen = await own[home.id].seen(home)
        assert (seen["status"], seen["lead"]["reference"]) == ("joined", matter.reference)

    accepted = await matter.does(zhou, "accept", shared_summary=SUMMARY, respondent_id=cast.shop.id)
    stands(accepted, "hear", mediation="2026-09-03")
    await story.at("2026-08-03 10:00")
    await matter.is_served(cast.shop)
    stands(await matter.seen(cast.shop), "hear", answer="2026-08-10")
    assert (await matter.seen(cast.shop))["households"] == 30
    seen = await matter.seen(cast.members[0])
    assert (seen["role_in_case"], seen["shared_summary"]) == ("joined", SUMMARY)
    stands(seen, "hear", mediation="2026-09-03")


async def they_name_who_speaks(story: Story, matter: Matter, cast: Cast) -> None:
    """Sixteen, eleven and three; two accept, and whoever says nothing has said nothing."""
    await story.at("2026-08-04 20:00")
    group = (await matter.seen(cast.zhou))["group"]
    assert group["nominate_until"] == "2026-08-05"
    marks = {home.id: await mark_of(matter, home) for home in (*cast.leads, cast.tang)}
    for home in cast.homes[:16]:
        also = [marks[cast.fang.id]] if home in cast.homes[:11] else []
        await matter.does(home, "leads", members=[marks[cast.jiang.id], *also])
    for home in cast.homes[16:19]:
        await matter.does(home, "leads", members=[marks[cast.tang.id]])
    three = [marks[one.id] for one in (*cast.leads, cast.tang)]
    await refused(matter.does(cast.homes[19], "leads", members=three), 422)
    await matter.does(cast.jiang, "leads/accept", words="5号302蒋蓓,上网课的")
    await matter.does(cast.fang, "leads/accept", words="4号501老方")
    await refused(cast.zhou.post("complaints", f"/v1/cases/{matter.id}/leads", {"members": []}), 403)


async def mark_of(matter: Matter, home: Person) -> str:
    members = (await matter.seen(home))["group"]["members"]
    [own] = [one["id"] for one in members if one.get("is_you")]
    return str(own)


async def a_word_with_an_address_is_held(story: Story, matter: Matter, cast: Cast) -> None:
    await story.at("2026-08-04 21:00")
    said = await matter.does(cast.tang, "thread", text="谁去调解谁就是叛徒,他们老板住95弄!")
    assert "住95弄" in said["next"]
    other = cast.members[-1]
    assert (await matter.seen(other, "thread"))["items"] == []
    [held] = (await matter.seen(cast.zhou, "thread"))["items"]
    await matter.does(cast.zhou, f"thread/{held['id']}/release", text="谁去调解谁就是叛徒")
    [read] = (await matter.seen(other, "thread"))["items"]
    assert read["text"] == "谁去调解谁就是叛徒"
    [own] = (await matter.seen(cast.tang, "thread"))["items"]
    assert (own["held_for"], own["taken_out"]) == (["住95弄"], True)
    await matter.does(cast.tang, "thread", text="那我听听他们怎么说")
    assert len((await matter.seen(other, "thread"))["items"]) == 2
    for outsider in (cast.shop, cast.gu):
        await refused(matter.seen(outsider, "thread"), 403 if outsider is cast.shop else 404)


async def they_agree_to_talk(story: Story, matter: Matter, cast: Cast) -> None:
    await story.at("2026-08-07 10:00")
    speakers = [one for one in (await matter.seen(cast.zhou))["group"]["members"] if one.get("speaks")]
    assert {one["words"] for one in speakers} == {"5号302蒋蓓,上网课的", "4号501老方"}
    assert (await matter.heard(cast.fang))["lead_named"] == 1
    late = {"members": [await mark_of(matter, cast.tang)]}
    await refused(cast.tang.post("complaints", f"/v1/cases/{matter.id}/leads", late), 409)
    await refused(cast.fang.post("complaints", f"/v1/cases/{matter.id}/withdraw", {}), 409)
    await matter.does(
        cast.shop, "answer", kind="propose", text="喇叭是总部的开业方案,到8月9号结束。排队我们拉隔离带。"
    )
    await matter.does(cast.zhou, "add-party", member_id=cast.brand.id, capacity="operator")
    assert (await matter.heard(cast.brand))["party_added"] == 1
    await matter.does(cast.brand, "answer", kind="agree", text="今后开业方案可以改。")
    await matter.does(cast.zhou, "route", path="mediation")

    await story.at("2026-08-10 10:00")
    sides = (*cast.leads, cast.shop, cast.brand)
    for party in sides:
        await matter.mediates(party, "consent", available=[span("2026-08-20", "14:00", "15:30")])
    stands(await matter.seen(cast.members[0]), "deliberate", mediation="2026-09-03")
    await refused(matter.mediation(cast.members[0]), 404)
    await closed_unless_all_want_it_open(matter, cast)
    await three_are_drawn_to_speak(matter, cast)
    await matter.mediates(cast.zhou, "nominate", mediator_id=cast.gu.id)
    await matter.mediates(cast.gu, "take")
    await story.rests()
    await the_speakers_are_invited(matter, cast)
    [slot] = (await matter.mediates(cast.gu, "slots"))["slots"]
    for party in sides:
        await matter.mediates(party, "answers", answers=[{"slot_id": slot["slot_id"], "answer": "yes"}])
    if (await matter.mediation(cast.gu))["session"] is None:
        await matter.mediates(cast.gu, "schedule", slot_id=slot["slot_id"])


async def the_speakers_are_invited(matter: Matter, cast: Cast) -> None:
    """By nobody's hand; each side is asked once for all three, and they hear of it when every party has agreed."""
    guests = (await matter.mediation(cast.shop))["guests"]
    assert [(one["name"], one["agreed"]) for one in guests] == [(f"抽签发言人{n}", False) for n in (1, 2, 3)]
    assert (await matter.heard(cast.shop))["guest_to_agree"] == 1
    drawn = (await matter.seen(cast.zhou))["group"]["members"]
    [named] = [one["member_id"] for one in drawn if one["drawn"] == 1]
    [first] = [home for home in cast.members if home.id == named]
    assert (await matter.heard(first))["guest_invited"] == 0
    for party in (*cast.leads, cast.shop, cast.brand):
        await matter.mediates(party, "invite/agree", guest_id=guests[0]["guest_id"])
    assert (await matter.heard(first))["guest_invited"] == 1
    await matter.mediates(first, "invite/answer", comes=True)


async def three_are_drawn_to_speak(matter: Matter, cast: Cast) -> None:
    """Of five who would, by a lot that everybody of them can check; the shop reads nothing of it."""
    willing = [home for number, home in enumerate(cast.members) if number % 3 != 1][:5]
    for home in willing:
        await matter.does(home, "speakers/volunteer", willing=True)
    await matter.does(cast.zhou, "speakers/draw")
    again = cast.zhou.post("complaints", f"/v1/cases/{matter.id}/speakers/draw", {})
    await refused(again, 409)
    seen = (await matter.seen(willing[0]))["group"]
    placed = sorted((one for one in seen["members"] if one["drawn"]), key=lambda one: one["drawn"])
    assert [one.get("at_session", False) for one in placed] == [True, True, True, False, False]
    by_lot = sorted(placed, key=lambda one: sha256(f"{seen['lot']}:{one['id']}".encode()).digest())
    assert by_lot == placed
    speakers = [one for one in (await matter.seen(cast.zhou))["group"]["members"] if one.get("at_session")]
    assert {one["member_id"] for one in speakers} <= {home.id for home in willing}
    assert (await matter.seen(cast.shop))["group"] is None
    assert "speakers_drawn" in await matter.steps(willing[0])
    assert "speakers_drawn" not in await matter.steps(cast.shop)


async def closed_unless_all_want_it_open(matter: Matter, cast: Cast) -> None:
    """Three ask for an open session and the shop for a closed one: it is closed, and nobody is told by whom."""
    for party in (*cast.leads, cast.brand):
        await matter.mediates(party, "openness", open=True)
    await matter.mediates(cast.shop, "openness", open=False)
    shown = await matter.mediation(cast.fang)
    assert shown["openness"] == {"open": False, "may_be_open": True, "yours": True}
    assert [one["open"] for one in shown["parties"] if one["member_id"] != cast.fang.id] == [None] * 3
    assert (await matter.mediation(cast.shop))["openness"]["yours"] is False
    assert {"session_open", "session_closed"}.isdisjoint(await matter.heard(cast.fang))


async def the_draft_lies_before_everybody(story: Story, matter: Matter, cast: Cast) -> None:
    """Twenty-six agree, one does not, three say nothing; both marks wait for the day that was named."""
    await story.at("2026-08-20 15:30")
    await matter.mediates(cast.gu, "minutes", text="双方到场,谈了喇叭和排队。")
    drafted = await matter.mediates(
        cast.gu,
        "agreement",
        form="written",
        facts="124号户外喇叭循环播放,排队占人行道。",
        terms="各方同意下列事项。",
        commitments=[
            promise("respondent", "任何时候不在户外使用喇叭", "2026-08-25"),
            promise("respondent", "队伍排在店前自用地带,人行道留1.5米", "2026-08-28"),
            promise("respondent", "今后本区新店开业方案不用扩音设备,书面确认", "2026-09-11"),
            promise("complainant", "由一位联系人反映,不由三十户分别打热线", "2026-08-25"),
        ],
    )
    agreement = drafted["agreement"]
    first, second = cast.leads
    for party in (first, cast.shop, cast.brand):
        await party.signs(agreement)
    alone = cast.gu.post("mediation", f"/v1/agreements/{agreement['id']}/mark")
    await refused(alone, 409, "signatures_missing")
    await second.signs(agreement)
    stands(await matter.seen(cast.members[0]), "decide", mediation="2026-09-03")
    assert agreement["opt_in"]["until"] == "2026-08-24"
    seen = await matter.mediation(cast.members[0])
    assert (seen["possible"], seen["minutes"]) == (["opt-in"], [])
    await matter.mediates(cast.gu, "minutes/release")
    assert (await matter.mediation(cast.members[0]))["minutes"] == ["双方到场,谈了喇叭和排队。"]
    assert {one["member_id"] for one in seen["parties"]} == {None}
    for home in homes_without(cast.members, cast.tang)[:24]:
        await home.signs(agreement, "opt-in", agrees=True)
    no = {"content_hash": agreement["content_hash"], "agrees": False}
    await cast.tang.post("mediation", f"/v1/agreements/{agreement['id']}/opt-in", no)

    await story.at("2026-08-24 17:00")
    early = cast.gu.post("mediation", f"/v1/agreements/{agreement['id']}/mark")
    await refused(early, 409, "group_still_asked")
    silent = homes_without(cast.members, cast.tang)[24:]
    assert [(await matter.heard(home))["opt_in_reminder"] for home in silent] == [1] * len(silent)
    for said in (cast.members[0], cast.tang, *cast.leads, cast.shop):
        assert (await matter.heard(said))["opt_in_reminder"] == 0
    await story.at("2026-08-25 09:00")
    late = cast.members[-1].signs(agreement, "opt-in", agrees=True)
    await refused(late, 409, "draft_time_over")
    await mark(agreement, cast.gu, cast.zhou)
    await story.rests()
    stands(await matter.seen(cast.jiang), "act", commitments="2026-09-11")
    assert (await matter.mediation(cast.shop))["agreement"]["opt_in"]["agreed"] == 20


async def who_said_no_has_his_own_matter(story: Story, matter: Matter, cast: Cast, own: Matter) -> None:
    """By the month it had, with every other way named; and the three who said nothing stay informed."""
    back = await own.seen(cast.tang)
    stands(back, "deliberate", "answered", mediation="2026-09-03")
    assert back["lead"] is None
    assert {one["code"] for one in back["other_routes"]} == {"arbitration", "administrative", "court"}
    assert (await own.heard(cast.tang))["case_given_back"] == 1
    await refused(matter.seen(cast.tang), 404)
    await refused(matter.mediation(cast.tang), 404)
    silent = cast.members[-1]
    assert (await matter.seen(silent))["stage"] == "act"
    assert "dispute" not in (await matter.mediation(silent))["possible"]
    await own.does(cast.zhou, "route", path="direct")
    await one_signature_settles_nothing(cast, own)


async def one_signature_settles_nothing(cast: Cast, own: Matter) -> None:
    """The shop signs words of its own by the code for just these; he is asked, and being signed in is no yes."""
    words = {"note": "排队不占单元门口。"}
    named = (await cast.shop.post("complaints", f"/v1/cases/{own.id}/settlement/words", words))["words_hash"]
    await refused(own.does(cast.shop, "conclude", result="settled", **words), 422)
    proof = await cast.shop.proves(named)
    said = await own.does(cast.shop, "conclude", result="settled", proof=proof, **words)
    stands(said, "deliberate", "settling_directly")
    assert (await own.heard(cast.tang))["settlement_to_answer"] == 1
    for his in ({}, {"proof": proof}):
        await refused(own.does(cast.tang, "conclude", result="settled", agrees_to=named, **his), 422)


async def no_more_is_agreed_with_him(story: Story, cast: Cast, own: Matter) -> None:
    """On the last day of its month his matter ends without agreement, and the group's does not."""
    ended = await own.does(cast.zhou, "conclude", result="no_agreement")
    stands(ended, "closed", "ended_without_agreement")
    assert (await own.heard(cast.tang))["case_closed"] == 1
    assert "survey_asked" not in await own.heard(cast.tang)
    ways = {one["code"] for one in (await own.seen(cast.tang))["other_routes"]}
    assert ways == {"arbitration", "administrative", "court"}
    assert (await own.heard(cast.shop))["case_closed"] == 1


async def what_was_promised_is_kept(story: Story, matter: Matter, cast: Cast, his: Matter) -> None:
    await story.at("2026-08-26 10:00")
    speakers, queue, letter, contact = (await matter.mediation(cast.jiang))["agreement"]["commitments"]
    await on(cast.shop, speakers, "proof", text="喇叭已拆,见照片。")
    for lead in cast.leads:
        await on(lead, speakers, "confirm")
    await on(cast.shop, contact, "confirm")
    assert (await at(matter, cast, 0))["objections_until"] == "2026-08-31"

    await story.at("2026-08-28 10:00")
    await on(cast.shop, queue, "proof", text="隔离带到位。")
    for lead in cast.leads:
        await on(lead, queue, "confirm")
    await story.at("2026-08-30 11:00")
    await on(cast.member_29, queue, "dispute", reason="周日又排到马路边,见照片。")
    assert (await at(matter, cast, 1))["status"] == "disputed"
    assert (await matter.heard(cast.shop))["commitment_disputed"] == 1

    await story.at("2026-09-01 10:00")
    assert (await at(matter, cast, 0))["status"] == "confirmed"
    await on(cast.shop, queue, "proof", text="加了店员。")
    await story.at("2026-09-02 10:00")
    await on(cast.member_29, queue, "confirm")
    await story.at("2026-09-03 10:00")
    assert (await at(matter, cast, 1))["status"] == "confirmed"
    await no_more_is_agreed_with_him(story, cast, his)

    await story.asks_with_the_last_visit("2026-09-17")
    await story.at("2026-09-10 10:00")
    await on(cast.brand, letter, "proof", text="确认函。")
    await story.at("2026-09-11 10:00")
    for lead in cast.leads:
        await on(lead, letter, "confirm")
    stands(await matter.seen(cast.jiang), "supervise")
    await story.at("2026-09-17 09:00")
    seen = await matter.seen(cast.zhou)
    stands(seen, "supervise", "to_be_visited", last_visit="2026-10-12")
    assert [one["due"] for one in seen["visits"]] == ["2026-09-18", "2026-10-12"]


async def on(by: Person, commitment: dict[str, Any], word: str, **form: str) -> None:
    await by.post("mediation", f"/v1/commitments/{commitment['id']}/{word}", form)


async def at(matter: Matter, cast: Cast, number: int) -> dict[str, Any]:
    commitment: dict[str, Any] = (await matter.mediation(cast.gu))["agreement"]["commitments"][number]
    return commitment


async def each_is_asked_how_it_went(story: Story, matter: Matter, cast: Cast, own: dict[str, Matter]) -> None:
    """With the last visit; twenty-nine links, twenty-one answers and a slip; the end of its day ends it."""
    asked = homes_without(cast.homes, cast.tang)
    await story.at("2026-09-18 10:00")
    stands(await matter.does(cast.zhou, "return-visits", lasting=True), "supervise", "to_be_visited")
    assert [(await matter.heard(home))["survey_asked"] for home in asked] == [0] * 29
    await story.at("2026-10-12 10:00")
    stands(await matter.does(cast.zhou, "return-visits", lasting=True), "review", survey="2026-10-19")
    links = [link for home in asked for mail in await matter.mails(home) for link in survey_links(mail.text)]
    assert len(links) == len(set(links)) == 29
    assert (await matter.heard(cast.tang))["survey_asked"] == 0
    for number, home in enumerate(asked[:21]):
        answer = {"solved": number < 19, "score": 4 if number < 19 else 2}
        await matter.does(home, "survey", **answer)
    await story.at("2026-10-15 08:00")
    reminded = [(await matter.heard(home))["survey_reminder"] for home in asked]
    assert reminded == [0] * 21 + [1] * 8
    await one_of_them_answers_on_paper(story, matter, asked[21], own[asked[21].id])
    await story.at("2026-10-19 23:59")
    stands(await matter.seen(cast.jiang), "review")
    await story.at("2026-10-20 00:01")
    stands(await matter.seen(cast.jiang), "closed", "solved")


async def one_of_them_answers_on_paper(story: Story, matter: Matter, home: Person, own: Matter) -> None:
    """The number on her own receipt says whose slip it is, of thirty; it is counted once."""
    volunteer = await story.newcomer("答卷志愿者", "dajuan@shanbei.example", "volunteer")
    written = {"side": "complainant", "received_on": "2026-10-12", "solved": True, "score": 5}
    await refused(matter.does(volunteer, "survey-slips", **written), 422, "which_reference")
    await matter.does(volunteer, "survey-slips", own_reference=own.reference, **written)
    await refused(matter.does(home, "survey", solved=True, score=1), 409)
    assert "survey_answered" in await matter.steps(home)


def survey_links(text: str) -> list[str]:
    return [word for word in text.split() if "/survey/" in word]


async def nothing_of_this_has_happened(matter: Matter, cast: Cast, own: dict[str, Matter]) -> None:
    """No thirty notices to the shop, no order or time of joining, nobody's number or name, one digest a day."""
    assert (await matter.heard(cast.shop))["case_accepted"] == 1
    told = await inbox(cast.shop)
    assert {one["case_id"] for one in told} == {matter.id, own[cast.tang.id].id}
    shown = json.dumps(
        [
            await matter.seen(cast.shop),
            await matter.seen(cast.shop, "history"),
            await matter.mediation(cast.shop),
        ],
        ensure_ascii=False,
    )
    for home in cast.fellows:
        assert own[home.id].reference not in shown
        assert own[home.id].id not in shown
    for home in cast.members:
        assert home.id not in shown
    assert "group_gathered" not in await matter.steps(cast.shop)

    for home in cast.members:
        days = Counter(
            local_day(datetime.fromisoformat(one["created_at"]))
            for one in await inbox(home)
            if one["kind"] == "group_news" and one["case_id"] == matter.id
        )
        assert set(days.values()) <= {1}, home.name
        assert len(days) >= 4
    seen = json.dumps([await matter.seen(cast.members[0]), await matter.seen(cast.members[0], "history")])
    assert cast.jiang.id not in seen
    seen += json.dumps([await matter.seen(cast.fang), await matter.seen(cast.fang, "history")])
    assert PHONE not in seen
    for word in ("处罚", "罚款", "失信"):
        assert word not in shown
