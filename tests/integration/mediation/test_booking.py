"""No person, mediator or room is booked twice: the database says no, however many ask at once."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import combinations
from random import Random
from uuid import uuid4

import httpx

from services.mediation.state import Span
from services.mediation.storage import calendars
from services.mediation.storage.calendars import Booking
from shared.access.actor import Actor
from shared.clock import SHANGHAI
from shared.contracts import alliance
from shared.errors import Refused
from tests.integration.mediation.neighbourhood import ALL_WEEK, Case, Neighbourhood

TASKS = 20


async def crowd(hill: Neighbourhood, count: int) -> list[Case]:
    """Mediations between ever new parties, all led by Gu, all with the room's first time on offer."""
    cases = []
    for _ in range(count):
        hill.lin, hill.ma = hill.somebody("resident"), hill.somebody("merchant")
        case = await hill.opened()
        await case.answered()
        cases.append((case, (hill.lin, hill.ma)))
    return [case for case, _ in cases]


async def first_slot(case: Case) -> dict[str, str]:
    return (await case.view(case.hill.gu))["slots"][0]


async def test_of_twenty_at_once_one_gets_the_mediator_and_the_room(hill: Neighbourhood):
    cases = await crowd(hill, TASKS)
    slots = [await first_slot(case) for case in cases]
    assert len({slot["starts_at"] for slot in slots}) == 1

    answers = await asyncio.gather(
        *(
            case.ask(hill.gu, "schedule", {"slot_id": slot["slot_id"]})
            for case, slot in zip(cases, slots, strict=True)
        )
    )

    by_status = sorted(answer.status_code for answer in answers)
    assert by_status == [200] + [409] * (TASKS - 1)
    refused = {answer.json()["type"] for answer in answers if answer.status_code == 409}
    assert refused == {"/problems/already_booked"}
    booked = await hill.rows("SELECT mediation_id FROM bookings WHERE resource = $1", hill.gu.member_id)
    assert len(booked) == 1
    statuses = [(await case.view(hill.gu))["status"] for case in cases]
    assert sorted(statuses) == ["scheduled"] + ["scheduling"] * (TASKS - 1)
    told = [await case.types_told() for case in cases]
    assert sum("session_scheduled" in types for types in told) == 1


async def test_two_mediators_cannot_have_one_room_at_one_time(hill: Neighbourhood):
    first = await hill.opened()
    await first.answered(hill.gu)
    slot = await first_slot(first)
    hill.lin, hill.ma = hill.somebody("resident"), hill.somebody("merchant")
    second = await hill.opened()
    await second.answered(hill.han)
    other = (await second.view(hill.han))["slots"][0]
    assert other["starts_at"] == slot["starts_at"]

    one, two = await asyncio.gather(
        first.ask(hill.gu, "schedule", {"slot_id": slot["slot_id"]}),
        second.ask(hill.han, "schedule", {"slot_id": other["slot_id"]}),
    )
    assert sorted([one.status_code, two.status_code]) == [200, 409]


async def test_a_room_that_a_cancelled_session_leaves_is_free_again(hill: Neighbourhood):
    first = await (await hill.opened()).scheduled()
    taken = (await first.view(hill.gu))["session"]["starts_at"]
    await first.do(hill.ma, "refuse")
    second = await (await hill.opened()).scheduled()
    assert (await second.view(hill.gu))["session"]["starts_at"] == taken


async def test_what_is_booked_is_not_offered_again(hill: Neighbourhood):
    first = await (await hill.opened()).scheduled()
    session = (await first.view(hill.gu))["session"]
    second = await (await hill.opened()).answered()
    slots = (await second.view(hill.gu))["slots"]
    assert session["starts_at"] not in [slot["starts_at"] for slot in slots]


async def test_a_move_gives_up_the_old_time_and_takes_the_new(hill: Neighbourhood):
    case = await (await hill.opened()).scheduled()
    slots = (await case.view(hill.gu))["slots"]
    await case.do(hill.gu, "reschedule", {"slot_id": slots[1]["slot_id"], "reason": "病了"})
    booked = await hill.rows(
        "SELECT lower(during) AS start, upper(during) - lower(during) AS taken FROM bookings "
        "WHERE mediation_id = $1 AND resource = $2",
        case.id,
        hill.gu.member_id,
    )
    assert [row["start"].isoformat().replace("+00:00", "Z") for row in booked] == [slots[1]["starts_at"]]
    assert booked[0]["taken"] == timedelta(minutes=120)  # the session and the half hour after it


