"""What both sides settled and signed is followed promise by promise, whichever side owes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.complaints import commands as c
from services.complaints import events as e
from services.complaints import policy, publish, sentences
from services.complaints.decisions import Circumstances, decide, evolve, possible_commands
from services.complaints.decisions.settlement import words_hash
from services.complaints.decisions.state import (
    AwaitingRoute,
    Deliberating,
    Pledged,
    Surveyed,
    stage_of,
    status_of,
)
from services.complaints.people import People
from services.complaints.schedule import timers_of
from services.complaints.storage import Step
from services.complaints.views.pledges import pledges
from services.complaints.views.settling import promises_in, round_of, settlement
from services.complaints.words import without_words
from shared.clock import SHANGHAI
from shared.errors import Invalid, NotAllowed, NotNow, Refused
from tests.unit.complaints.cases import (
    ALLIANCE,
    CASE,
    CONCLUSION,
    EXHIBIT,
    HOME,
    LIN,
    MA,
    NIGHT,
    PHOTO,
    REFERENCE,
    SHOP,
    TIMETABLE,
    a,
    after,
    asked_by,
    events_of,
    meant,
)

DOOR = c.SettledPromise("respondent", "十点关后门", "门上告示", date(2026, 4, 1))
CALL = c.SettledPromise("complainant", "先打电话", "通话记录", date(2026, 6, 1))
WORDS = c.ConcludeCase(CASE, CONCLUSION, "settled", "一人退一步", (DOOR, CALL))
NAMED = words_hash(REFERENCE, WORDS.note, WORDS.promises)
PEOPLE = People({HOME: LIN, SHOP: MA})
PICTURE = c.AddEvidence(CASE, EXHIBIT, "photo", PHOTO)
AGREED = meant(c.ConcludeCase(CASE, CONCLUSION, "settled", agrees_to=NAMED))
APRIL = datetime(2026, 4, 2, 0, 1, tzinfo=SHANGHAI)


def on_its_own(identity: Any = "named") -> Deliberating:
    return after(a(AwaitingRoute, identity=identity), c.RouteCase(CASE, "direct"), "coordinator")


def signed() -> Pledged:
    agreed = meant(c.ConcludeCase(CASE, CONCLUSION, "settled", agrees_to=NAMED))
    return after(after(on_its_own(), meant(WORDS), "respondent"), agreed, "complainant")


def ids(case: Pledged) -> tuple[Any, Any]:
    door, call = case.file.pledges
    return door.pledge_id, call.pledge_id


def proven(case: Pledged) -> Pledged:
    return after(case, c.ProvePledge(CASE, ids(case)[0], "照片在门上"), "respondent")


def told_by(case: Pledged, event: e.Event) -> Any:
    return publish.contracts_of(publish.Telling(case, ALLIANCE, PEOPLE), event)[0]


def late(case: Pledged) -> Pledged:
    return after(case, c.EndClock(CASE, "pledge", ids(case)[0]), "system", APRIL)


def test_with_both_signatures_each_promise_has_days_and_nobody_is_asked_yet_how_it_went():
    case = signed()
    assert (stage_of(case), status_of(case)) == ("act", "keeping_settlement")
    assert [(one.owed_by, one.status) for one in case.file.pledges] == [
        ("respondent", "wanted"),
        ("complainant", "wanted"),
    ]
    assert [case.file.clock("pledge", one).until for one in ids(case)] == [DOOR.due_on, CALL.due_on]
    assert case.file.clock("mediation").state == "met"
    kinds = [timer.kind for timer in timers_of(case, TIMETABLE).values()]
    assert kinds.count("pledge") == 2
    assert policy.waits_for(case) == {"respondent", "complainant"}
    assert "April 1, 2026" in sentences.next_step(case, asked_by("complainant"), "en")


def test_nobody_agrees_to_a_promise_whose_day_is_over_before_they_sign():
    agreed = meant(c.ConcludeCase(CASE, CONCLUSION, "settled", agrees_to=NAMED))
    written = after(on_its_own(), meant(WORDS), "respondent")
    assert after(written, agreed, "complainant", APRIL - timedelta(minutes=2)).file.pledges
    with pytest.raises(Refused, match="settlement_day_over"):
        events_of(written, agreed, "complainant", APRIL)


def test_words_in_which_a_promises_day_passed_unsigned_bind_nobody_and_either_side_writes_anew():
    written = after(on_its_own(), meant(WORDS), "respondent")
    anew = meant(replace(WORDS, note="改到五月", promises=(replace(DOOR, due_on=date(2026, 5, 1)),)))
    assert c.ConcludeCase not in possible_commands(written, asked_by("respondent"))
    for side, other in (("respondent", "complainant"), ("complainant", "respondent")):
        assert c.ConcludeCase in possible_commands(written, asked_by(side, APRIL))
        [said] = events_of(written, anew, side, APRIL)
        case = evolve(written, said)
        assert (case.settled_by, case.settlement) == ((side,), said.words_hash)
        agreed = meant(c.ConcludeCase(CASE, CONCLUSION, "settled", agrees_to=said.words_hash))
        [_, reached] = events_of(case, agreed, other, APRIL)
        assert [one.pledge.until for one in reached.promises] == [date(2026, 5, 1)]


def test_what_lapsed_is_said_so_and_nobody_is_asked_to_agree_to_it():
    [said] = events_of(on_its_own(), meant(WORDS), "respondent")
    case = after(on_its_own(), meant(WORDS), "respondent")

    def shown(today: date, *more: e.SettlementSaid) -> Any:
        steps = [Step(UUID(int=n), n, NIGHT, "system", one) for n, one in enumerate((said, *more))]
        words = round_of(steps)["settlement"]
        return settlement(asked_by("complainant").by, case.file, words, "en", today)

    assert (shown(DOOR.due_on).to_agree_to, len(shown(DOOR.due_on).lacks)) == (NAMED, 1)
    lapsed = shown(APRIL.date())
    assert lapsed.to_agree_to is None
    assert ["over" in one for one in lapsed.lacks] == [True]
    anew = replace(said, promises=(CALL,), words_hash="1" * 64, on=APRIL.date())
    assert [one.words_hash for one in shown(APRIL.date(), anew).words] == ["1" * 64]
    assert shown(APRIL.date(), anew).to_agree_to == "1" * 64


def test_what_was_concluded_over_a_day_that_had_passed_keeps_the_words_of_both():
    hers, his, reached = (
        event
        for command, side, case in (
            (meant(WORDS), "respondent", on_its_own()),
            (AGREED, "complainant", after(on_its_own(), meant(WORDS), "respondent")),
        )
        for event in events_of(case, command, side)
    )
    late = replace(his, on=APRIL.date())
    steps = [Step(UUID(int=n), n, NIGHT, "system", one) for n, one in enumerate((hers, late, reached))]
    assert round_of(steps)["settlement"] == (hers, late)


def shows(by: Any, evidence_id: UUID = EXHIBIT) -> c.ProvePledge:
    return c.ProvePledge(CASE, ids(signed())[0 if by == "respondent" else 1], "见照片", (evidence_id,))


def test_a_photo_that_shows_it_is_kept_is_the_other_sides_to_look_at_at_once():
    for by in ("respondent", "complainant"):
        case = after(after(signed(), PICTURE, by), shows(by), by)
        assert case.file.exhibit(EXHIBIT).shown == "released"
        said = [e.PledgeProven(NIGHT.date(), shows(by).pledge_id, "见照片", None, by, (EXHIBIT,))]
        for role in ("complainant", "respondent", "coordinator"):
            found = pledges(said, {}, case.file, asked_by(role))
            assert [one.evidence_ids for one in found if one.proof] == [[EXHIBIT]]


def test_what_a_concealed_side_shows_is_looked_at_by_the_coordinator_first():
    case = after(after(on_its_own("hidden"), meant(WORDS), "respondent"), AGREED, "complainant")
    case = after(after(case, PICTURE, "complainant"), shows("complainant"), "complainant")
    assert case.file.exhibit(EXHIBIT).shown == "withheld"
    said = [e.PledgeProven(NIGHT.date(), ids(case)[1], "见照片", None, "complainant", (EXHIBIT,))]
    shown = {
        role: [one.evidence_ids for one in pledges(said, {}, case.file, asked_by(role)) if one.proof]
        for role in ("complainant", "respondent")
    }
    assert shown == {"complainant": [[EXHIBIT]], "respondent": [[]]}


def test_nobody_shows_with_what_somebody_else_brought_or_what_is_not_there():
    case = after(signed(), PICTURE, "complainant")
    for evidence_id in (EXHIBIT, UUID(int=77)):
        with pytest.raises(Invalid) as refused:
            events_of(case, shows("respondent", evidence_id), "respondent")
        assert (refused.value.field, refused.value.code) == ("/evidence_ids", "unknown_evidence")


def test_the_side_that_owes_it_says_that_it_is_done_and_the_other_confirms():
    case = signed()
    door, call = ids(case)
    for role, pledge in (("complainant", door), ("respondent", call), ("coordinator", door)):
        with pytest.raises((NotAllowed, NotNow)):
            events_of(case, c.ProvePledge(CASE, pledge, "做到了"), role)
    for role, pledge in (("respondent", door), ("complainant", call)):
        with pytest.raises(NotAllowed):
            events_of(case, c.ConfirmPledge(CASE, pledge), role)
    [shown] = events_of(case, c.ProvePledge(CASE, door, "照片"), "respondent")
    done = proven(case)
    told = told_by(done, shown)
    assert (told.settlement_of, shown.confirm.of) == ("respondent", door)
    assert stage_of(done) == "supervise"
    assert policy.waits_for(done) == {"complainant"}
    with pytest.raises(NotNow):
        events_of(done, c.DisputePledge(CASE, door, "没有"), "respondent")


def test_the_respondent_is_reminded_to_confirm_what_the_complainant_says_is_done():
    case = signed()
    call = ids(case)[1]
    case = after(case, c.ProvePledge(CASE, call, "记录"), "complainant")
    assert "respondent" in policy.waits_for(case)
    until = case.file.clock("confirm_done", call).until
    warned = e.ClockWarned("confirm_done", until, call)
    assert told_by(case, warned).to == (MA,)
    confirmed = after(case, c.ConfirmPledge(CASE, call), "respondent")
    [settled] = publish.contracts_of(
        publish.Telling(confirmed, ALLIANCE, PEOPLE), e.PledgeConfirmed(NIGHT.date(), call, "complainant")
    )[1:]
    assert (settled.word, settled.to) == ("confirmation", (MA,))


def test_with_the_last_one_confirmed_it_is_settled_and_everybody_is_asked():
    case = signed()
    door, call = ids(case)
    once = after(case, c.ConfirmPledge(CASE, door), "complainant")
    assert isinstance(once, Pledged)
    [confirmed, concluded, *asked] = events_of(once, c.ConfirmPledge(CASE, call), "respondent")
    assert (confirmed.owed_by, concluded.result) == ("complainant", "settled")
    assert {type(one) for one in asked} == {e.SurveyRequested}
    assert isinstance(after(once, c.ConfirmPledge(CASE, call), "respondent"), Surveyed)


def test_whoever_owes_it_is_warned_before_its_day_and_after_it_all_are_told_once():
    case = signed()
    door = ids(case)[0]
    assert told_by(case, e.ClockWarned("pledge", DOOR.due_on, door)).to == (MA,)
    end = c.EndClock(CASE, "pledge", door)
    assert decide(case, end, asked_by("system", APRIL - timedelta(minutes=2))) == []
    [missed] = decide(case, end, asked_by("system", APRIL))
    gone = late(case)
    told = told_by(gone, missed)
    assert (told.to, told.settlement_of, told.due_on) == ((MA,), "respondent", DOOR.due_on)
    assert decide(gone, end, asked_by("system", APRIL)) == []
    assert decide(proven(case), end, asked_by("system", APRIL)) == []
    assert isinstance(proven(gone), Pledged)


def test_what_is_missed_or_disputed_is_the_coordinators_to_take_to_another_path():
    route = c.RouteCase(CASE, "mediation")
    case = signed()
    with pytest.raises(NotNow):
        events_of(case, route, "coordinator")
    disputed = after(proven(case), c.DisputePledge(CASE, ids(case)[0], "还开着"), "complainant")
    for broken in (late(case), disputed):
        assert "coordinator" in policy.waits_for(broken)
        anew = after(broken, route, "coordinator", APRIL)
        assert status_of(anew) == "in_mediation"
        assert {one.status for one in anew.file.pledges} == {"lapsed"}
        month = anew.file.clock("mediation")
        assert (month.state, month.since) == ("running", APRIL.date())
        assert not [one for one in timers_of(anew, TIMETABLE).values() if one.kind == "pledge"]


def test_neither_side_ends_alone_what_both_signed():
    case = signed()
    for role in ("complainant", "respondent"):
        at = asked_by(role)
        offered = possible_commands(case, at)
        assert not {c.ConcludeCase, c.WithdrawCase, c.OfferPledge} & {*offered}
        with pytest.raises(NotNow):
            events_of(case, c.ConcludeCase(CASE, CONCLUSION, "no_agreement"), role)
    ended = after(case, c.ConcludeCase(CASE, CONCLUSION, "no_agreement"), "coordinator")
    assert status_of(ended) == "ended_without_agreement"


def test_each_is_shown_with_its_words_to_those_the_settlement_is_for():
    said = events_of(on_its_own(), meant(WORDS), "respondent")
    agreed = meant(c.ConcludeCase(CASE, CONCLUSION, "settled", agrees_to=NAMED))
    said += events_of(after(on_its_own(), meant(WORDS), "respondent"), agreed, "complainant")
    steps = [Step(UUID(int=number), number, NIGHT, "system", event) for number, event in enumerate(said)]
    case = signed()

    def shown(role: Any) -> list[tuple[bool, Any, str, Any]]:
        at: Circumstances = asked_by(role)
        found = pledges((), promises_in(steps), case.file, at)
        return [(one.yours, one.owner_side, one.what, one.measure) for one in found]

    assert shown("respondent") == [
        (True, "respondent", "十点关后门", "门上告示"),
        (False, "complainant", "先打电话", "通话记录"),
    ]
    assert [one[0] for one in shown("complainant")] == [False, True]
    for role in ("building_captain", "joined"):
        assert shown(role) == []
    silenced = replace(steps[0], event=without_words(steps[0].event))
    assert promises_in([silenced, *steps[1:]]) == {}
