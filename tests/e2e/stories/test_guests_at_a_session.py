"""Beside the scenarios: the court liaison is needed at a session, a neighbour unwanted, and nobody says by whom."""

from __future__ import annotations

import json

from cli.people import Person
from tests.e2e.stories.telling import Matter, Story, refused, span

SHOP = "山北路116号"
WORDS = "116号酒吧夜里放音乐,想请法庭的同志一起听听。"
TIMES = [span("2026-09-16", "14:00", "15:30"), span("2026-09-17", "14:00", "15:30")]


async def test_the_courts_liaison_comes_by_everybodys_consent_and_a_neighbour_does_not(story: Story) -> None:
    await story.at("2026-09-08 09:30")
    lin, ma, zhou, gu, he, sun = await story.people("林佩珍", "马腾", "周敏", "顾国强", "何静", "孙浩")
    matter = await story.files(lin, SHOP, category="noise", subcategory="bar_music", description=WORDS)
    await matter.does(zhou, "accept", shared_summary="116号夜间音乐影响周边住户")
    await matter.is_served(ma)
    await matter.does(ma, "answer", kind="agree", text="可以谈。")
    await matter.does(zhou, "route", path="mediation")
    for party in (lin, ma):
        await matter.mediates(party, "consent", available=TIMES)
    await matter.mediates(zhou, "nominate", mediator_id=gu.id)
    await matter.mediates(gu, "take")

    await nobody_is_asked_before_all_agreed(matter, lin, ma, gu, he)
    await one_no_ends_an_invitation(matter, lin, ma, gu, sun)
    await who_invited_takes_it_back(matter, lin, ma, sun)
    await a_second_mediator_declares(story, matter, lin, ma, gu)
    await no_time_is_fixed_without_her(matter, lin, ma, gu, he)
    await she_hears_what_everybody_hears(matter, ma, gu, he)
    await she_sees_nothing_any_more(matter, ma, he)


async def nobody_is_asked_before_all_agreed(
    matter: Matter, lin: Person, ma: Person, gu: Person, he: Person
) -> None:
    await matter.mediates(gu, "invite", member_id=he.id, role="judge", required=True)
    assert "是否同意" in (await matter.mediation(lin))["next"]
    await matter.mediates(lin, "invite/agree", guest_id=he.id)
    assert await matter.heard(he) == {}
    await refused(matter.mediation(he), 404)
    await matter.mediates(ma, "invite/agree", guest_id=he.id)
    assert await matter.heard(he) == {"guest_invited": 1}
    [mail] = await matter.mails(he)
    assert "/mediations" in mail.text
    assert "/cases/" not in mail.text


async def one_no_ends_an_invitation(matter: Matter, lin: Person, ma: Person, gu: Person, sun: Person) -> None:
    before = await matter.heard(ma)
    await matter.mediates(ma, "invite", member_id=sun.id, role="neighbour", name="楼上孙先生")
    await matter.mediates(lin, "invite/decline", guest_id=sun.id)
    for person in (lin, ma, gu):
        assert (await matter.heard(person))["invitation_ended"] == 1
    assert (await matter.heard(ma))["guest_to_agree"] == before["guest_to_agree"]
    assert await matter.heard(sun) == {}
    assert lin.id not in json.dumps((await matter.mediation(ma))["guests"])


async def who_invited_takes_it_back(matter: Matter, lin: Person, ma: Person, sun: Person) -> None:
    """Before all agreed, by whoever asked; the one invited has never heard of it."""
    await matter.mediates(ma, "invite", member_id=sun.id, role="neighbour", name="楼上孙先生")
    path = f"/v1/mediations/{matter.mediation_id}/invite/withdraw"
    await refused(lin.post("mediation", path, {"guest_id": sun.id}), 409, "invitation_of_another")
    await matter.mediates(ma, "invite/withdraw", guest_id=sun.id)
    assert (await matter.heard(lin))["invitation_withdrawn"] == 1
    assert await matter.heard(sun) == {}
    assert [
        one["guest_id"] for one in (await matter.mediation(lin))["guests"] if one["role"] == "neighbour"
    ] == []


async def a_second_mediator_declares(
    story: Story, matter: Matter, lin: Person, ma: Person, gu: Person
) -> None:
    """Only whoever has no tie comes; the tie that one declares is read by the committee alone."""
    zhou, han = await story.people("周敏", "韩志明")
    await matter.mediates(gu, "invite", member_id=han.id, role="second_mediator")
    for party in (lin, ma):
        await matter.mediates(party, "invite/agree", guest_id=han.id)
    path = f"/v1/mediations/{matter.mediation_id}/invite/answer"
    await refused(han.post("mediation", path, {"comes": True}), 422, "field_missing")
    await han.post("mediation", path, {"comes": True, "relation": "friend"})
    assert (await matter.heard(ma))["invitation_withdrawn"] == 2
    for person in (lin, ma, gu):
        assert "friend" not in json.dumps(await matter.mediation(person))
    asked = (await matter.mediation(zhou))["mediators_asked"]
    assert [one["declared"] for one in asked if one["mediator_id"] == han.id] == ["friend"]


async def no_time_is_fixed_without_her(
    matter: Matter, lin: Person, ma: Person, gu: Person, he: Person
) -> None:
    slots = (await matter.mediates(gu, "slots"))["slots"]
    assert len(slots) == 2
    for party in (lin, ma):
        said = [{"slot_id": slot["slot_id"], "answer": "yes"} for slot in slots]
        await matter.mediates(party, "answers", answers=said)
    path = f"/v1/mediations/{matter.mediation_id}"
    wish = {"slot_id": slots[0]["slot_id"]}
    await refused(gu.post("mediation", f"{path}/schedule", wish), 409, "guest_unanswered")
    await matter.mediates(he, "invite/answer", comes=True)
    assert (await matter.heard(gu))["guest_comes"] == 1
    await matter.mediates(gu, "schedule", **wish)


async def she_hears_what_everybody_hears(matter: Matter, ma: Person, gu: Person, he: Person) -> None:
    hers = await matter.mediation(he)
    assert hers["session"]["starts_at"].startswith("2026-09-16T06:00")
    assert hers["sides"] == ["住户甲", "商户甲"]
    assert ma.id not in json.dumps(hers)
    other = (await matter.mediation(gu))["slots"][1]["slot_id"]
    await matter.mediates(gu, "reschedule", slot_id=other, reason="法庭当天有庭审")
    heard = await matter.heard(he)
    assert (heard["guest_session"], heard["guest_moved"]) == (1, 1)
    assert "session_scheduled" not in heard
    calendars = [mail.calendar for mail in await matter.mails(he) if mail.calendar]
    assert ["METHOD:REQUEST" in one for one in calendars] == [True, True]
    assert "20260917T14" in calendars[1]


async def she_sees_nothing_any_more(matter: Matter, ma: Person, he: Person) -> None:
    await matter.mediates(ma, "refuse")
    assert (await matter.heard(he))["guest_cancelled"] == 1
    assert "METHOD:CANCEL" in ((await matter.mails(he))[-1].calendar or "")
    assert "guest_released" not in await matter.heard(he)
    await refused(matter.mediation(he), 404)
    assert not (await he.get("mediation", "/v1/mediations"))["items"]