async def test_a_move_to_a_taken_time_is_refused(hill: Neighbourhood):
    taken = (await (await (await hill.opened()).scheduled()).view(hill.gu))["session"]["starts_at"]
    hill.lin, hill.ma = hill.somebody("resident"), hill.somebody("merchant")
    case = await (await hill.opened()).scheduled()
    there = {"starts_at": taken, "room": "R1", "reason": "病了"}
    refused = await case.ask(hill.gu, "reschedule", there)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/time_not_free")
    nowhere = await case.ask(hill.gu, "reschedule", there | {"room": "R9"})
    assert nowhere.json()["errors"][0]["pointer"] == "/room"


async def in_the_morning_after(case: Case) -> None:
    """The answers were due; the timers fire in the morning."""
    until = date.fromisoformat((await case.view(case.hill.gu))["clock"]["until"])
    morning = datetime.combine(until + timedelta(days=1), time(8), SHANGHAI)
    case.hill.clock.advance(morning - case.hill.clock.now() - timedelta(seconds=1))
    await case.hill.fire_timers()
    assert (await case.view(case.hill.gu))["status"] == "scheduling", "nobody is told at night"
    case.hill.clock.advance(timedelta(seconds=1))
    await case.hill.fire_timers()


async def test_when_the_answers_are_due_the_best_time_is_fixed_and_booked_by_itself(hill: Neighbourhood):
    case = await (await hill.opened()).answered()
    await in_the_morning_after(case)
    seen = await case.view(hill.lin)
    assert (seen["status"], seen["session"]["status"]) == ("scheduled", "planned")
    booked = await hill.rows("SELECT FROM bookings WHERE mediation_id = $1", case.id)
    assert len(booked) == 4
    assert (await case.types_told())[-1] == "session_scheduled"


async def test_a_time_for_which_somebody_was_booked_since_is_not_the_best(hill: Neighbourhood):
    first = await (await hill.opened()).answered()
    slots = (await first.view(hill.gu))["slots"]
    second = await hill.opened()
    all_of_them = Span(
        *(datetime.fromisoformat(one) for one in (slots[0]["starts_at"], slots[-1]["ends_at"]))
    )
    async with hill.client.kit.database.transaction() as tx:
        await calendars.rebook(tx, second.id, [Booking(hill.gu.member_id, all_of_them)])
    await in_the_morning_after(first)
    assert (await first.types_told())[-1] == "no_time_found"
    assert (await first.view(hill.gu))["next"] == "请为各方寻找会谈时间。"


async def test_two_who_swap_their_times_do_not_wait_for_each_other(hill: Neighbourhood):
    """Each gives up what the other wants: nobody deadlocks, and at least one is refused."""
    cases = [(await hill.opened()).id for _ in range(2)]
    mediator, noon = uuid4(), hill.clock.now()
    hours = [Span(noon + timedelta(hours=step), noon + timedelta(hours=step + 1)) for step in range(2)]

    async def book(case: int, hour: int) -> bool:
        try:
            async with hill.client.kit.database.transaction() as tx:
                await calendars.rebook(tx, cases[case], [Booking(mediator, hours[hour])])
        except Refused:
            return False
        return True

    assert [await book(0, 0), await book(1, 1)] == [True, True]
    for _ in range(5):
        assert await asyncio.gather(book(0, 1), book(1, 0)) == [False, False]


