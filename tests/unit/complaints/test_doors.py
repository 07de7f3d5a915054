"""The doors that hold no rules: which foreign event and which timer is which command, and the README's picture."""

from __future__ import annotations

from datetime import date
from inspect import isclass
from pathlib import Path
from typing import get_args
from uuid import UUID, uuid4

import pytest

from services.complaints import consumers, timers
from services.complaints.clocks import ClockName
from services.complaints.commands import (
    ChaseReferral,
    EndClock,
    EscalateClock,
    NoteCommitment,
    NoteEffect,
    NoteMediation,
    RemindOfExtension,
    ServeNotice,
    WarnOfClock,
)
from services.complaints.decisions import diagram
from services.complaints.decisions.evolution import EVOLUTIONS
from services.complaints.events import Event
from shared.contracts import mediation as m
from shared.persistence.timers import Timer
from tests.unit.complaints.cases import CASE, GU, MEDIATION, REFERRAL

COMMON = {
    "mediation_id": MEDIATION,
    "case_id": CASE,
    "alliance_id": uuid4(),
    "reference": "SJ-7K3M-9QX4-C",
    "parties": (),
}
PROMISE = uuid4()
OWED = {"commitment_id": PROMISE, "owner_id": uuid4(), "due_on": date(2026, 8, 20)}


BESIDE = {
    m.SessionMissed,
    m.AbsenceExcused,
    m.DefaultPathOpened,
    m.DefaultPathChosen,
    m.NoTimeFound,
    m.OpennessChanged,
    m.GuestProposed,
    m.GuestInvited,
    m.InvitationEnded,
    m.GuestAnswered,
    m.GuestBooked,
    m.GuestReleased,
    m.OralAgreementOpened,
    m.ReleaseAsked,
    m.CommitmentSoonDue,
    m.WordAwaited,
    m.WordSettled,
    m.CourtAwaited,
    m.SessionNear,
    m.SessionRoomClosed,
    m.PaperEntered,
}
"""Who was reminded or need not be, whose room was closed, did not come, could at no time, was to be there too or may
listen, and whose word staff entered from paper, stands in the mediation alone: a case's history is read by more people;
and what was agreed on the spot the case itself has told."""


def test_every_step_of_a_mediation_is_a_step_of_the_case():
    steps = {
        one
        for one in vars(m).values()
        if isclass(one) and issubclass(one, m.MediationEvent) and hasattr(one, "TYPE")
    }
    assert set(consumers.COMMANDS) | BESIDE == steps


@pytest.mark.parametrize(("proven", "broken"), [(True, None), (False, PROMISE)])
def test_a_promise_whose_day_passed_is_broken_unless_it_was_shown_to_be_done(
    proven: bool, broken: UUID | None
):
    due = m.CommitmentDue(**COMMON, **OWED, proven=proven)
    command = consumers.COMMANDS[m.CommitmentDue](due)
    assert command == NoteCommitment(CASE, MEDIATION, "commitment_due", broken)


def test_a_promise_that_was_given_up_is_broken():
    command = consumers.COMMANDS[m.PerformanceDeclined](m.PerformanceDeclined(**COMMON, **OWED))
    assert command == NoteCommitment(CASE, MEDIATION, "performance_declined", PROMISE)


def test_the_mediator_is_known_from_taking_it():
    took = m.MediatorTook(**COMMON, mediator_id=GU)
    command = consumers.COMMANDS[m.MediatorTook](took)
    assert command == NoteMediation(CASE, MEDIATION, "mediator_took", GU)


def test_the_last_due_day_of_all_commitments_is_the_day_people_wait_for():
    promises = tuple(
        m.Promise(commitment_id=uuid4(), owner_id=GU, due_on=date(2026, 4, day)) for day in (21, 3)
    )
    effective = m.AgreementEffective(
        **COMMON,
        agreement_id=uuid4(),
        effective_on=date(2026, 3, 24),
        judicial_until=date(2026, 4, 23),
        commitments=promises,
    )
    command = consumers.COMMANDS[m.AgreementEffective](effective)
    assert command == NoteEffect(CASE, MEDIATION, date(2026, 3, 24), date(2026, 4, 21))


@pytest.mark.parametrize("name", get_args(ClockName))
def test_a_due_timer_ends_its_clock(name):
    timer = Timer("key", name, due_at=None, aggregate_id=CASE)  # type: ignore[arg-type]
    assert timers.command_of(timer) == EndClock(CASE, name)


@pytest.mark.parametrize(
    ("kind", "payload", "command"),
    [
        ("referral", {"clock": "referral", "of": str(REFERRAL)}, EndClock(CASE, "referral", REFERRAL)),
        ("warning", {"clock": "answer"}, WarnOfClock(CASE, "answer")),
        ("escalation", {"clock": "triage"}, EscalateClock(CASE, "triage")),
        ("extension_reminder", {}, RemindOfExtension(CASE)),
        ("chase", {"of": str(REFERRAL)}, ChaseReferral(CASE, REFERRAL)),
    ],
)
def test_what_falls_due_is_asked(kind, payload, command):
    timer = Timer("key", kind, due_at=None, payload=payload, aggregate_id=CASE)  # type: ignore[arg-type]
    assert timers.command_of(timer) == command


def test_a_timer_nobody_set_is_an_error():
    with pytest.raises(ValueError, match="no timer"):
        timers.command_of(Timer("key", "unknown", due_at=None, aggregate_id=CASE))  # type: ignore[arg-type]


def test_a_mail_nobody_opened_serves_after_its_time():
    timer = Timer("key", "service", due_at=None, aggregate_id=CASE)  # type: ignore[arg-type]
    assert timers.command_of(timer) == ServeNotice(CASE, "mail")


def test_a_text_serves_as_one():
    timer = Timer("key", "service", due_at=None, payload={"how": "text"}, aggregate_id=CASE)  # type: ignore[arg-type]
    assert timers.command_of(timer) == ServeNotice(CASE, "text")


def test_every_event_evolves():
    assert set(EVOLUTIONS) == set(get_args(Event))


def test_the_readme_shows_the_table_as_it_is():
    readme = Path(consumers.__file__).with_name("README.md").read_text("utf-8")
    assert f"```mermaid\n{diagram()}\n```" in readme
