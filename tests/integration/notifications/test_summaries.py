"""Who asked for one mail a day gets one, in the evening, with all of the day in it; what is required comes at once."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from services.notifications import decisions, use_cases, views
from services.notifications.commands import HandOver
from shared.clock import SHANGHAI
from shared.contracts import complaints as c
from shared.contracts import mediation as m
from tests.unit.notifications.news import LIN, MA

from .conftest import ADDRESSES, World, the_case, until
from .post_office import answer, take_and_vanish

MA_AT = ADDRESSES[MA]


@pytest.fixture
async def evening(world: World) -> World:
    """MA asked for a summary of messages and news; LIN did not; it is noon."""
    await world.people_arrive()
    mails = json.dumps({"messages": "daily", "progress": "daily"})
    await world.rows("INSERT INTO preferences (member_id, mail, mails) VALUES ($1, true, $2)", MA, mails)
    set_clock(world, "2026-03-12 12:00")
    return world


def set_clock(world: World, moment: str) -> None:
    then = datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)
    world.clock.advance(then - world.clock.now())


async def written_to(world: World, *members, count: int = 1) -> None:
    for _ in range(count):
        await world.hear(the_case(c.MessageSent, to=members))


async def test_a_day_comes_in_one_mail_in_the_evening(evening: World):
    await written_to(evening, LIN, MA, count=2)
    async with evening.worker():
        await evening.settled_all(2)
        set_clock(evening, "2026-03-12 17:59")
        await asyncio.sleep(0.6)
        assert evening.post.mails_of(MA_AT) == []
        set_clock(evening, "2026-03-12 18:00")
        await evening.settled_all(4)

    [mail] = evening.post.mails_of(MA_AT)
    text = mail.get_body(("plain",)).get_content()
    assert mail["Subject"] == "今天有 2 条办理进展"
    assert text.count("https://shangju.example/cases/") == 2
    assert mail.get_body(("html",)).get_content().count("/cases/") == 2
    assert "https://shangju.example/preferences" in text
    assert (await evening.told()).count((MA, "accepted")) == 2


async def test_what_is_required_does_not_wait_for_the_evening_nor_for_the_gathered(evening: World):
    case = the_case(c.MessageSent).case_id
    await evening.hear(the_case(c.MessageSent, to=(MA,), case_id=case))
    await evening.hear(the_case(m.AgreementDrafted, form="written", case_id=case))
    async with evening.worker():
        await evening.settled_all(3)
    [mail] = evening.post.mails_of(MA_AT)
    assert mail["Subject"] == "您有一条办理进展 SJ-7K3M-9QX4-C"


async def test_a_day_with_one_notice_is_an_ordinary_mail(evening: World):
    await written_to(evening, MA)
    set_clock(evening, "2026-03-12 18:00")
    async with evening.worker():
        await evening.settled_all(1)
    [mail] = evening.post.mails_of(MA_AT)
    assert mail["Subject"] == "您有一条办理进展 SJ-7K3M-9QX4-C"


async def test_what_comes_after_the_evening_waits_for_the_next(evening: World):
    set_clock(evening, "2026-03-12 18:00")
    await written_to(evening, MA, count=2)
    async with evening.worker():
        set_clock(evening, "2026-03-13 08:30")
        await asyncio.sleep(0.6)
        assert evening.post.offers == 0
        set_clock(evening, "2026-03-13 18:00")
        await evening.settled_all(2)
    assert len(evening.post.mails_of(MA_AT)) == 1


async def test_a_summary_put_off_is_one_summary_later(evening: World, monkeypatch):
    monkeypatch.setattr(decisions, "RETRY_AFTER", (timedelta(seconds=0.05),))
    evening.post.at_content[MA_AT] = [answer("451 later"), answer("451 later")]
    await written_to(evening, MA, count=3)
    set_clock(evening, "2026-03-12 18:00")
    async with evening.worker():
        await evening.settled_all(3)
    assert len(evening.post.mails_of(MA_AT)) == 1


async def test_of_a_summary_nobody_can_tell_of_all_is_unknown_and_none_is_sent_again(evening: World):
    evening.post.at_content[MA_AT] = [take_and_vanish]
    await written_to(evening, MA, count=3)
    set_clock(evening, "2026-03-12 18:00")
    async with evening.worker():
        await evening.settled(unknown=1)
        await asyncio.sleep(0.6)
    assert [result for _, result in await evening.told()] == ["unknown"] * 3
    assert len(evening.post.mails_of(MA_AT)) == 1


async def test_two_workers_send_one_summary(evening: World):
    await written_to(evening, MA, count=5)
    set_clock(evening, "2026-03-12 18:00")
    async with evening.worker(), evening.worker():
        await evening.settled_all(5)
    assert len(evening.post.mails_of(MA_AT)) == 1


async def test_a_reminder_of_what_was_said_meanwhile_is_not_sent_and_whoever_is_silent_gets_theirs(
    evening: World,
):
    await evening.rows('UPDATE preferences SET mails = mails || \'{"my_turn": "daily"}\'')
    asked, other = (
        the_case(m.WordAwaited, word="slots", to=(LIN, MA), case_id=uuid4(), of=uuid4()) for _ in range(2)
    )
    said = m.WordSettled(**asked.model_dump(include={*m.WordSettled.model_fields} - {"to"}), to=(MA,))
    await evening.hear(asked)
    await evening.hear(other)
    await evening.hear(the_case(m.AgreementDrafted, form="written", case_id=asked.case_id))
    await evening.hear(said)

    set_clock(evening, "2026-03-12 18:00")
    async with evening.worker():
        await evening.settled_all(6)
    log = await evening.rows(
        """
        SELECT notice.kind, delivery.state FROM deliveries AS delivery JOIN notices AS notice
               ON notice.id = notice_id
        WHERE delivery.case_id = $1 AND delivery.recipient_id = $2 AND channel = 'mail' ORDER BY kind
        """,
        asked.case_id,
        MA,
    )
    assert [(row["kind"], row["state"]) for row in log] == [
        ("agreement_to_sign", "accepted"),
        ("slots_reminder", "not_needed"),
    ]
    assert len(evening.post.mails_of(ADDRESSES[LIN])) == 3


async def test_nor_is_what_was_asked_first_nor_the_hour_of_a_session_that_was_moved(evening: World):
    await evening.rows('UPDATE preferences SET mails = mails || \'{"my_turn": "daily"}\'')
    asked, near = the_case(m.SlotsProposed), the_case(m.SessionNear, to=(MA,))
    other = the_case(m.SessionNear, to=(MA,), case_id=near.case_id)
    for event in (asked, near, other):
        await evening.hear(event)
    said = {"word": "slots", "to": (MA,), "of": asked.slots[0].slot_id, "case_id": asked.case_id}
    await evening.hear(the_case(m.WordSettled, **said))
    moved = {"case_id": near.case_id, "session_id": near.session_id, "moved": True}
    await evening.hear(the_case(m.SessionScheduled, **moved))

    log = await evening.rows(
        """
        SELECT notice.kind, notice.facts ->> 'session_id' AS session, delivery.state
        FROM deliveries AS delivery JOIN notices AS notice ON notice.id = notice_id
        WHERE delivery.recipient_id = $1 AND channel = 'mail' AND kind <> 'session_moved' ORDER BY notice.id
        """,
        MA,
    )
    assert [tuple(row.values()) for row in log] == [
        ("slots_to_answer", None, "not_needed"),
        ("session_near", str(near.session_id), "not_needed"),
        ("session_near", str(other.session_id), "pending"),
    ]


@pytest.mark.parametrize(
    ("asked_at", "state"), [("2026-03-12 12:01", "pending"), ("2026-03-12 22:30", "not_needed")]
)
async def test_what_asks_first_goes_out_unless_something_holds_it(evening: World, asked_at: str, state: str):
    set_clock(evening, asked_at)
    asked = the_case(m.SlotsProposed)
    await evening.hear(asked)
    said = {"word": "slots", "to": (MA,), "of": asked.slots[0].slot_id, "case_id": asked.case_id}
    await evening.hear(the_case(m.WordSettled, **said))
    assert (await evening.mails())[MA] == state


async def test_what_names_an_hour_before_the_evening_does_not_wait_for_it(evening: World):
    await evening.rows('UPDATE preferences SET mails = mails || \'{"my_turn": "daily"}\'')
    set_clock(evening, "2026-03-12 18:30")
    tomorrow = datetime(2026, 3, 13, 15, tzinfo=SHANGHAI)
    await evening.hear(the_case(m.SessionNear, to=(MA,), starts_at=tomorrow))
    async with evening.worker():
        await evening.settled(accepted=2)
    assert len(evening.post.mails_of(MA_AT)) == 1


@pytest.mark.parametrize("waits_for", ["the morning", "the mail server"])
async def test_nor_is_one_that_waits_for(evening: World, waits_for: str):
    if waits_for == "the morning":
        set_clock(evening, "2026-03-12 22:30")
    else:
        evening.post.at_content[MA_AT] = [answer("451 later")]
    reminder = the_case(m.CommitmentSoonDue)
    await evening.hear(reminder)
    async with evening.worker():
        if waits_for == "the mail server":
            await until(lambda: evening.count("SELECT count(*) FROM deliveries WHERE reason = 'smtp_451'"))
        await evening.hear(the_case(m.CommitmentProven, case_id=reminder.case_id))
        assert (await evening.mails())[MA] == "pending"
        await evening.hear(m.CommitmentProven(**reminder.model_dump(), confirm_until=reminder.due_on))
        set_clock(evening, "2026-03-13 08:00")
        await evening.settled(not_needed=1, accepted=2)
    assert evening.post.mails_of(MA_AT) == []


async def test_a_worker_that_holds_it_may_not_send_it_any_more(evening: World):
    reminder = the_case(m.CommitmentSoonDue)
    await evening.hear(reminder)
    async with evening.database.transaction() as tx:
        parcel = await use_cases.claim(tx, "mail", evening.times)
    assert parcel is not None
    await evening.hear(m.CommitmentProven(**reminder.model_dump(), confirm_until=reminder.due_on))
    with pytest.raises(decisions.Overtaken):
        async with evening.database.transaction() as tx:
            await use_cases.move_mail(tx, parcel.holds, HandOver(1, timedelta(minutes=1)), evening.times)


async def test_what_is_gathered_is_no_jam(evening: World):
    await written_to(evening, MA, count=2)
    await evening.rows("UPDATE deliveries SET queued_at = queued_at - interval '5 hours'")
    async with evening.database.reading() as connection:
        noon = (await views.standing(connection, evening.clock.now()))["mail"]
        set_clock(evening, "2026-03-12 18:01")
        late = (await views.standing(connection, evening.clock.now()))["mail"]
    assert (noon.counts["held"], noon.oldest_pending_seconds) == (2, 0)
    assert (late.counts["pending"], late.oldest_pending_seconds) == (2, 60)


async def test_what_somebody_is_gathering_nobody_else_gathers(evening: World, connection):
    await written_to(evening, MA, count=2)
    set_clock(evening, "2026-03-12 18:00")
    async with connection.transaction():
        await connection.execute("SELECT FROM contacts WHERE member_id = $1 FOR UPDATE", MA)
        async with evening.database.transaction() as tx:
            assert await use_cases.claim(tx, "mail", evening.times) is None
    async with evening.database.transaction() as tx:
        parcel = await use_cases.claim(tx, "mail", evening.times)
    assert parcel is not None
    assert len(parcel.holds) == 2
