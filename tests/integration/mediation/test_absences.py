"""Two absences, and the choice of the side that came, with its time to think it over."""

from __future__ import annotations

from datetime import datetime, timedelta

from services.mediation.decisions.rota import Turn
from services.mediation.storage import people
from shared.access.actor import Actor
from tests.integration.mediation.neighbourhood import Case, Neighbourhood


async def missed_twice(case: Case) -> Case:
    """The respondent does not come, and not again."""
    await case.scheduled()
    for again in (True, False):
        await to_the_session(case)
        await case.do(case.hill.gu, "absences", {"side": "respondent", "waited_minutes": 20})
        if again:
            await case.do(case.hill.gu, "slots")
            slot = (await case.view(case.hill.gu))["slots"][0]["slot_id"]
            for party in (case.hill.lin, case.hill.ma):
                await case.do(party, "answers", {"answers": [{"slot_id": slot, "answer": "yes"}]})
            await case.do(case.hill.gu, "reschedule", {"slot_id": slot, "reason": "对方未到"})
    return case


async def to_the_session(case: Case) -> None:
    session = (await case.view(case.hill.gu))["session"]
    case.hill.clock.advance(datetime.fromisoformat(session["starts_at"]) - case.hill.clock.now())


async def test_a_choice_for_the_authority_takes_effect_on_the_next_working_day(hill: Neighbourhood):
    # given
    case = await missed_twice(await hill.opened())
    assert (await case.ask(hill.ma, "default-path", {"choice": "refer"})).status_code == 403
    chosen = await case.do(hill.lin, "default-path", {"choice": "refer"})
    assert chosen["status"] == "scheduled"
    # when
    await hill.fire_timers()
    assert "mediation_failed" not in await case.types_told()
    hill.clock.advance(timedelta(days=5))
    await hill.fire_timers()
    # then
    [failed] = [one["data"] for one in await case.told() if one["type"] == "mediation_failed"]
    assert (failed["reason"], failed["wishes_referral"]) == ("absent", True)
    assert (await case.view(hill.lin))["status"] == "ended"


async def test_a_choice_that_was_changed_does_nothing_when_its_day_comes(hill: Neighbourhood):
    case = await missed_twice(await hill.opened())
    await case.do(hill.lin, "default-path", {"choice": "refer"})
    await case.do(hill.lin, "default-path", {"choice": "again"})
    hill.clock.advance(timedelta(days=5))
    await hill.fire_timers()
    assert (await case.view(hill.lin))["status"] == "scheduled"
    # and neither when the session was held meanwhile
    await case.do(hill.lin, "default-path", {"choice": "refer"})
    await case.do(hill.gu, "minutes", {"text": "来了,谈了"})
    hill.clock.advance(timedelta(days=5))
    await hill.fire_timers()
    assert (await case.view(hill.lin))["status"] == "drafting"


async def test_why_somebody_did_not_come_is_for_the_mediator_the_committee_and_themselves(
    hill: Neighbourhood,
):
    case = await hill.opened()
    await case.scheduled()
    await to_the_session(case)
    await case.do(hill.gu, "absences", {"side": "respondent"})
    await case.do(hill.ma, "absences/explain", {"text": "送医院了"})
    assert (await case.ask(hill.lin, "absences/explain", {"text": "x"})).status_code == 409
    for reader, said in ((hill.ma, True), (hill.gu, True), (hill.zhou, True), (hill.lin, False)):
        [absence] = (await case.view(reader))["absences"]
        assert (absence["explanation"] is not None) == said
    assert "医院" not in str(await case.told())
    day = hill.clock.now().date().isoformat()
    assert (
        await case.ask(hill.ma, "absences/excuse", {"side": "respondent", "seen_on": day})
    ).status_code == 403
    await case.do(hill.zhou, "absences/excuse", {"side": "respondent", "seen_on": day})
    assert (await case.view(hill.lin))["absences"][0]["excused"] is True


async def turns_of(case: Case, mediator: Actor) -> list[Turn]:
    async with case.hill.client.kit.database.reading() as connection:
        return await people.turns(
            connection, [mediator.member_id], since=case.hill.clock.now() - timedelta(days=90)
        )


async def test_a_session_to_which_somebody_did_not_come_is_no_turn_of_the_mediators(hill: Neighbourhood):
    # given
    case = await hill.opened()
    await case.scheduled()
    [turn] = await turns_of(case, hill.gu)
    assert turn.recent == 1
    await to_the_session(case)
    # when
    await case.do(hill.gu, "absences", {"side": "respondent"})
    # then
    assert await turns_of(case, hill.gu) == [Turn(hill.gu.member_id, 0, None)]
    # and one that is held after all counts
    await case.do(hill.gu, "minutes", {"text": "来了,谈了"})
    assert await turns_of(case, hill.gu) == [Turn(hill.gu.member_id, 1, hill.clock.now())]


async def test_a_turn_is_counted_from_when_the_mediator_was_asked(hill: Neighbourhood):
    case = await hill.opened()
    await case.scheduled()
    before = await turns_of(case, hill.gu)
    await to_the_session(case)
    await case.do(hill.gu, "minutes", {"text": "谈了"})
    assert await turns_of(case, hill.gu) == before
