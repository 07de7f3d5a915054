"""Whom no mail reaches is texted: signed, once, and with nothing but the number of the matter on the screen."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from pydantic import SecretStr

from deploy.local.mailbox.texts import TEMPLATES as LOCAL_TEMPLATES
from services.notifications import decisions, metrics
from services.notifications.settings import TEMPLATES, Settings
from shared.contracts import complaints as c
from tests.support.http import settings_for
from tests.unit.notifications.news import LIN, ZHOU

from .conftest import ADDRESSES, World, the_case, until
from .post_office import answer
from .text_provider import Act, TextProvider, close_in_the_middle, drip, hang, refuses, says

PHONE = "13800000001"
REFERENCE = "SJ-7K3M-9QX4-C"


@pytest.fixture(autouse=True)
def brisk(monkeypatch):
    """The next attempt comes at once."""
    monkeypatch.setattr(decisions, "RETRY_AFTER", (timedelta(seconds=0.05),))
    monkeypatch.setattr("services.notifications.outgoing.KEEP_SECONDS", 0.05)


async def lin_has_a_phone(world: World, **more: str | None) -> None:
    await world.contact_arrives(LIN, **{"email": None, "phone": PHONE} | more)


async def lin_is_written_to(world: World, case_id: UUID | None = None) -> None:
    changes = {"case_id": case_id} if case_id else {}
    await world.hear(the_case(c.MessageSent, to=(LIN,), **changes))


async def text_is(world: World, state: str) -> None:
    async def reached() -> bool:
        return (await world.mails("sms")).get(LIN) == state

    await until(reached)


async def reason(world: World) -> str:
    [row] = await world.rows("SELECT reason FROM deliveries WHERE channel = 'sms'")
    return str(row["reason"])


def phones(world: World) -> list[str]:
    return [text.phone for text in world.texts.taken]


class TestWhoIsTexted:
    async def test_whoever_has_a_number_and_no_mail_address_at_once(self, world: World):
        await lin_has_a_phone(world)
        await lin_is_written_to(world)
        async with world.worker():
            await text_is(world, "accepted")

        [text] = world.texts.taken
        assert (text.phone, text.template, text.reference) == (PHONE, "news.zh-CN", REFERENCE)
        assert await world.mails() == {LIN: "failed"}
        assert world.post.offers == 0

    async def test_whose_mail_is_refused_for_ever(self, world: World):
        await lin_has_a_phone(world, email=ADDRESSES[LIN], language="en")
        world.post.at_address[ADDRESSES[LIN]] = [answer("550 no such mailbox")]
        await lin_is_written_to(world)
        async with world.worker():
            await text_is(world, "accepted")
        assert [text.template for text in world.texts.taken] == ["news.en"]

    async def test_nobody_whose_mail_was_taken_or_may_have_been(self, world: World):
        await lin_has_a_phone(world, email=ADDRESSES[LIN])
        world.post.at_content[ADDRESSES[LIN]] = [answer("250 OK"), answer("250 OK and vanish")]
        await lin_is_written_to(world)
        await lin_is_written_to(world)
        async with world.worker():
            await until(lambda: _is(world, SETTLED_MAILS, 2))
        assert await world.mails("sms") == {}

    async def test_nobody_who_wants_no_such_notices(self, world: World):
        await lin_has_a_phone(world)
        await world.rows("INSERT INTO preferences (member_id, mail) VALUES ($1, false)", LIN)
        await lin_is_written_to(world)
        async with world.worker():
            await asyncio.sleep(0.5)
        assert world.texts.asked == []

    async def test_nobody_who_was_erased_meanwhile(self, world: World):
        await lin_has_a_phone(world)
        await lin_is_written_to(world)
        await world.abandon()
        assert await world.mails("sms") == {LIN: "pending"}
        world.clock.advance(timedelta(minutes=1))
        await world.hear_tombstone(LIN)
        async with world.worker():
            await asyncio.sleep(0.5)
        assert world.texts.asked == []
        assert await world.rows("SELECT FROM contacts WHERE phone IS NOT NULL") == []

    async def test_at_night_nobody_but_in_an_emergency(self, world: World):
        await world.people_arrive()
        for member_id in (LIN, ZHOU):
            await world.contact_arrives(member_id, email=None, phone=PHONE)
        world.clock.advance(timedelta(hours=13))
        await lin_is_written_to(world)
        await world.hear(the_case(c.EmergencyUnanswered))
        async with world.worker():
            await until(lambda: _is(world, ACCEPTED_TEXTS, 1))
            await asyncio.sleep(0.5)
        assert [text.template for text in world.texts.taken] == ["emergency.zh-CN"]

    async def test_nobody_where_there_is_no_provider(self, world: World):
        world.settings = world.settings.model_copy(update={"sms_provider": ""})
        await lin_has_a_phone(world)
        await lin_is_written_to(world)
        async with world.worker():
            await asyncio.sleep(0.5)
        assert await world.mails() == {LIN: "pending"}
        assert await world.mails("sms") == {}


ACCEPTED_TEXTS = "SELECT count(*) AS count FROM deliveries WHERE channel = 'sms' AND state = 'accepted'"
SETTLED_MAILS = (
    "SELECT count(*) AS count FROM deliveries WHERE channel = 'mail' AND state IN ('accepted', 'unknown')"
)


async def _is(world: World, sql: str, number: int) -> bool:
    return await world.count(sql) == number


class TestAProviderThatMisbehaves:
    @pytest.mark.parametrize(
        "act",
        [
            says("429 Too Many Requests"),
            says("503 Service Unavailable"),
            says("302 Found", b"", "Location: http://127.0.0.1:1/elsewhere"),
            refuses("isv.BUSINESS_LIMIT_CONTROL"),
            refuses("isv.AMOUNT_NOT_ENOUGH"),
        ],
        ids=["429", "503", "redirect", "limit", "no credit"],
    )
    async def test_has_not_taken_it_and_is_asked_again_until_it_does(self, world: World, act: Act):
        world.texts.acts[PHONE] = [act, act]
        await lin_has_a_phone(world)
        await lin_is_written_to(world)
        async with world.worker():
            await text_is(world, "accepted")
        assert phones(world) == [PHONE]
        assert len(world.texts.asked) == 3

    @pytest.mark.parametrize(
        ("act", "why"),
        [
            (says("500 Internal Server Error", took=True), "sms_500"),
            (says("502 Bad Gateway", took=True), "sms_502"),
            (says("200 OK", b"<html>", took=True), "sms_unreadable"),
            (hang, "no_answer"),
            (drip, "no_answer"),
            (close_in_the_middle, "connection_lost"),
        ],
        ids=["500", "502", "nonsense", "hangs", "drips", "closes in the middle"],
    )
    async def test_may_have_taken_it_and_is_never_asked_again(self, world: World, act: Act, why: str):
        world.settings = world.settings.model_copy(update={"sms_answer_seconds": 0.3})
        world.texts.acts[PHONE] = [act]
        await lin_has_a_phone(world)
        await lin_is_written_to(world)
        async with world.worker():
            await text_is(world, "unknown")
            await asyncio.sleep(0.5)
        assert (await reason(world), len(world.texts.asked)) == (why, 1)
        await metrics.measure(world.database, world.clock.now())
        assert metrics.OPEN.labels("sms", "unknown")._value.get() == 1

    async def test_is_left_alone_for_as_long_as_it_says(self, world: World):
        world.texts.acts[PHONE] = [says("429 Too Many Requests", b"", "Retry-After: 3600")]
        await lin_has_a_phone(world)
        await lin_is_written_to(world)
        async with world.worker():
            await until(lambda: _is(world, WAITING_AN_HOUR, 1))
            await asyncio.sleep(0.5)
        assert (await reason(world), len(world.texts.asked)) == ("sms_429", 1)

    async def test_refuses_a_number_for_ever(self, world: World):
        world.texts.acts[PHONE] = [refuses("isv.MOBILE_NUMBER_ILLEGAL")]
        await lin_has_a_phone(world)
        await lin_is_written_to(world)
        async with world.worker():
            await text_is(world, "failed")
        assert await reason(world) == "sms_isv.MOBILE_NUMBER_ILLEGAL"

    async def test_is_away_and_nothing_is_lost(self, world: World):
        world.settings = world.settings.model_copy(update={"sms_url": "http://127.0.0.1:1/"})
        await lin_has_a_phone(world)
        await lin_is_written_to(world)
        async with world.worker():
            await until(lambda: _is(world, PUT_OFF, 1))
        world.settings = world.settings.model_copy(update={"sms_url": world.texts.settings["sms_url"]})
        async with world.worker():
            await text_is(world, "accepted")
        assert phones(world) == [PHONE]


WAITING_AN_HOUR = """
    SELECT count(*) AS count FROM deliveries
    WHERE channel = 'sms' AND state = 'pending' AND due_at > clock_timestamp() + interval '50 minutes'
