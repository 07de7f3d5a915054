"""What becomes of mails with a mail server that behaves, and with one that does not (reliability.md, test 14)."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import timedelta
from uuid import UUID

import pytest
from aiosmtpd.smtp import SMTP
from icalendar import Calendar

from services.notifications import decisions, metrics
from shared.contracts import complaints as c
from shared.contracts import mediation as m
from tests.unit.notifications.news import GU, LIN, MA, SUN, ZHOU

from .conftest import ADDRESSES, TRACEPARENT, World, the_case, until
from .post_office import Act, PostOffice, answer, drip, hang, take, take_and_vanish, vanish

LIN_AT, MA_AT = ADDRESSES[LIN], ADDRESSES[MA]
LEASE = timedelta(minutes=5)


def to_lin(case_id: UUID | None = None):
    """An event of which LIN alone is told."""
    changes = {"case_id": case_id} if case_id else {}
    return the_case(c.MessageSent, to=(LIN,), **changes)


@pytest.fixture(autouse=True)
def brisk(monkeypatch):
    """The next attempt comes at once."""
    monkeypatch.setattr(decisions, "RETRY_AFTER", (timedelta(seconds=0.05),))


class TestAMailServerThatBehaves:
    async def test_each_recipient_gets_their_mail_once(self, world: World):
        await world.people_arrive()
        case = the_case(c.CaseAccepted)
        await world.hear(case)
        async with world.worker():
            await world.settled(accepted=3)

        assert sorted(to for to, _ in world.post.taken) == sorted(ADDRESSES[one] for one in (LIN, SUN, MA))
        assert sorted(await world.told()) == sorted([(LIN, "accepted"), (SUN, "accepted"), (MA, "accepted")])
        [mail] = world.post.mails_of(MA_AT)
        assert mail["X-Shangju-Case"] == str(case.case_id)
        assert "请您看一看" in mail.get_body(("plain",)).get_content()
        assert "请您看一看" in mail.get_body(("html",)).get_content()

    async def test_the_trace_of_the_event_runs_into_the_mail_and_back_onto_the_bus(self, world: World):
        await world.people_arrive()
        await world.hear(to_lin())
        async with world.worker():
            await world.settled(accepted=1)

        trace_id = TRACEPARENT.split("-")[1]
        [mail] = world.post.mails_of(LIN_AT)
        [row] = await world.rows("SELECT headers ->> 'traceparent' AS traceparent FROM outbox")
        assert mail["traceparent"].split("-")[1] == trace_id
        assert row["traceparent"].split("-")[1] == trace_id

    async def test_the_recipient_reads_their_own_language(self, world: World):
        await world.people_arrive()
        await world.contact_arrives(SUN, language="en")
        await world.rows("INSERT INTO preferences (member_id, language, mail) VALUES ($1, 'en', true)", MA)
        await world.hear(the_case(c.CaseAccepted))
        async with world.worker():
            await world.settled(accepted=3)

        languages = {to: mail["Content-Language"] for to, mail in world.post.taken}
        assert languages == {LIN_AT: "zh-CN", ADDRESSES[SUN]: "en", MA_AT: "en"}

    async def test_many_mails_go_over_few_connections(self, world: World):
        await world.people_arrive(LIN)
        for _ in range(24):
            await world.hear(to_lin())
        async with world.worker():
            await world.settled_all(24)

        assert len(world.post.taken) == 24
        assert world.post.connections <= 4

    async def test_a_connection_the_server_has_closed_meanwhile_is_opened_anew(
        self, world: World, monkeypatch
    ):
        world.settings = world.settings.model_copy(update={"mail_lanes": 1})
        await world.people_arrive(LIN)
        async with world.worker():
            await world.hear(to_lin())
            await world.settled_all(1)
            world.post.hang_up_on_all()
            await world.hear(to_lin())
            await world.settled_all(2)

        assert len(world.post.taken) == 2
        assert {
            row["attempt"]
            for row in await world.rows("SELECT attempt FROM deliveries WHERE channel = 'mail'")
        } == {1}

    async def test_a_session_comes_with_an_invitation_a_move_and_a_cancellation(self, world: World):
        await world.people_arrive()
        planned = the_case(m.SessionScheduled, sequence=0)
        same = planned.model_dump()
        await world.hear(planned)
        await world.hear(m.SessionScheduled(**same | {"sequence": 1, "moved": True}))
        await world.hear(m.SessionCancelled(**same | {"sequence": 2}))
        async with world.worker():
            await world.settled_all(12)

        for member in (LIN, SUN, MA, GU):
            entries = [calendar_of(mail) for mail in world.post.mails_of(ADDRESSES[member])]
            assert entries == [("REQUEST", "A1", 0), ("REQUEST", "A1", 1), ("CANCEL", "A1", 2)]


def calendar_of(mail) -> tuple[str, str, int]:
    [attached] = [part for part in mail.iter_attachments() if part.get_content_type() == "text/calendar"]
    calendar = Calendar.from_ical(attached.get_content())
    [entry] = calendar.walk("VEVENT")
    return str(calendar["METHOD"]), str(entry["UID"]), entry["SEQUENCE"]


class TestAMailServerThatDoesNot:
    @pytest.mark.parametrize("where", ["at_address", "at_content"])
    @pytest.mark.parametrize("words", ["451 later", "421 busy"])
    async def test_later_means_later_and_then_once(self, world: World, where: str, words: str):
        await world.people_arrive(LIN)
        getattr(world.post, where)[LIN_AT] += [answer(words), answer(words)]
        await world.hear(to_lin())
        async with world.worker():
            await world.settled(accepted=1)

        assert len(world.post.taken) == 1
        assert await world.told() == [(LIN, "accepted")]
        [row] = await world.rows("SELECT attempt FROM deliveries WHERE channel = 'mail'")
        assert row["attempt"] == 3

    @pytest.mark.parametrize("where", ["at_address", "at_content"])
    async def test_never_means_failed_and_is_told(self, world: World, where: str):
        await world.people_arrive()
        getattr(world.post, where)[LIN_AT] += [answer("550 no such person lin@shanbei.example")]
        await world.hear(the_case(c.CaseAccepted))
        async with world.worker():
            await world.settled(accepted=2, failed=1)

        [row] = await world.rows(
            "SELECT recipient_id, attempt, reason FROM deliveries WHERE state = 'failed'"
        )
        assert row == {"recipient_id": LIN, "attempt": 1, "reason": "smtp_550"}
        assert (LIN, "failed") in await world.told()
        assert world.post.mails_of(LIN_AT) == []

    async def test_a_server_that_takes_the_mail_and_vanishes_leaves_it_unknown_and_it_is_not_sent_again(
        self, world: World
    ):
        await world.people_arrive(LIN)
        world.post.at_content[LIN_AT] += [take_and_vanish]
        await world.hear(to_lin())
        async with world.worker():
            await world.settled(unknown=1)
            await asyncio.sleep(0.6)

        assert len(world.post.mails_of(LIN_AT)) == 1
        assert await world.told() == [(LIN, "unknown")]
        [row] = await world.rows("SELECT reason FROM deliveries WHERE channel = 'mail'")
        assert row["reason"] == "connection_lost"

    @pytest.mark.parametrize("act", [hang, drip])
    async def test_a_server_that_thinks_for_ever_leaves_it_unknown(self, world: World, act: Act):
        await world.people_arrive(LIN)
        world.post.at_content[LIN_AT] += [act]
        await world.hear(to_lin())
        async with world.worker():
            await world.settled(unknown=1)

        assert (world.post.offers, world.post.taken) == (1, [])
        assert await world.told() == [(LIN, "unknown")]

    async def test_a_connection_lost_before_the_content_is_no_riddle(self, world: World):
        await world.people_arrive(LIN)
        world.post.at_address[LIN_AT] += [vanish, vanish]
        await world.hear(to_lin())
        async with world.worker():
            await world.settled(accepted=1)

        assert len(world.post.taken) == 1
        assert await world.told() == [(LIN, "accepted")]

    async def test_unknown_is_counted_and_shown(self, world: World):
        await world.people_arrive(LIN)
        world.post.at_content[LIN_AT] += [take_and_vanish]
        await world.hear(to_lin())
        before = counted("unknown")
        async with world.worker():
            await world.settled(unknown=1)
        await metrics.measure(world.database, world.clock.now())

        assert counted("unknown") == before + 1
        assert metrics.OPEN.labels("mail", "unknown")._value.get() == 1

    async def test_a_server_that_is_away_loses_nothing(self, world: World):
        await world.people_arrive(LIN)
        away = PostOffice()
        absent = World(
            world.url,
            world.database,
            away,
            world.texts,
            world.settings.model_copy(update={"smtp_port": away.port}),
        )
        await world.hear(to_lin())
        async with absent.worker():
            await until(lambda: attempted(world, 2))
            assert await world.mails() == {LIN: "pending"}
            async with away.open():
                await world.settled(accepted=1)

        assert len(away.taken) == 1

    async def test_a_server_that_lets_us_not_in_fails_no_mail(self, world: World):
        await world.people_arrive(LIN)
        world.post.closed_to_us = True
        await world.hear(to_lin())
        async with world.worker():
            await until(lambda: attempted(world, 2))
            assert await world.mails() == {LIN: "pending"}
            world.post.closed_to_us = False
            await world.settled(accepted=1)

    async def test_the_mails_of_one_case_keep_their_order(self, world: World):
        await world.people_arrive(LIN)
        first, other = to_lin(), to_lin()
        for event in (first, to_lin(first.case_id), other):
            await world.hear(event)
        earlier, later = await world.rows(
            "SELECT id FROM notices WHERE case_id = $1 ORDER BY id", first.case_id
        )
        refusals = [answer("451 later")] * 3

        async def not_the_first_one_yet(server):
            is_first = str(earlier["id"]).encode() in server.envelope.original_content
            return await (refusals.pop() if is_first and refusals else take)(server)

        world.post.otherwise = not_the_first_one_yet
        async with world.worker():
            await world.settled_all(3)

        order = [mail["X-Shangju-Notice"] for _, mail in world.post.taken]
        assert order.index(str(earlier["id"])) < order.index(str(later["id"]))
        assert order[0] not in (str(earlier["id"]), str(later["id"])), "another case does not wait"


def counted(result: str) -> float:
    return metrics.SETTLED.labels("mail", result)._value.get()


async def attempted(world: World, times: int) -> bool:
    rows = await world.rows("SELECT attempt FROM deliveries WHERE channel = 'mail'")
    return rows[0]["attempt"] >= times


WAITING_FOR_LOCK = """
    SELECT count(*) AS count FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""