@dataclass(frozen=True)
class Table:
    """One mediation of a crowded day, and those who sit at it."""

    case: Case
    parties: tuple[Actor, Actor]
    mediator: Actor
    second: Actor
    slots: tuple[dict[str, str], ...] = ()

    async def laid(self) -> Table:
        """Up to where a time can be fixed: the second mediator comes, and both parties said yes to every time."""
        case = self.case
        await asyncio.gather(*(case.do(party, "consent") for party in self.parties))
        await case.do(case.hill.zhou, "nominate", {"mediator_id": str(self.mediator.member_id)})
        await case.do(self.mediator, "take")
        guest = {"member_id": str(self.second.member_id), "role": "second_mediator"}
        await case.do(self.mediator, "invite", guest)
        for party in self.parties:
            await case.do(party, "invite/agree", {"guest_id": guest["member_id"]})
        await case.do(self.second, "invite/answer", {"comes": True, "relation": "none"})
        await case.do(self.mediator, "slots")
        slots = (await case.view(self.mediator))["slots"]
        said = {"answers": [{"slot_id": slot["slot_id"], "answer": "yes"} for slot in slots]}
        for party in self.parties:
            await case.do(party, "answers", said)
        return replace(self, slots=tuple(slots))

    async def moves(self, chance: Random) -> httpx.Response:
        """Somebody at this table does something about its time, whatever the others do meanwhile."""
        slot, reason = chance.choice(self.slots), {"reason": "病了"}
        there = {"starts_at": slot["starts_at"], "room": chance.choice(["R1", "R2"])}
        asked: list[tuple[Actor, str, dict[str, object]]] = [
            (self.mediator, "schedule", {"slot_id": slot["slot_id"]}),
            (self.mediator, "reschedule", reason | {"slot_id": slot["slot_id"]}),
            (self.mediator, "reschedule", reason | there),
            (self.second, "invite/answer", {"comes": chance.random() < 0.5, "relation": "none"}),
            (chance.choice(self.parties), "refuse", {}),
        ]
        actor, command, body = chance.choices(asked, weights=(6, 4, 4, 3, 1))[0]
        return await self.case.ask(actor, command, body)

    async def taken(self) -> list[tuple[str, Span]]:
        """Who and what this mediation has been promised, and from when until when, as the committee sees it."""
        seen = await self.case.view(self.case.hill.zhou)
        if seen["status"] != "scheduled":
            return []
        session = seen["session"]
        span = Span(*(datetime.fromisoformat(session[name]) for name in ("starts_at", "ends_at")))
        there = [*self.parties, self.mediator]
        there += [self.second for guest in seen["guests"] if guest["comes"]]
        return [(session["room"], span), *((str(one.member_id), span) for one in there)]


async def crowded_day(hill: Neighbourhood, chance: Random) -> list[Table]:
    """Eight mediations among five neighbours, three mediators and two rooms, all offered much the same times."""
    await hill.open_room("R2")
    third = hill.somebody("mediator")
    await hill.tell(hill.registered(third))
    await hill.put(third, "/v1/mediators/me/availability", {"weekly": ALL_WEEK})
    homes, shops = ([hill.somebody(role) for _ in range(n)] for role, n in (("resident", 3), ("merchant", 2)))
    tables = []
    for _ in range(8):
        parties = (chance.choice(homes), chance.choice(shops))
        hill.lin, hill.ma = parties
        mediator, second = chance.sample([hill.gu, hill.han, third], 2)
        tables.append(Table(await hill.opened(), parties, mediator, second))
    return await asyncio.gather(*(table.laid() for table in tables))


async def test_whatever_is_fixed_moved_and_called_off_at_once_nobody_is_promised_twice(hill: Neighbourhood):
    seed = int(os.environ.get("SHANGJU_SEED") or secrets.randbelow(2**32))
    print(f"SHANGJU_SEED={seed} does the same again")
    tables = await crowded_day(hill, Random(seed))
    answers: list[int] = []
    for turn in range(5):
        moves = [one.moves(Random(f"{seed}/{turn}/{place}")) for place, one in enumerate(tables)]
        answers += [one.status_code for one in await asyncio.gather(*moves)]
        promised = [one for table in tables for one in await table.taken()]
        twice = [
            (who, span, other)
            for (who, span), (whom, other) in combinations(promised, 2)
            if who == whom and span.starts_at < other.ends_at and other.starts_at < span.ends_at
        ]
        assert twice == []
    assert {200, 409} <= {*answers}
    assert max(answers) < 500