"""
PUT_OFF = """
    SELECT count(*) AS count FROM deliveries
    WHERE channel = 'sms' AND state = 'pending' AND reason = 'no_connection'
"""


async def test_a_signature_with_another_key_is_told_and_nobody_is_texted(world: World):
    world.settings = world.settings.model_copy(
        update={"sms_key_id": "our-id", "sms_key_secret": SecretStr("x")}
    )
    await lin_has_a_phone(world)
    await lin_is_written_to(world)
    async with world.worker():
        await until(lambda: _is(world, REFUSED_US, 1))
    assert world.texts.taken == []


REFUSED_US = """
    SELECT count(*) AS count FROM deliveries
    WHERE channel = 'sms' AND state = 'pending' AND reason = 'sms_SignatureDoesNotMatch'
"""


async def test_tencent_is_understood_as_well(world: World):
    world.texts.tongue = "tencent"
    world.settings = world.settings.model_copy(
        update=world.texts.settings | {"sms_key_secret": SecretStr("our-secret")}
    )
    await lin_has_a_phone(world)
    await lin_is_written_to(world)
    async with world.worker():
        await text_is(world, "accepted")
    assert phones(world) == [PHONE]


async def test_texts_of_one_case_keep_their_order(world: World):
    case = the_case(c.MessageSent).case_id
    await lin_has_a_phone(world)
    for _ in range(3):
        await lin_is_written_to(world, case)
    async with world.worker():
        await until(lambda: _is(world, ACCEPTED_TEXTS, 3))
    rows = await world.rows("SELECT id FROM deliveries WHERE channel = 'sms' ORDER BY settled_at, id")
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
    assert len(phones(world)) == 3


async def test_no_number_is_in_a_log_a_reason_or_the_bus(world: World, caplog):
    caplog.set_level("DEBUG")
    world.texts.acts[PHONE] = [refuses("isv.BUSINESS_LIMIT_CONTROL"), says("500 Internal Server Error")]
    await lin_has_a_phone(world)
    await lin_is_written_to(world)
    async with world.worker():
        await text_is(world, "unknown")
    kept = [
        *await world.rows("SELECT to_jsonb(outbox)::text || convert_from(payload, 'UTF8') AS t FROM outbox")
    ]
    kept += await world.rows("SELECT to_jsonb(deliveries)::text AS t FROM deliveries")
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("asyncio")]
    assert not [text for text in (*ours, *(row["t"] for row in kept)) if PHONE in text]


def test_the_local_provider_has_approved_all_templates():
    assert set(LOCAL_TEMPLATES) == set(TEMPLATES)


@pytest.mark.parametrize("templates", ["", "news.en=SMS_1"])
def test_a_provider_without_all_templates_does_not_start(templates):
    told = TextProvider(port=1).settings | {"sms_templates": templates}
    with pytest.raises(ValueError, match="sms_templates must name"):
        settings_for(Settings, "postgresql://", **told)


class TestItsPace:
    """Counted at the provider, not timed."""

    PHONES = tuple(f"1380000010{number}" for number in range(5))

    async def with_texts_for_five(self, world: World, **pace: int) -> None:
        world.settings = world.settings.model_copy(update=pace)
        for member_id, phone in zip(ADDRESSES, self.PHONES, strict=True):
            await world.contact_arrives(member_id, email=None, phone=phone)
            await world.hear(the_case(c.PartyServed, to=(member_id,)))
        await world.abandon()

    async def test_so_many_are_on_their_way_at_once(self, world: World):
        answered = asyncio.Event()

        async def thinks(writer: asyncio.StreamWriter) -> bool:
            await answered.wait()
            return await says("200 OK", b'{"Code": "OK"}', took=True)(writer)

        world.texts.acts |= {phone: [thinks] for phone in self.PHONES}
        await self.with_texts_for_five(world, sms_lanes=2, sms_answer_seconds=30)
        async with world.worker():
            await until(lambda: asked(world, 2))
            await asyncio.sleep(0.5)
            assert len(world.texts.asked) == 2
            answered.set()
            await until(lambda: asked(world, 5))

    async def test_so_many_go_in_a_minute(self, world: World):
        await self.with_texts_for_five(world, texts_per_minute=3)
        async with world.worker():
            await until(lambda: asked(world, 3))
            await asyncio.sleep(0.5)
        assert (len(world.texts.asked), len(world.texts.taken)) == (3, 3)
        assert sorted((await world.mails("sms")).values()).count("pending") == 2


async def asked(world: World, times: int) -> bool:
    return len(world.texts.asked) == times
