"""Word that arrives: held at night, by text to whom no mail reaches, and at the door to whom no text does."""

from __future__ import annotations

from typing import Any

from cli.demo.world import eventually
from cli.mailbox import Mailbox
from cli.people import Person
from tests.e2e.stories.telling import Matter, Story

PHONE = "13900002222"
WORDS = "楼道里的音响开到半夜,天天如此。"


async def test_a_notice_comes_by_text_in_the_morning_or_is_brought_by_the_captain(story: Story) -> None:
    await story.at("2026-10-20 21:30")
    zhou, sun, captain = await story.people("周敏", "sun@shanbei.example", "徐桂英")
    flat = await story.place("118弄3号101")
    with_phone = await entered(zhou, "秦师傅", flat, phone=PHONE)
    with_neither = await entered(zhou, "钱阿婆", flat)

    by_text = await accepted_at_night(story, zhou, sun, with_phone, "2026-10-20 22:30")
    by_hand = await accepted_at_night(story, zhou, sun, with_neither, "2026-10-20 23:10")
    await story.rests()
    assert await texts(story) == []
    assert [mail for mail in await by_text.mails(sun) if "受理" in mail.text] == []

    await story.at("2026-10-21 08:00")
    [text] = await texts(story)
    assert by_text.reference in text
    assert not [word for word in ("秦", "音响", "楼道", "sun@") if word in text]
    assert [mail for mail in await by_text.mails(sun) if "受理" in mail.text] != []
    assert await to_bring(captain) == []

    await story.at("2026-10-21 23:30")
    await eventually(
        lambda: to_bring(captain), lambda found: len(found) == 1, "a day without an address ends"
    )
    [letter] = await to_bring(captain)
    assert (letter["name"], letter["reference"]) == ("钱阿婆", by_hand.reference)
    assert letter["recipient_id"] == with_neither
    await captain.post(
        "notifications", f"/v1/by-hand/{letter['id']}/handed", {"on": "2026-10-21", "signed": True}
    )
    assert await to_bring(captain) == await to_bring(zhou) == []
    assert len(await texts(story)) == 1

    await eventually(
        lambda: served_on(by_hand, zhou), lambda day: day == "2026-10-21", "the signed slip is told"
    )
    assert await served_on(by_text, zhou) is None
    await story.at("2026-10-22 08:30")
    await eventually(
        lambda: served_on(by_text, zhou), lambda day: day == "2026-10-22", "a day after the text"
    )


async def entered(zhou: Person, name: str, flat: str, **contact: str) -> str:
    """Somebody of the register whom no mail reaches."""
    member = {
        "display_name": name,
        "grants": [{"role": "resident"}],
        "occupancies": [{"place_id": flat, "kind": "lives"}],
    }
    return str((await zhou.post("alliance", "/v1/members", member | contact))["id"])


async def accepted_at_night(story: Story, zhou: Person, sun: Person, respondent: str, moment: str) -> Matter:
    """A matter about them is taken on when people sleep."""
    await story.at(moment)
    matter = await story.files(
        sun, place_text="118弄3号楼道", category="noise", subcategory="ebike_alarm", description=WORDS
    )
    await matter.does(zhou, "accept", shared_summary="楼道夜间音响", respondent_id=respondent)
    return matter


async def served_on(matter: Matter, by: Person) -> str | None:
    """From which day the other side's time to answer runs, if it runs."""
    clocks = (await matter.seen(by))["clocks"]
    return next((str(one["since"]) for one in clocks if one["name"] == "answer"), None)


async def texts(story: Story) -> list[str]:
    """What the phone shows."""
    stage = story.stage
    mails = await Mailbox(stage.where["MAILBOX_URL"], stage.http).mails(to=PHONE)
    return [mail.text for mail in mails]


async def to_bring(by: Person) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await by.get("notifications", "/v1/by-hand"))["items"]
    return [one for one in items if one["name"] in ("钱阿婆", "秦师傅")]