CUT_WHO_WAITS_FOR_LOCK = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


def take_under(lock, connection):
    """Takes the mail, but first holds up its mark: it waits for `lock`."""

    async def act(_) -> str:
        await lock.start()
        await connection.execute("SELECT FROM deliveries FOR UPDATE")
        return "250 OK"

    return act


WORKER = """
import asyncio
import sys
from dataclasses import replace
from datetime import datetime
from services.notifications.outgoing import send_mails
from services.notifications.settings import Settings
from shared.service import database_of, make_kit
from tests.support.http import SetClock

async def main():
    settings, clock = Settings(), SetClock(datetime.fromisoformat(sys.argv[1]))
    async with database_of(settings) as database:
        await send_mails(replace(make_kit(settings, database), clock=clock))

asyncio.run(main())
"""


async def a_worker_process(world: World) -> asyncio.subprocess.Process:
    """One that lives at the world's moment: at night it would send nothing."""
    settings = world.settings
    told = {
        "SHANGJU_DATABASE_URL": world.url,
        "SHANGJU_KAFKA_BOOTSTRAP": "127.0.0.1:1",
        "SHANGJU_ALLIANCE_URL": "http://alliance.invalid",
        "SHANGJU_LINK_SECRET": "secret",
        "SHANGJU_SMTP_PORT": str(settings.smtp_port),
        "SHANGJU_SMTP_ANSWER_SECONDS": "30",
    }
    words = (sys.executable, "-c", WORKER, world.clock.now().isoformat())
    return await asyncio.create_subprocess_exec(*words, env=os.environ | told)


