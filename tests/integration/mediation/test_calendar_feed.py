"""A calendar program follows a mediator's sessions by an address that is a secret of its own."""

from __future__ import annotations

from urllib.parse import urlsplit

import httpx
from icalendar import Calendar

from shared.access.actor import PUBLIC, Actor
from tests.integration.mediation.neighbourhood import Neighbourhood


async def link_of(hill: Neighbourhood, mediator: Actor) -> str:
    answer = await hill.post(mediator, "/v1/mediators/me/calendar-link")
    assert answer.status_code == 200, answer.text
    path = urlsplit(answer.json()["url"]).path
    assert path.startswith("/api/mediation/v1/calendars/")
    return path.removeprefix("/api/mediation")


async def fetched(hill: Neighbourhood, path: str) -> httpx.Response:
    return await hill.get(PUBLIC, path)


async def test_it_follows_what_is_fixed_moved_and_called_off(hill: Neighbourhood):
    # given
    link = await link_of(hill, hill.gu)
    assert Calendar.from_ical((await fetched(hill, link)).content).events == []
    # when
    case = await (await hill.opened()).scheduled()
    # then
    answer = await fetched(hill, link)
    assert answer.headers["content-type"].startswith("text/calendar")
    [event] = Calendar.from_ical(answer.content).events
    view = await case.view(hill.gu)
    session = view["session"]
    assert (str(event["UID"]), int(event["SEQUENCE"])) == (session["uid"], 0)
    assert view["reference"] in str(event["SUMMARY"])
    # when it is moved
    other = next(slot for slot in view["slots"] if slot["starts_at"] != session["starts_at"])
    await case.do(hill.gu, "reschedule", {"slot_id": other["slot_id"], "reason": "开庭"})
    [event] = Calendar.from_ical((await fetched(hill, link)).content).events
    assert (str(event["UID"]), int(event["SEQUENCE"])) == (session["uid"], 1)
    # when it is called off
    await case.do(hill.lin, "refuse")
    assert Calendar.from_ical((await fetched(hill, link)).content).events == []


async def test_it_names_nobody_and_shows_no_other_mediators_sessions(hill: Neighbourhood):
    links = {mediator.member_id: await link_of(hill, mediator) for mediator in (hill.gu, hill.han)}
    await (await hill.opened()).scheduled()
    theirs, others = [await fetched(hill, links[who.member_id]) for who in (hill.gu, hill.han)]
    assert "BEGIN:VEVENT" in theirs.text
    assert "BEGIN:VEVENT" not in others.text
    for somebody in (hill.lin, hill.ma):
        assert str(somebody.member_id) not in theirs.text
    assert "ATTENDEE" not in theirs.text


async def test_a_second_mediator_follows_the_session_they_come_to(hill: Neighbourhood):
    link = await link_of(hill, hill.han)
    case = await (await hill.opened()).scheduled()
    guest = {"guest_id": str(hill.han.member_id)}
    invited = {"member_id": str(hill.han.member_id), "role": "second_mediator"}
    await case.do(hill.gu, "invite", invited)
    for party in (hill.lin, hill.ma):
        await case.do(party, "invite/agree", guest)
    assert "BEGIN:VEVENT" not in (await fetched(hill, link)).text
    await case.do(hill.han, "invite/answer", {"comes": True, "relation": "none"})
    assert (await case.view(hill.gu))["session"]["uid"] in (await fetched(hill, link)).text
    await case.do(hill.ma, "invite/decline", guest)
    assert "BEGIN:VEVENT" not in (await fetched(hill, link)).text


async def test_a_new_link_ends_the_old_one_and_a_wrong_one_opens_nothing(hill: Neighbourhood):
    old = await link_of(hill, hill.gu)
    new = await link_of(hill, hill.gu)
    assert (await fetched(hill, new)).status_code == 200
    gone, forged = await fetched(hill, old), await fetched(hill, new.replace(".ics", "x.ics"))
    assert (gone.status_code, forged.status_code) == (404, 404)
    assert gone.json() == forged.json()


async def test_it_is_for_mediators_as_long_as_they_are(hill: Neighbourhood):
    assert (await hill.post(hill.zhou, "/v1/mediators/me/calendar-link")).status_code == 403
    link = await link_of(hill, hill.han)
    former = Actor(hill.han.member_id, hill.alliance_id)
    await hill.tell(hill.registered(former))
    assert (await fetched(hill, link)).status_code == 404
