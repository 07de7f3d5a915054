"""No person, mediator or room is booked twice: the database says no, however many ask at once."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, time, timedelta
from uuid import uuid4

from services.mediation.state import Span
from services.mediation.storage import calendars
from services.mediation.storage.calendars import Booking
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


async def test_at_random_writers_never_make_two_bookings_overlap(hill: Neighbourhood):
    """The storage alone, without the checks before it: 20 writers, 4 resources, 6 hours."""
    case_ids = [(await hill.opened()).id for _ in range(TASKS)]
    resources = [uuid4() for _ in range(4)]
    noon = hill.clock.now()

    async def book(number: int) -> bool:
        start = noon + timedelta(minutes=17 * number % 360)
        wanted = [
            Booking(resources[(number + step) % 4], Span(start, start + timedelta(minutes=90)))
            for step in range(2 + number % 2)
        ]
        try:
            async with hill.client.kit.database.transaction() as tx:
                await calendars.rebook(tx, case_ids[number], wanted)
        except Refused:
            return False
        return True

    results = await asyncio.gather(*(book(number) for number in range(TASKS)))
    assert any(results)
    assert not all(results)
    overlapping = await hill.rows(
        """
        SELECT FROM bookings AS one JOIN bookings AS other USING (resource)
        WHERE one.mediation_id < other.mediation_id AND one.during && other.during
        """
    )
    assert overlapping == []


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
    assert "R1" in refused.json()["detail"]
    await case.do(hill.gu, "slots")
    offered = {
        datetime.fromisoformat(slot["starts_at"]).astimezone(SHANGHAI).date().isoformat()
        for slot in (await case.view(hill.gu))["slots"]
    }
    assert offered
    assert day not in offered


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