async def kill(process: asyncio.subprocess.Process) -> None:
    process.send_signal(signal.SIGKILL)
    await process.wait()


class TestAWorkerThatIsKilled:
    async def test_between_send_and_mark_the_mail_is_unknown_counted_and_never_doubled(
        self, world: World, connection
    ):
        """The mark is held up by a lock of ours, so the kill falls where it can do most harm."""
        await world.people_arrive(LIN)
        await world.hear(to_lin())
        lock = connection.transaction()

        world.post.at_content[LIN_AT] += [take_under(lock, connection)]
        process = await a_worker_process(world)
        try:
            await until(lambda: world.count(WAITING_FOR_LOCK))
        finally:
            await kill(process)
        await lock.rollback()

        assert len(world.post.mails_of(LIN_AT)) == 1
        assert await world.mails() == {LIN: "sending"}
        await world.abandon()
        assert await world.mails() == {LIN: "sending"}, "its lease still runs"
        await world.abandon(after=LEASE)
        assert await world.mails() == {LIN: "unknown"}
        assert await world.told() == [(LIN, "unknown")]
        async with world.worker():
            await asyncio.sleep(1)
        assert len(world.post.mails_of(LIN_AT)) == 1

    async def test_before_the_content_the_mail_is_sent_by_the_next_one(self, world: World, connection):
        await world.people_arrive(LIN)
        await world.hear(to_lin())
        reached = asyncio.Event()

        async def note_and_hang(server):
            reached.set()
            return await hang(server)

        world.post.at_address[LIN_AT] += [note_and_hang]
        process = await a_worker_process(world)
        try:
            await asyncio.wait_for(reached.wait(), 60)
        finally:
            await kill(process)

        assert await world.mails() == {LIN: "pending"}
        await world.abandon(after=LEASE)
        assert await world.mails() == {LIN: "pending"}
        await connection.execute("UPDATE deliveries SET due_at = due_at - $1::interval", decisions.CLAIM)
        async with world.worker():
            await world.settled(accepted=1)
        assert len(world.post.mails_of(LIN_AT)) == 1
        assert await world.told() == [(LIN, "accepted")]