async def test_a_room_closed_since_is_neither_booked_nor_offered_again(hill: Neighbourhood):
    case = await (await hill.opened()).answered()
    first = (await case.view(hill.gu))["slots"][0]
    day = datetime.fromisoformat(first["starts_at"]).astimezone(SHANGHAI).date().isoformat()
    closed = {"name": "调解室", "weekly": ALL_WEEK, "exceptions": [{"day": day, "available": False}]}
    kept = await hill.put(hill.zhou, "/v1/rooms/R1", closed)
    assert [one["day"] for one in kept.json()["exceptions"]] == [day]
    [room] = (await hill.get(hill.lin, "/v1/rooms")).json()["items"]
    assert room["exceptions"] == kept.json()["exceptions"]

    refused = await case.ask(hill.gu, "schedule", {"slot_id": first["slot_id"]})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/room_closed")
    assert "R1" not in refused.json()["detail"]
    await case.do(hill.gu, "slots")
    offered = {
        datetime.fromisoformat(slot["starts_at"]).astimezone(SHANGHAI).date().isoformat()
        for slot in (await case.view(hill.gu))["slots"]
    }
    assert offered
    assert day not in offered


async def test_closing_a_room_in_which_sessions_are_fixed_tells_whoever_leads_them_and_cancels_nothing(
    hill: Neighbourhood,
):
    case = await (await hill.opened()).scheduled()
    session = (await case.view(hill.gu))["session"]
    day = datetime.fromisoformat(session["starts_at"]).astimezone(SHANGHAI).date().isoformat()
    closed = {"name": "调解室", "weekly": ALL_WEEK, "exceptions": [{"day": day, "available": False}]}

    for other in (hill.gu, hill.lin):
        assert (await hill.post(other, "/v1/rooms/R1/affected", closed)).status_code == 403
    ahead = (await hill.post(hill.zhou, "/v1/rooms/R1/affected", closed)).json()["items"]
    assert [(one["mediation_id"], one["case_id"]) for one in ahead] == [(str(case.id), str(case.case_id))]
    assert datetime.fromisoformat(ahead[0]["starts_at"]) == datetime.fromisoformat(session["starts_at"])
    assert await told_of_closed(hill, case) == 0

    kept = (await hill.put(hill.zhou, "/v1/rooms/R1", closed)).json()
    assert kept["affected"] == ahead
    assert await told_of_closed(hill, case) == 1
    assert await doors_of(hill, case) == {("R1", "调解室")}
    after = await case.view(hill.gu)
    assert (after["status"], after["session"]) == ("scheduled", session)

    again = (await hill.put(hill.zhou, "/v1/rooms/R1", closed)).json()
    assert (again["affected"], await told_of_closed(hill, case)) == ([], 1)
    other_day = {
        "name": "调解室",
        "weekly": ALL_WEEK,
        "exceptions": [{"day": "2030-01-01", "available": False}],
    }
    assert (await hill.put(hill.zhou, "/v1/rooms/R1", other_day)).json()["affected"] == []


async def told_of_closed(hill: Neighbourhood, case: Case) -> int:
    rows = await hill.rows("SELECT headers FROM outbox WHERE aggregateid = $1", case.case_id)
    return sum("session_room_closed" in str(row["headers"]) for row in rows)


async def doors_of(hill: Neighbourhood, case: Case) -> set[tuple[str, str]]:
    """The rooms that other services are told of, by mark and by name."""
    rows = await hill.rows("SELECT payload FROM outbox WHERE aggregateid = $1", case.case_id)
    told = [json.loads(row["payload"]) for row in rows]
    return {(one["room"], one["room_name"]) for one in told if one.get("room")}


EVERY_DAY = tuple(
    alliance.OpenHours(weekday=day, since=time(9), until=time(16) if day else time(20)) for day in range(7)
)


async def hours_offered(case: Case) -> set[int]:
    await case.led()
    await case.do(case.hill.gu, "slots")
    slots = (await case.view(case.hill.gu))["slots"]
    return {datetime.fromisoformat(slot["starts_at"]).astimezone(SHANGHAI).hour for slot in slots}


async def test_a_shopkeeper_is_asked_to_come_when_the_shop_is_closed(hill: Neighbourhood):
    await hill.tell(hill.registered_place(hill.bar, hill.building_3, weekly=EVERY_DAY))
    assert await hours_offered(await hill.opened()) == {16}
    assert await hours_offered(await hill.opened(identity="hidden")) == {16}


async def test_of_a_hidden_shopkeeper_the_times_offered_say_nothing(hill: Neighbourhood):
    """Whoever can read every shop's hours could else tell from them who complained."""
    await hill.tell(hill.registered_place(hill.bar, hill.building_3, weekly=EVERY_DAY))
    hill.lin, hill.ma = hill.ma, hill.lin
    assert 9 in await hours_offered(await hill.opened(identity="hidden"))
