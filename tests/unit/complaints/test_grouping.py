"""Those who complain together: whom they name speaks for them, silence is no vote, and a day's news comes once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import reduce
from uuid import UUID

import pytest

from services.complaints import commands as c
from services.complaints import events as e
from services.complaints import policy
from services.complaints.decisions import Circumstances, Standing, State, decide, evolve, possible_commands
from services.complaints.decisions.state import (
    AwaitingRoute,
    AwaitingService,
    AwaitingTriage,
    Closed,
    Deliberating,
    Supervised,
)
from services.complaints.schedule import timers_of
from services.complaints.terms import Identity, Role
from shared.clock import SHANGHAI
from shared.errors import Invalid, NotFound, NotNow, Refused
from tests.unit.complaints.cases import CASE, HOME, LEAD, MEDIATION, MESSAGE, NIGHT, SHOP, TIMETABLE, a

FANG, TANG, YE, OLD = (UUID(int=n) for n in (101, 102, 103, 104))
FELLOWS: dict[UUID, Identity] = {FANG: "named", TANG: "named", YE: "hidden"}
LAST_DAY = date(2026, 3, 16)
"""Two working days from Thursday 12 March."""


def by(role: Role, party: UUID | None = None, now: datetime = NIGHT, **more: object) -> Circumstances:
    at = Circumstances(Standing(role, party), now, TIMETABLE, FELLOWS)
    return replace(at, **more)  # type: ignore[arg-type]


def does(case: State, command: c.Command, at: Circumstances) -> State:
    return reduce(evolve, decide(case, command, at), case)


def gathered(state: type[State] = AwaitingTriage) -> State:
    return does(a(state), c.GatherGroup(CASE, (LEAD,)), by("coordinator"))


def names(case: State, party: UUID, *chosen: UUID) -> State:
    role: Role = "complainant" if party == HOME else "joined"
    return does(case, c.NominateLeads(CASE, chosen), by(role, party))


def accepts(case: State, party: UUID, now: datetime = NIGHT) -> State:
    role: Role = "complainant" if party == HOME else "joined"
    return does(case, c.AcceptLead(CASE, "住了十年"), by(role, party, now))


def ends(case: State) -> State:
    return does(case, c.EndClock(CASE, "nomination"), by("system", now=NIGHT + timedelta(days=5)))


class TestNaming:
    def test_the_first_call_begins_the_days_for_it_and_a_later_one_does_not(self):
        case = gathered()
        clock = case.file.clock("nomination")
        assert clock is not None
        assert clock.until == LAST_DAY
        [again] = decide(case, c.GatherGroup(CASE, (OLD,)), by("coordinator"))
        assert again == e.GroupGathered(date(2026, 3, 12), (OLD,), None)
        assert any(timer.kind == "nomination" for timer in timers_of(case, TIMETABLE).values())

    def test_nothing_is_gathered_where_nobody_is(self):
        with pytest.raises(Refused):
            decide(a(AwaitingTriage), c.GatherGroup(CASE, ()), by("coordinator", fellows={}))

    def test_the_two_named_most_often_who_are_willing_speak_for_all(self):
        case = gathered()
        for voter, chosen in ((HOME, (HOME, FANG)), (FANG, (FANG,)), (YE, (TANG, HOME)), (TANG, (HOME,))):
            case = names(case, voter, *chosen)
        for one in (TANG, FANG, HOME):
            case = accepts(case, one)
        case = ends(case)
        assert case.file.group is not None
        assert case.file.group.leads == (HOME, FANG)
        assert case.file.complainants == (HOME, FANG)
        clock = case.file.clock("nomination")
        assert clock is not None
        assert clock.state != "running"

    def test_silence_is_no_vote_and_who_was_not_asked_does_not_speak(self):
        case = accepts(names(gathered(), HOME, FANG), FANG)
        case = ends(case)
        assert case.file.group is not None
        assert case.file.group.leads == (FANG,)

    def test_whoever_was_named_and_says_nothing_speaks_for_nobody(self):
        case = ends(names(gathered(), HOME, FANG, TANG))
        assert case.file.group is not None
        assert (case.file.group.leads, case.file.complainants) == ((), (HOME,))

    def test_a_place_that_is_free_after_the_last_day_is_filled_and_one_that_is_filled_stays(self):
        case = ends(accepts(names(names(gathered(), HOME, FANG), YE, FANG, TANG), FANG))
        case = accepts(case, TANG, NIGHT + timedelta(days=6))
        assert case.file.group is not None
        assert case.file.group.leads == (FANG, TANG)
        with pytest.raises(NotNow):
            accepts(case, HOME, NIGHT + timedelta(days=6))

    def test_the_latest_word_counts_and_who_has_left_is_not_heard(self):
        case = names(names(gathered(), HOME, TANG), HOME, FANG)
        case = names(case, YE, TANG)
        case = accepts(accepts(case, TANG), FANG)
        without_ye = by("system", now=NIGHT + timedelta(days=5), fellows={FANG: "named", TANG: "named"})
        case = does(case, c.EndClock(CASE, "nomination"), without_ye)
        assert case.file.group is not None
        assert case.file.group.leads == (FANG,)

    def test_it_is_over_when_its_last_day_is(self):
        with pytest.raises(NotNow):
            decide(
                gathered(),
                c.NominateLeads(CASE, (FANG,)),
                by("joined", FANG, NIGHT + timedelta(days=5)),
            )
        assert decide(gathered(), c.EndClock(CASE, "nomination"), by("system")) == []

    @pytest.mark.parametrize("chosen", [(HOME, FANG, TANG), (SHOP,), (OLD,)])
    def test_at_most_two_and_of_those_who_complain_together(self, chosen: tuple[UUID, ...]):
        with pytest.raises(Invalid):
            decide(gathered(), c.NominateLeads(CASE, chosen), by("joined", FANG))

    def test_who_hides_their_name_cannot_speak_to_the_other_side(self):
        with pytest.raises(Refused) as no:
            accepts(names(gathered(), HOME, YE), YE)
        assert no.value.code == "lead_is_known"
        concealed = does(
            a(AwaitingTriage, identity="hidden"), c.GatherGroup(CASE, (LEAD,)), by("coordinator")
        )
        assert accepts(names(concealed, HOME, YE), YE).file.group.willing == (YE,)  # type: ignore[union-attr]

    def test_mediation_waits_until_it_is_known_who_speaks(self):
        case = gathered(AwaitingRoute)
        with pytest.raises(Refused) as no:
            decide(case, c.RouteCase(CASE, "mediation"), by("coordinator"))
        assert no.value.code == "leads_not_named"
        assert isinstance(does(ends(case), c.RouteCase(CASE, "mediation"), by("coordinator")), Deliberating)

    def test_whoever_speaks_for_others_cannot_withdraw_for_them(self):
        case = ends(accepts(names(gathered(AwaitingService), HOME, FANG), FANG))
        assert c.WithdrawCase not in possible_commands(case, by("complainant", FANG))
        assert c.WithdrawCase in possible_commands(case, by("complainant", HOME))


class TestStandingDown:
    """Fang spoke for the others beside who filed the lead, and takes her own complaint back."""

    ON = date(2026, 3, 18)
    GONE = c.NoteStandDown(CASE, FANG)

    def led(self, *willing: UUID) -> AwaitingTriage:
        case = gathered()
        for voter, chosen in ((HOME, (HOME, FANG)), (TANG, (HOME, FANG)), (YE, (TANG,))):
            case = names(case, voter, *chosen)
        for one in (HOME, FANG, *willing):
            case = accepts(case, one)
        case = ends(case)
        assert isinstance(case, AwaitingTriage)
        assert case.file.complainants == (HOME, FANG)
        return case

    def at(self) -> Circumstances:
        return by("system", now=NIGHT + timedelta(days=6), fellows={TANG: "named", YE: "hidden"})

    def test_the_next_who_was_named_and_is_willing_takes_the_place(self):
        case = self.led(TANG)
        told = decide(case, self.GONE, self.at())
        assert told[:2] == [e.LeadStoodDown(self.ON, FANG), e.LeadsNamed(self.ON, (HOME, TANG))]
        after = does(case, self.GONE, self.at())
        assert after.file.complainants == (HOME, TANG)
        assert (after.file.side_ever(FANG), after.file.added_party(FANG)) == (None, None)

    def test_where_nobody_else_is_willing_the_place_is_free(self):
        case = does(self.led(), self.GONE, self.at())
        assert case.file.group is not None
        assert (case.file.group.leads, case.file.complainants) == ((HOME,), (HOME,))

    def test_in_the_talks_nobody_takes_it(self):
        talks = Deliberating(self.led(TANG).file, "mediation")
        assert [type(one) for one in decide(talks, self.GONE, self.at())][:1] == [e.LeadStoodDown]
        assert does(talks, self.GONE, self.at()).file.complainants == (HOME,)

    def test_what_was_agreed_and_signed_binds_all_the_same(self):
        assert decide(Supervised(self.led(TANG).file), self.GONE, self.at()) == []

    def test_nobody_stands_down_who_spoke_for_nobody_and_nobody_twice(self):
        case = self.led(TANG)
        for one in (HOME, TANG, OLD):
            assert decide(case, c.NoteStandDown(CASE, one), self.at()) == []
        assert decide(does(case, self.GONE, self.at()), self.GONE, self.at()) == []


class TestWordsAmongThem:
    @pytest.mark.parametrize(
        ("text", "held_for"),
        [
            ("谁去调解谁就是叛徒,他们老板住95弄!", ("住95弄",)),
            ("他家在5号302", ("5号302",)),
            ("打他电话13800138000", ("13800138000",)),
            ("他心脏不好", ("心脏",)),
            ("call me, he lives at 95 Shanbei Road", ("lives at 95",)),
            ("大家晚上都听到吗,喇叭几点停", ()),
            ("关门!不关我就拉横幅。", ()),
        ],
    )
    def test_where_somebody_lives_their_number_and_their_health_wait(
        self, text: str, held_for: tuple[str, ...]
    ):
        [posted, *_] = decide(gathered(), c.PostToGroup(CASE, MESSAGE, text), by("joined", TANG))
        assert posted == e.GroupPosted(MESSAGE, TANG, text, held_for)

    def held(self) -> State:
        text = "谁去调解谁就是叛徒,他们老板住95弄!"
        return does(gathered(), c.PostToGroup(CASE, MESSAGE, text), by("joined", TANG))

    def test_parts_are_taken_out_and_none_put_in(self):
        written, cut = "谁去调解谁就是叛徒,他们老板住95弄!", "谁去调解谁就是叛徒"
        [released, *_] = decide(
            self.held(), c.ReleasePost(CASE, MESSAGE, cut, written, TANG), by("coordinator")
        )
        assert released == e.PostReleased(MESSAGE, cut, TANG)
        for other in ("谁去调解谁就是英雄", "叛徒就是谁"):
            with pytest.raises(Invalid):
                decide(self.held(), c.ReleasePost(CASE, MESSAGE, other, written, TANG), by("coordinator"))

    def test_only_what_waits_is_released_and_the_case_waits_for_the_coordinator_meanwhile(self):
        case = self.held()
        assert "coordinator" in policy.waits_for(case)
        with pytest.raises(NotFound):
            decide(case, c.ReleasePost(CASE, LEAD, "好", "好", None), by("coordinator"))
        case = does(case, c.ReleasePost(CASE, MESSAGE, "叛徒", "叛徒", TANG), by("coordinator"))
        with pytest.raises(NotNow):
            decide(case, c.ReleasePost(CASE, MESSAGE, "叛徒", "叛徒", TANG), by("coordinator"))

    def test_the_coordinators_own_word_waits_for_nobody(self):
        [posted, *_] = decide(gathered(), c.PostToGroup(CASE, MESSAGE, "请到5号302来"), by("coordinator"))
        assert posted == e.GroupPosted(MESSAGE, None, "请到5号302来", ())

    def test_without_anybody_joined_there_is_no_such_place(self):
        with pytest.raises(NotNow):
            decide(
                a(AwaitingTriage), c.PostToGroup(CASE, MESSAGE, "有人吗"), by("complainant", HOME, fellows={})
            )


class TestNews:
    EVENING = datetime(2026, 3, 13, 18, tzinfo=SHANGHAI)

    def test_whatever_happens_in_a_day_is_told_once_at_one_hour(self):
        [_, noted] = decide(a(AwaitingTriage), c.GatherGroup(CASE, (LEAD,)), by("coordinator"))
        assert noted == e.GroupNewsNoted(self.EVENING)
        case = gathered()
        assert [
            timer.due_at for timer in timers_of(case, TIMETABLE).values() if timer.kind == "group_news"
        ] == [self.EVENING]
        accepted = decide(case, c.AcceptCase(CASE, "夜间低频音乐"), by("coordinator"))
        assert [type(one) for one in accepted] == [e.CaseAccepted]
        assert decide(case, c.TellGroup(CASE), by("system")) == []
        case = does(case, c.TellGroup(CASE), by("system", now=self.EVENING))
        assert decide(case, c.TellGroup(CASE), by("system", now=self.EVENING)) == []

    def test_what_comes_after_the_hour_is_told_on_the_next_day(self):
        case = does(gathered(), c.TellGroup(CASE), by("system", now=self.EVENING))
        later = by("coordinator", now=self.EVENING + timedelta(minutes=1))
        [_, noted] = decide(case, c.AcceptCase(CASE, "夜间低频音乐"), later)
        assert noted == e.GroupNewsNoted(self.EVENING + timedelta(days=1))

    def test_a_word_that_waits_is_no_news(self):
        case = does(gathered(), c.TellGroup(CASE), by("system", now=self.EVENING))
        held = decide(case, c.PostToGroup(CASE, MESSAGE, "他住95弄"), by("joined", TANG))
        assert [type(one) for one in held] == [e.GroupPosted]

    def test_nobody_is_told_after_the_end(self):
        case = does(gathered(), c.WithdrawCase(CASE), by("complainant", HOME))
        assert isinstance(case, Closed)
        assert not any(timer.kind == "group_news" for timer in timers_of(case, TIMETABLE).values())


def test_each_of_them_is_asked_how_it_went_by_a_survey_of_their_own():
    case = a(Supervised)
    events = decide(case, c.NotePerformance(CASE, MEDIATION), by("system"))
    asked = [one for one in events if isinstance(one, e.SurveyRequested)]
    assert [one.party_id for one in asked] == [HOME, SHOP, *FELLOWS]
    assert len({one.survey_id for one in asked}) == 5
    case = reduce(evolve, events, case)
    answered = does(case, c.AnswerSurvey(CASE, True, 5), by("joined", FANG))
    assert c.AnswerSurvey not in possible_commands(answered, by("joined", FANG))