class TestAWorkerThatStops:
    async def test_it_finishes_the_mail_on_its_way(self, world: World):
        await world.people_arrive(LIN)
        reached = asyncio.Event()

        async def slowly(_):
            reached.set()
            await asyncio.sleep(0.3)
            return "250 OK"

        world.post.at_content[LIN_AT] += [slowly]
        await world.hear(to_lin())
        async with world.worker():
            await reached.wait()

        assert await world.mails() == {LIN: "accepted"}

    async def test_a_database_that_goes_away_at_the_mark_is_waited_for(self, world: World, connection):
        await world.people_arrive(LIN)
        await world.hear(to_lin())
        lock = connection.transaction()
        world.post.at_content[LIN_AT] += [take_under(lock, connection)]
        async with world.worker():
            await until(lambda: world.count(WAITING_FOR_LOCK))
            await connection.execute(CUT_WHO_WAITS_FOR_LOCK)
            await lock.rollback()
            await world.settled(accepted=1)

        assert len(world.post.mails_of(LIN_AT)) == 1


class TestAnAddress:
    async def test_that_comes_late_is_waited_for(self, world: World):
        await world.people_arrive(ZHOU)
        await world.hear(to_lin())
        async with world.worker():
            await asyncio.sleep(0.6)
            assert await world.mails() == {LIN: "pending"}
            await world.contact_arrives(LIN)
            await world.settled(accepted=1)

        assert len(world.post.mails_of(LIN_AT)) == 1

    async def test_that_never_comes_is_given_up_after_a_day_and_told(self, world: World):
        await world.hear(to_lin())
        world.clock.advance(timedelta(hours=23, minutes=59))
        await world.abandon()
        assert await world.mails() == {LIN: "pending"}
        world.clock.advance(timedelta(minutes=1))
        await world.abandon()

        [row] = await world.rows("SELECT state, reason, settled_at FROM deliveries WHERE channel = 'mail'")
        assert row == {"state": "failed", "reason": "no_contact", "settled_at": world.clock.now()}
        assert await world.told() == [(LIN, "failed")]

    @pytest.mark.parametrize(
        "email", [None, "not an address", "a@b.example\r\nBcc: c@d.example", "林@shanbei.example"]
    )
    async def test_that_no_mail_can_bear_is_none(self, world: World, email):
        await world.contact_arrives(LIN, email=email)
        await world.hear(to_lin())
        async with world.worker():
            await asyncio.sleep(0.4)

        assert await world.rows("SELECT state, attempt FROM deliveries WHERE channel = 'mail'") == [
            {"state": "pending", "attempt": 0}
        ]

    async def test_of_an_erased_person_is_gone_and_stays_gone(self, world: World):
        await world.people_arrive(LIN)
        await world.rows("INSERT INTO preferences (member_id, language, mail) VALUES ($1, 'en', true)", LIN)
        await world.hear(to_lin())
        earlier = world.clock.now()
        world.clock.advance(timedelta(hours=1))
        await world.hear_tombstone(LIN)
        late = World(world.url, world.database, world.post, world.texts, world.settings)
        assert late.clock.now() == earlier
        await late.contact_arrives(LIN)
        async with world.worker():
            await asyncio.sleep(0.4)

        assert await world.rows("SELECT display_name, email FROM contacts") == [
            {"display_name": None, "email": None}
        ]
        assert await world.rows("SELECT FROM preferences") == []
        assert world.post.offers == 0
        world.clock.advance(timedelta(hours=24))
        await world.abandon()
        assert await world.mails() == {LIN: "failed"}

    async def test_of_a_person_erased_while_their_mail_is_offered_gets_nothing(self, world: World):
        await world.people_arrive(LIN)

        async def erased_meanwhile(server: SMTP) -> str:
            await world.hear_tombstone(LIN)
            server.envelope.rcpt_tos.append(LIN_AT)
            return "250 OK"

        world.post.at_address[LIN_AT] += [erased_meanwhile]
        await world.hear(to_lin())
        async with world.worker():
            await until(lambda: _is_offered(world))
            await asyncio.sleep(0.4)

        assert (world.post.offers, world.post.taken) == (1, [])
        [row] = await world.rows("SELECT state, attempt FROM deliveries WHERE channel = 'mail'")
        assert row == {"state": "pending", "attempt": 1}


async def _is_offered(world: World) -> bool:
    return world.post.offers == 1


async def test_the_journal_of_a_mail_and_the_bus_agree(world: World):
    await world.people_arrive()
    await world.hear(the_case(c.CaseAccepted))
    async with world.worker():
        await world.settled(accepted=3)

    journal = await world.rows("SELECT aggregate_id, version, type FROM journal")
    heads = await world.rows("SELECT id FROM deliveries WHERE channel = 'mail' AND version = 1")
    assert {row["aggregate_id"] for row in journal} == {row["id"] for row in heads}
    assert {(row["version"], row["type"]) for row in journal} == {(1, "MailSettled")}
    assert len(await world.told()) == len(journal) == 3
