"""An event's effect: everybody concerned has it in the inbox and on the way by mail, once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from services.notifications.audiences import NobodyCoordinates
from shared.contracts import alliance
from shared.contracts import complaints as c
from shared.contracts import mediation as m
from tests.support.tokens import ALLIANCE
from tests.unit.notifications.news import APART, GU, HAN, LIN, MA, SUN, ZHOU

from .conftest import World, the_case

DELIVERIES = "SELECT recipient_id, channel, state FROM deliveries ORDER BY recipient_id, channel"


async def test_each_recipient_has_one_inbox_row_and_one_mail_to_be_sent(world: World):
    await world.people_arrive()
    await world.hear(the_case(c.CaseAccepted))

    rows = await world.rows(DELIVERIES)
    assert [tuple(row.values()) for row in rows] == [
        (recipient, channel, state)
        for recipient in (LIN, SUN, MA)
        for channel, state in (("inbox", "accepted"), ("mail", "pending"))
    ]
    assert {row["kind"] for row in await world.rows("SELECT kind FROM notices")} == {
        "case_taken_on",
        "case_accepted",
    }


async def test_of_talks_held_apart_each_sides_notice_holds_its_own_time(world: World):
    await world.people_arrive()
    for event in (m.SessionScheduled, m.SessionCancelled):
        await world.hear(the_case(event, **APART))

    rows = await world.rows("SELECT recipient_id, facts::text AS facts FROM notices")
    for who, told in {MA: ["06:00", "07:00"], LIN: ["07:30", "08:30"], SUN: ["07:30", "08:30"]}.items():
        own = [row["facts"] for row in rows if row["recipient_id"] == who]
        assert [sorted(re.findall(r"T(\d\d:\d\d)", facts)) for facts in own] == [told, told]
    [whole, _] = [row["facts"] for row in rows if row["recipient_id"] == GU]
    assert sorted(re.findall(r"T(\d\d:\d\d)", whole)) == ["06:00", "08:30"]


async def test_an_event_that_comes_twice_tells_once(world: World):
    await world.people_arrive()
    event = the_case(c.CaseAccepted)
    event_id = await world.hear(event)
    await world.hear(event, event_id=event_id)
    await world.rows("DELETE FROM inbox")
    await world.hear(event, event_id=event_id)

    assert len(await world.rows(DELIVERIES)) == 6


async def test_a_silent_event_changes_nothing(world: World):
    await world.people_arrive()
    await world.hear(the_case(m.MediationOpened))
    before = len(await world.rows(DELIVERIES))
    await world.hear(the_case(c.CaseRouted, path="mediation"))
    assert len(await world.rows(DELIVERIES)) == before


async def test_who_wants_no_mails_still_has_the_inbox(world: World):
    await world.people_arrive()
    await world.rows("INSERT INTO preferences (member_id, language, mail) VALUES ($1, 'en', false)", MA)
    await world.hear(the_case(c.MessageSent, to=(MA,)))

    rows = await world.rows("SELECT channel FROM deliveries WHERE recipient_id = $1", MA)
    assert rows == [{"channel": "inbox"}]


async def test_who_wants_no_mails_is_served_by_mail_all_the_same(world: World):
    await world.people_arrive()
    await world.rows("INSERT INTO preferences (member_id, mail) VALUES ($1, false)", MA)
    await world.hear(the_case(c.CaseAccepted))

    rows = await world.rows("SELECT channel FROM deliveries WHERE recipient_id = $1 ORDER BY channel", MA)
    assert rows == [{"channel": "inbox"}, {"channel": "mail"}]


async def test_coordinators_are_those_of_the_alliance_today(world: World):
    await world.people_arrive()
    world.clock.advance(timedelta(days=1))
    for member_id, alliance_id, role in (
        (ZHOU, ALLIANCE, "resident"),
        (HAN, ALLIANCE, "coordinator"),
        (GU, HAN, "coordinator"),
    ):
        grants = (alliance.Grant(role=role),)
        await world.hear(
            alliance.MemberRegistered(member_id=member_id, alliance_id=alliance_id, grants=grants)
        )
    await world.hear(the_case(c.ClockMissed))

    assert [row["recipient_id"] for row in await world.rows("SELECT recipient_id FROM notices")] == [HAN]


async def test_an_older_word_on_a_member_that_comes_late_is_not_believed(world: World):
    await world.people_arrive()
    world.clock.advance(-timedelta(days=1))
    grants = (alliance.Grant(role="resident"),)
    await world.hear(alliance.MemberRegistered(member_id=ZHOU, alliance_id=ALLIANCE, grants=grants))
    await world.hear(the_case(c.ClockMissed))

    assert [row["recipient_id"] for row in await world.rows("SELECT recipient_id FROM notices")] == [ZHOU]


async def test_without_a_coordinator_the_record_is_not_done(world: World):
    with pytest.raises(NobodyCoordinates):
        await world.hear(the_case(c.CaseFiled))
    assert await world.rows("SELECT FROM notices") == []
    assert await world.rows("SELECT FROM inbox") == []


async def test_a_respondent_who_was_told_hears_of_the_end_too(world: World):
    await world.people_arrive()
    case = the_case(c.CaseAccepted)
    await world.hear(case)
    await world.hear(the_case(c.CaseWithdrawn, case_id=case.case_id))
    await world.hear(the_case(c.CaseWithdrawn))

    rows = await world.rows(
        "SELECT case_id FROM notices WHERE recipient_id = $1 AND kind = 'case_withdrawn'", MA
    )
    assert rows == [{"case_id": case.case_id}]
