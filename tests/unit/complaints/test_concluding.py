"""A longer month needs everybody; a settlement needs both sides' word, or the coordinator's record of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from services.complaints import commands as c
from services.complaints import events as e
from services.complaints import policy, publish
from services.complaints.decisions import decide, evolve, settlement
from services.complaints.decisions.concluding import conclusions
from services.complaints.decisions.state import (
    AwaitingRoute,
    AwaitingVisits,
    Deliberating,
    Pledged,
    Surveyed,
    status_of,
)
from services.complaints.people import People
from services.complaints.schedule import timers_of
from shared.clock import SHANGHAI
from shared.errors import Invalid, NotAllowed, NotNow, Refused
from tests.unit.complaints.cases import (
    AFTER_VISITS,
    ALLIANCE,
    CASE,
    CONCLUSION,
    EXAMPLES,
    HOME,
    LIN,
    MA,
    NEXT,
    NIGHT,
    REFERENCE,
    REFERRAL,
    SHOP,
    TIMETABLE,
    a,
    after,
    asked_by,
    events_of,
    meant,
)

MAY = date(2026, 5, 11)
"""The month of the examples is over on 13 April 2026."""
AGREE = c.ConsentToExtension(CASE)


def proposed(role="coordinator", until=MAY):
    return after(a(Deliberating), c.ProposeExtension(CASE, until, "还在等检测"), role)


class TestExtension:
    def test_the_old_day_holds_until_the_last_consent(self):
        once = after(proposed(), AGREE, "complainant")
        assert once.file.clock("mediation").until == date(2026, 4, 13)
        both = after(once, AGREE, "respondent")
        month = both.file.clock("mediation")
        assert (month.counted_until, month.until) == (MAY, MAY)
        assert both.file.extension is None

    def test_who_proposes_it_has_consented(self):
        assert proposed("complainant").file.extension.agreed == (HOME,)
        with pytest.raises(NotNow):
            events_of(proposed("complainant"), AGREE, "complainant")

    def test_one_no_is_enough(self):
        declined = after(after(proposed(), AGREE, "complainant"), *EXAMPLES[c.DeclineExtension])
        assert declined.file.extension is None
        assert declined.file.clock("mediation").until == date(2026, 4, 13)

    @pytest.mark.parametrize(
        ("until", "code"),
        [
            (date(2026, 4, 13), "not_later"),
            (date(2026, 3, 1), "not_later"),
            (date(2026, 6, 13), "too_late"),
        ],
    )
    def test_only_forward_and_not_for_ever(self, until, code):
        assert a(Deliberating).file.clock("mediation").since == date(2026, 3, 12)
        with pytest.raises(Invalid, match=code):
            proposed(until=until)

    @pytest.mark.parametrize(
        ("missing", "code"),
        [
            ({"identity": "anonymous"}, "anonymous_cannot_consent"),
            ({"respondents": ()}, "not_every_side_is_here"),
        ],
    )
    def test_who_is_not_here_cannot_consent(self, missing, code):
        with pytest.raises(Refused, match=code):
            events_of(a(AwaitingRoute, **missing), *EXAMPLES[c.ProposeExtension])

    def test_a_month_that_stands_still_is_not_extended(self):
        referred = after(a(Deliberating), *EXAMPLES[c.ReferCase])
        with pytest.raises(NotNow):
            events_of(referred, *EXAMPLES[c.ProposeExtension])

    def test_a_pause_may_overtake_the_proposal(self):
        case = after(proposed(until=date(2026, 4, 20)), AGREE, "complainant")
        case = after(case, c.ReferCase(CASE, REFERRAL, "police", "请查"), "coordinator")
        later = NIGHT + timedelta(days=30)
        case = after(case, c.ReturnCase(CASE, "remedied", "已改"), "coordinator", later)
        with pytest.raises(Refused, match="extension_overtaken"):
            events_of(case, AGREE, "respondent", later)

    ASKED_AGAIN = datetime(2026, 3, 16, 8, tzinfo=SHANGHAI)
    """Two working days after Thursday, in the morning."""
    REMIND = (c.RemindOfExtension(CASE), "system")

    def reminders(self, case):
        return [
            timer.due_at
            for timer in timers_of(case, TIMETABLE).values()
            if timer.kind == "extension_reminder"
        ]

    def test_whoever_has_not_said_so_is_asked_again_once(self):
        case = after(proposed(), AGREE, "complainant")
        assert self.reminders(case) == [self.ASKED_AGAIN]
        assert events_of(case, *self.REMIND, self.ASKED_AGAIN - timedelta(seconds=1)) == []
        assert events_of(case, *self.REMIND, self.ASKED_AGAIN) == [e.ExtensionReminded()]
        reminded = after(case, *self.REMIND, self.ASKED_AGAIN)
        assert (self.reminders(reminded), events_of(reminded, *self.REMIND, self.ASKED_AGAIN)) == ([], [])

    def test_nobody_is_once_it_was_said_or_the_month_is_over(self):
        both = after(after(proposed(), AGREE, "complainant"), AGREE, "respondent")
        declined = after(proposed(), *EXAMPLES[c.DeclineExtension])
        for case in (both, declined, after(proposed(), *EXAMPLES[c.WithdrawCase])):
            assert self.reminders(case) == []
            assert events_of(case, *self.REMIND, self.ASKED_AGAIN) == []
        assert events_of(proposed(), *self.REMIND, proposed().file.clock("mediation").ends_at) == []

    def test_the_timers_move_with_it_and_the_warning_comes_anew(self):
        case = after(after(proposed(), AGREE, "complainant"), AGREE, "respondent")
        dues = {timer.kind: timer.due_at.date() for timer in timers_of(case, TIMETABLE).values()}
        assert dues["mediation"] == date(2026, 5, 12)
        assert dues["warning"] > date(2026, 4, 13)


def on_its_own(path="direct", **filed):
    return after(a(AwaitingRoute, **filed), c.RouteCase(CASE, path), "coordinator")


def say(result, note=None):
    return meant(c.ConcludeCase(CASE, CONCLUSION, result, note))


PROMISE = c.SettledPromise("respondent", "十点关后门", "门上告示", date(2026, 6, 1))
SETTLED = meant(replace(say("settled", "一人退一步"), promises=(PROMISE,)))


def agree(named):
    return meant(replace(say("settled"), agrees_to=named))


class TestConclusion:
    def test_it_is_settled_when_both_sides_say_so(self):
        once = after(on_its_own(), say("settled"), "respondent")
        assert isinstance(once, Deliberating)
        with pytest.raises(NotNow):
            events_of(once, say("settled"), "respondent")
        both = after(once, say("settled"), "complainant")
        assert isinstance(both, Surveyed)
        assert len(both.surveys) == 2
        assert both.file.clock("mediation").state == "met"

    def test_one_writes_the_words_and_the_other_agrees_to_just_these(self):
        written = after(on_its_own(), SETTLED, "respondent")
        assert policy.waits_for(written) == {"complainant"}
        named = settlement.words_hash(REFERENCE, SETTLED.note, SETTLED.promises)
        [said, reached] = events_of(written, agree(named), "complainant")
        assert (said.note, said.promises, said.words_hash, said.proven_at) == (None, (), named, NIGHT)
        [owed] = reached.promises
        assert (owed.owed_by, owed.written_by, owed.place) == ("respondent", "respondent", 0)
        assert settlement.lacks(
            [*events_of(on_its_own(), SETTLED, "respondent")[:1], said], NIGHT.date()
        ) == ["one_side_promises"]

    def test_signed_in_different_words_each_side_holds_to_what_it_promised_itself(self):
        own = c.SettledPromise("complainant", "先打电话", "通话记录", date(2026, 5, 1))
        for_the_other = replace(PROMISE, what="一整天不放")
        theirs = meant(replace(say("settled", "另一种说法"), promises=(for_the_other, own)))
        [_, reached] = events_of(after(on_its_own(), SETTLED, "respondent"), theirs, "complainant")
        assert [(one.owed_by, one.written_by, one.place) for one in reached.promises] == [
            ("respondent", "respondent", 0),
            ("complainant", "complainant", 1),
        ]

    def test_the_other_side_is_told_that_its_word_is_awaited_and_not_once_it_is_given(self):
        people = People({HOME: LIN, SHOP: MA})
        written = after(on_its_own(), SETTLED, "respondent")
        [said] = events_of(on_its_own(), SETTLED, "respondent")
        [told] = publish.contracts_of(publish.Telling(written, ALLIANCE, people), said)
        assert told.to == (LIN,)
        [answer, *_] = events_of(written, say("settled"), "complainant")
        settled = after(written, say("settled"), "complainant")
        assert publish.contracts_of(publish.Telling(settled, ALLIANCE, people), answer) == []

    def test_nobody_agrees_to_words_that_were_not_written_or_adds_to_them(self):
        written = after(on_its_own(), SETTLED, "respondent")
        named = settlement.words_hash(REFERENCE, SETTLED.note, SETTLED.promises)
        other = agree("0" * 64)
        for case in (written, on_its_own()):
            with pytest.raises(Refused, match="other_settlement_words"):
                events_of(case, other, "complainant")
        with pytest.raises(Invalid, match="settlement_words_of_both"):
            events_of(written, replace(SETTLED, agrees_to=named), "complainant")

    def test_being_signed_in_settles_nothing_without_the_code_for_just_these_words(self):
        written = after(on_its_own(), SETTLED, "respondent")
        named = settlement.words_hash(REFERENCE, SETTLED.note, SETTLED.promises)
        in_another_matter = settlement.words_hash("SJ-ANOTHER", SETTLED.note, SETTLED.promises)
        for case, command, role in (
            (on_its_own(), SETTLED, "respondent"),
            (written, agree(named), "complainant"),
        ):
            for intent, code in (
                (None, "field_missing"),
                (replace(SETTLED.intent, content_hash=in_another_matter), "proof_of_other_words"),
            ):
                with pytest.raises(Invalid) as refused:
                    events_of(case, replace(command, intent=intent), role)
                assert (refused.value.field, refused.value.code) == ("/proof", code)

    def test_what_is_promised_has_a_day_to_come_and_is_the_sides_own(self):
        late = replace(SETTLED, promises=(replace(PROMISE, due_on=date(2026, 1, 1)),))
        with pytest.raises(Invalid) as refused:
            events_of(on_its_own(), late, "respondent")
        assert (refused.value.field, refused.value.code) == ("/promises/0/due_on", "in_the_past")
        with pytest.raises(NotAllowed):
            events_of(on_its_own(), SETTLED, "coordinator")

    def test_what_a_settlement_lacks_is_named(self):
        [silent] = events_of(on_its_own(), say("settled", "说好了"), "respondent")
        assert settlement.lacks([silent], NIGHT.date()) == ["other_side_silent", "nothing_promised"]
        own = replace(silent, side="complainant", words_hash="1" * 64)
        assert settlement.lacks([silent, own], NIGHT.date()) == ["words_differ", "nothing_promised"]
        assert settlement.lacks([], NIGHT.date()) == ["nothing_promised"]

    def test_the_coordinator_writes_down_what_both_said(self):
        assert isinstance(after(on_its_own(), say("settled"), "coordinator"), Surveyed)

    def test_an_alliance_that_asks_after_the_visits_asks_after_these_too(self):
        [concluded] = decide(on_its_own(), say("settled"), asked_by("coordinator", timetable=AFTER_VISITS))
        waiting = evolve(on_its_own(), concluded)
        assert isinstance(waiting, AwaitingVisits)
        [told] = publish.contracts_of(publish.Telling(waiting, ALLIANCE, People({HOME: LIN})), concluded)
        assert (told.stage, told.to_be_visited, told.due) == ("supervise", True, waiting.file.visits[1].due)

    def test_who_is_joined_is_asked_too(self):
        at = replace(asked_by("coordinator"), fellows={NEXT: "named"})
        _, *asked = decide(on_its_own(), say("settled"), at)
        assert [one.party_id for one in asked] == [HOME, SHOP, NEXT]

    @pytest.mark.parametrize("role", ["complainant", "respondent", "coordinator"])
    def test_no_agreement_leaves_the_other_routes(self, role):
        ended = after(on_its_own(), say("no_agreement"), role)
        assert status_of(ended) == "ended_without_agreement"

    def test_or_it_goes_to_mediation(self):
        assert status_of(after(on_its_own(), c.RouteCase(CASE, "mediation"), "coordinator")) == "in_mediation"

    @pytest.mark.parametrize(
        ("case", "role", "said"),
        [
            (on_its_own("topic"), "coordinator", ("settled", "adopted", "no_agreement")),
            (on_its_own("topic"), "complainant", ("settled", "no_agreement")),
            (on_its_own(), "coordinator", ("settled", "no_agreement")),
            (a(Pledged), "coordinator", ("settled", "no_agreement")),
        ],
    )
    def test_what_is_offered_as_its_end_is_what_it_can_be(self, case, role, said):
        assert conclusions(case, asked_by(role)) == said
        for result in said:
            assert events_of(case, say(result), role)

    def test_a_topic_is_adopted_by_the_committees_record(self):
        assert isinstance(after(on_its_own("topic"), say("adopted"), "coordinator"), Surveyed)
        with pytest.raises(Invalid, match="not_on_a_topic"):
            events_of(on_its_own(), say("adopted"), "coordinator")
        with pytest.raises(NotAllowed):
            events_of(on_its_own("topic"), say("adopted"), "complainant")

    def test_a_mediation_is_ended_by_its_own_service(self):
        with pytest.raises(NotNow):
            events_of(a(Deliberating), say("settled"), "coordinator")

    def test_an_anonymous_complainant_has_no_survey(self):
        settled = after(on_its_own(identity="anonymous"), say("settled"), "coordinator")
        assert len(settled.surveys) == 1
        assert [type(one) for one in events_of(on_its_own(), say("settled"), "complainant")] == [
            e.SettlementSaid
        ]
