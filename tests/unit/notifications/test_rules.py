"""Who is told what: the table is complete, and its audiences are the people they say."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from services.notifications.audiences import NobodyCoordinates, Recipient, Roster, recipients
from services.notifications.notice import Facts
from services.notifications.rules import DATES, LINES, SILENCES, as_markdown, lines_for
from shared.contracts import complaints as c
from shared.contracts import mediation as m

from .news import CONTRACTS, FENG, GU, HAN, LIN, MA, PARTIES, SUN, ZHOU, an_event, every_event

ROSTER = Roster(coordinators=(ZHOU,), told=frozenset({LIN, SUN, MA}))
README = Path(__file__).parents[3] / "services" / "notifications" / "README.md"


def is_silent(event) -> bool:
    return any(
        type(event) is silence.event
        and all(getattr(event, name) in values for name, values in silence.when.items())
        for silence in SILENCES
    )


@pytest.mark.parametrize("event", every_event(), ids=lambda event: event.TYPE)
def test_every_event_is_told_to_somebody_or_kept_silent_with_a_reason(event):
    assert bool(lines_for(event)) != is_silent(event)


def test_no_line_waits_for_an_event_or_a_value_that_no_contract_has():
    for entry in (*LINES, *SILENCES):
        assert entry.event in CONTRACTS
        assert any(
            all(getattr(event, name) in values for name, values in entry.when.items())
            for event in every_event()
            if type(event) is entry.event
        )


def test_a_kind_names_the_same_dates_wherever_it_stands():
    assert all(line.dates == DATES[line.kind] for line in LINES)


def test_every_date_named_is_a_field_of_the_event_and_of_the_facts():
    for line in LINES:
        assert set(line.dates) <= line.event.model_fields.keys() & Facts.model_fields.keys(), line


def test_the_table_in_the_readme_is_this_one():
    assert as_markdown() in README.read_text(), "run `python -m services.notifications.rules`"


def told(event, roster: Roster = ROSTER) -> dict:
    return {recipient.member_id: recipient.kind for recipient in recipients(event, roster)}


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (
            an_event(c.CaseFiled, emergency=False),
            {LIN: "case_received", SUN: "case_received", ZHOU: "case_to_check"},
        ),
        (
            an_event(c.CaseFiled, emergency=True),
            {LIN: "case_received", SUN: "case_received", ZHOU: "emergency_to_check"},
        ),
        (an_event(c.CaseAccepted), {LIN: "case_taken_on", SUN: "case_taken_on", MA: "case_accepted"}),
        (an_event(c.CaseDeclined), {LIN: "case_declined", SUN: "case_declined"}),
        (an_event(c.CaseReferred, to=()), {LIN: "case_referred", SUN: "case_referred"}),
        (
            an_event(c.CaseReferred, to=(HAN,)),
            {LIN: "case_referred", SUN: "case_referred", HAN: "referral_handed"},
        ),
        (an_event(c.ReferralChased, to=(ZHOU, HAN)), {ZHOU: "referral_chased", HAN: "referral_chased"}),
        (an_event(c.ClockWarned, to=(MA,)), {MA: "clock_warned"}),
        (an_event(c.WordAwaited, word="answer"), {MA: "answer_reminder"}),
        (an_event(c.WordAwaited, word="confirmation"), {MA: "confirmation_reminder"}),
        (an_event(c.ExtensionAwaited), {MA: "extension_reminder"}),
        (an_event(c.SurveyAwaited), {LIN: "survey_reminder"}),
        (an_event(c.CaseEscalated, to=(GU,)), {GU: "case_escalated"}),
        (an_event(c.MessageSent, to=(MA, ZHOU)), {MA: "message_waiting", ZHOU: "message_waiting"}),
        (an_event(c.SurveyRequested, member_id=SUN), {SUN: "survey_asked"}),
        (an_event(c.ClockMissed), {ZHOU: "clock_missed"}),
        (
            an_event(m.MediatorProposed),
            {
                HAN: "mediation_offered",
                LIN: "mediator_suggested",
                SUN: "mediator_suggested",
                MA: "mediator_suggested",
            },
        ),
        (an_event(m.MediatorPassed, replaced=False, declined=False), {ZHOU: "mediator_passed"}),
        (an_event(m.MediatorPassed, replaced=True, declined=False), {ZHOU: "mediator_replaced"}),
        (
            an_event(m.MediatorPassed, passed_id=HAN, replaced=True, declined=True),
            {ZHOU: "mediator_replaced", HAN: "mediator_not_chosen"},
        ),
        (
            an_event(m.MediatorRemoved, removed_id=HAN),
            {
                LIN: "mediator_removed",
                SUN: "mediator_removed",
                MA: "mediator_removed",
                ZHOU: "mediator_to_look_into",
                HAN: "mediator_dismissed",
            },
        ),
        (
            an_event(m.SessionScheduled, moved=True),
            {
                LIN: "session_moved",
                SUN: "session_moved",
                MA: "session_moved",
                GU: "session_moved",
                FENG: "guest_moved",
            },
        ),
        (
            an_event(m.OpennessChanged, open=True),
            {
                LIN: "session_open",
                SUN: "session_open",
                MA: "session_open",
                GU: "session_open",
                FENG: "guest_open",
            },
        ),
        (
            an_event(m.OpennessChanged, open=False),
            {
                LIN: "session_closed",
                SUN: "session_closed",
                MA: "session_closed",
                GU: "session_closed",
                FENG: "guest_closed",
            },
        ),
        (an_event(m.GuestProposed), {MA: "guest_to_agree"}),
        (an_event(m.GuestInvited), {FENG: "guest_invited"}),
        (
            an_event(m.InvitationEnded),
            {
                LIN: "invitation_ended",
                SUN: "invitation_ended",
                MA: "invitation_ended",
                GU: "invitation_ended",
            },
        ),
        (
            an_event(m.InvitationEnded, withdrawn=True),
            {
                LIN: "invitation_withdrawn",
                SUN: "invitation_withdrawn",
                MA: "invitation_withdrawn",
                GU: "invitation_withdrawn",
            },
        ),
        (an_event(m.GuestAnswered, comes=False), {GU: "guest_stays_away"}),
        (an_event(m.GuestBooked), {FENG: "guest_session"}),
        (an_event(m.GuestReleased), {FENG: "guest_released"}),
        (
            an_event(m.CommitmentProven, owner_id=MA),
            {LIN: "commitment_to_confirm", SUN: "commitment_to_confirm"},
        ),
        (an_event(m.CommitmentProven, owner_id=LIN), {MA: "commitment_to_confirm"}),
        (an_event(m.CommitmentConfirmed), {MA: "commitment_confirmed"}),
        (an_event(m.CommitmentDisputed), {MA: "commitment_disputed", GU: "dispute_to_settle"}),
        (
            an_event(m.CommitmentDisputed, mediator_id=None),
            {MA: "commitment_disputed", ZHOU: "dispute_to_settle"},
        ),
        (an_event(m.CommitmentSoonDue), {MA: "commitment_soon_due"}),
        *((an_event(m.WordAwaited, word=word), {MA: f"{word}_reminder"}) for word in get_args(m.Word)),
        (
            an_event(m.CommitmentDue, proven=False),
            {
                MA: "commitment_overdue",
                LIN: "commitment_late",
                SUN: "commitment_late",
                GU: "commitment_missed",
            },
        ),
        (
            an_event(m.CommitmentDue, proven=True),
            {LIN: "confirmation_overdue", SUN: "confirmation_overdue", MA: "confirmation_awaited"},
        ),
        (an_event(c.OccurrenceLogged), {}),
    ],
    ids=lambda value: getattr(value, "TYPE", ""),
)
def test_the_right_people_are_told(event, expected):
    assert told(event) == expected


@pytest.mark.parametrize("contract", [c.CaseWithdrawn, c.CaseReopened, c.CaseClosed])
def test_a_respondent_who_never_heard_of_the_case_hears_nothing_of_its_end(contract):
    unheard = Roster((ZHOU,), told=frozenset({LIN, SUN}))
    assert MA in told(an_event(contract), ROSTER)
    assert MA not in told(an_event(contract), unheard)


def test_who_is_named_by_two_lines_gets_the_first_alone():
    both = Roster(coordinators=(LIN,), told=frozenset())
    assert told(an_event(c.CaseFiled), both)[LIN] == "case_received"


def test_an_alliance_without_coordinator_is_an_error_and_not_a_silence():
    with pytest.raises(NobodyCoordinates):
        recipients(an_event(c.CaseFiled), Roster((), frozenset()))


def test_each_recipient_is_on_the_side_the_event_says_and_a_stranger_is_protected():
    assert recipients(an_event(m.MediatorTook), ROSTER) == [
        Recipient(LIN, "mediator_found", "complainant"),
        Recipient(SUN, "mediator_found", "complainant"),
        Recipient(MA, "mediator_found", "respondent"),
        Recipient(ZHOU, "mediator_found", "staff"),
    ]
    assert recipients(an_event(c.SurveyRequested, member_id=HAN, parties=()), ROSTER) == [
        Recipient(HAN, "survey_asked", "complainant")
    ]


def test_the_made_up_events_have_two_sides():
    assert {party.side for party in PARTIES} == {"complainant", "respondent"}
