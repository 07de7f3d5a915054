"""09: a complaint is withdrawn for a private promise that does not last, and filed again."""

from __future__ import annotations

import json

from cli.people import Person
from tests.e2e.stories.telling import Matter, Story, refused, stands

STORE = "山北路130号"
WORDS = "对面便利店新换的LED招牌白得像白天,还会闪,窗帘都挡不住。"
AGAIN = "骗人!就暗了三天,国庆又调回去,还加了跑马灯。这次我不撤了。"
PRIVATE = "老板答应调暗了,先撤了,邻居嘛"
SUMMARY = "130号招牌夜间亮度及闪烁影响对面住户休息"
THE_SIGN = {"category": "other", "subcategory": "signboard_light"}


async def test_a_second_filing_goes_its_own_way_and_the_first_is_never_called_solved(story: Story) -> None:
    await story.at("2026-09-14 22:40")
    shen, gong, fang, zhou = await story.people("沈国华", "龚芸", "方凯", "周敏")
    first = await story.files(shen, STORE, description=WORDS, **THE_SIGN)
    stands(first.receipt, "hear", "filed", triage="2026-09-16")

    await story.at("2026-09-16 09:00")
    stands(await first.does(zhou, "accept", shared_summary=SUMMARY), "hear", mediation="2026-10-16")
    await first.is_served(fang)
    stands(await first.seen(fang), "hear", answer="2026-09-22")

    await story.at("2026-09-21 09:10")
    await shen_withdraws(first, shen, fang, zhou)

    await story.at("2026-10-08 21:00")
    foreign = {**THE_SIGN, "place_text": STORE, "description": AGAIN, "continues": first.reference}
    await refused(gong.post("complaints", "/v1/cases", foreign), 422, "unknown_case")
    second = await story.files(shen, STORE, description=AGAIN, continues=first.reference, **THE_SIGN)
    assert second.reference != first.reference
    stands(second.receipt, "hear", "filed", triage="2026-10-10")
    assert await second.heard(fang) == {}
    assert (await second.seen(zhou))["continues"]["status"] == "withdrawn"
    assert (await second.seen(zhou))["refiled"] == {"days": 24, "days_since_withdrawal": 17}
    assert (await second.seen(shen))["refiled"] is None

    await story.at("2026-10-09 09:00")
    stands(await second.does(zhou, "accept", shared_summary=SUMMARY), "hear", mediation="2026-11-09")
    await second.is_served(fang)
    stands(await second.seen(fang), "hear", answer="2026-10-15")
    await fang_says_it_was_settled(second, fang)
    await gong_joins_and_the_sign_is_looked_at(story, second, gong, fang, zhou)
    stands(await first.seen(shen), "closed", "withdrawn")


async def shen_withdraws(matter: Matter, shen: Person, fang: Person, zhou: Person) -> None:
    """Free and without loss; why, and whether he was pressed, is not the other side's to read."""
    await matter.does(shen, "withdraw", reason="settled_privately", pressured=False, note=PRIVATE)
    stands(await matter.seen(shen), "closed", "withdrawn")
    assert (await matter.heard(fang))["case_withdrawn"] == 1
    assert (await matter.seen(zhou))["withdrawal"]["pressured"] is False
    assert (await matter.seen(shen))["withdrawal"]["pressured"] is None
    shown = json.dumps([await matter.seen(fang), await matter.seen(fang, "history")], ensure_ascii=False)
    for hidden in (PRIVATE, "settled_privately"):
        assert hidden not in shown + "".join(mail.text for mail in await matter.mails(fang))
    assert "survey_asked" not in await matter.heard(shen)


async def fang_says_it_was_settled(matter: Matter, fang: Person) -> None:
    """His answer is his position; it closes nothing, and tells him nothing of the first filing."""
    answer = await matter.does(fang, "answer", kind="dispute", text="上次不是已经解决了吗?他自己撤的!")
    assert answer["stage"] == "deliberate"
    assert (await matter.seen(fang))["continues"] is None
    assert (await matter.seen(fang))["refiled"] is None


async def gong_joins_and_the_sign_is_looked_at(
    story: Story, matter: Matter, gong: Person, fang: Person, zhou: Person
) -> None:
    """She is the one who sleeps by day; what is seen at night is read by those who look after the case."""
    await story.at("2026-10-13 10:00")
    await matter.does(zhou, "add-party", member_id=gong.id, side="complainant", capacity="neighbour")
    assert (await matter.seen(gong))["role_in_case"] == "complainant"
    await story.at("2026-10-18 22:15")
    seen = {"present": "联络员", "found": "招牌亮着,跑马灯开着", "done": "拍照记录"}
    await matter.does(zhou, "site-visits", **seen)
    [visit] = (await matter.seen(zhou))["site_visits"]
    assert visit["found"] == seen["found"]
    assert (await matter.seen(fang))["site_visits"] == []
