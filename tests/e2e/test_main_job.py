"""The main job on real Kafka and PostgreSQL: told once by four people, then looked at from every side."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import datetime
from typing import Any
from uuid import UUID

import httpx
import pytest
from icalendar import Calendar

from cli.demo.expected import expected
from cli.demo.telling import Heard, Told
from cli.demo.world import eventually
from cli.mailbox import Mail
from cli.running import Running
from cli.seeding import ROOMS
from cli.trace import steps_of
from cli.verify.command import findings_of
from deploy.local.plan import PROCESSES
from deploy.local.system import LocalSystem
from shared.contracts import topics
from tests.support.leaks import Collector, Seen, leaks, logs_of, metrics_of

STEPS = [
    "case_filed",
    "case_accepted",
    "notice_delivered",
    "notice_served",
    "case_answered",
    "case_routed",
    "mediation_opened",
    "party_consented",
    "party_consented",
    "consent_completed",
    "mediator_proposed",
    "mediator_took",
    "slots_proposed",
    "session_scheduled",
    "session_moved",
    "session_held",
    "agreement_drafted",
    "agreement_signed",
    "agreement_signed",
    "agreement_took_effect",
    "commitment_proven",
    "supervision_began",
    "commitment_proven",
    "commitment_confirmed",
    "commitment_due",
    "commitment_confirmed",
    "commitments_performed",
    "survey_requested",
    "survey_requested",
    "survey_answered",
    "survey_answered",
    "case_closed",
]

PUBLISHED = [
    "complaints.case_filed",
    "complaints.case_accepted",
    "complaints.notice_served",
    "complaints.case_answered",
    "complaints.case_routed",
    "mediation.mediation_opened",
    "mediation.consent_completed",
    "mediation.mediator_proposed",
    "mediation.mediator_took",
    "mediation.slots_proposed",
    "mediation.session_scheduled",
    "mediation.session_scheduled",
    "mediation.session_held",
    "mediation.agreement_drafted",
    "mediation.agreement_effective",
    "mediation.commitment_due",
    "mediation.commitments_performed",
    "complaints.case_closed",
]


PERSONAL = ("林佩珍", "马腾", "@shanbei.example", "老太婆", "116号", "后门", "调音师")
"""Names, addresses and words of the story that stay in the databases and mails of whom they are for."""


def heard_by(told: Told, name: str) -> Heard:
    return next(one for one in told.heard if one.person.name == name)


def test_given_the_story_when_told_then_the_history_holds_every_step_in_order(told: Told) -> None:
    assert [step["type"] for step in told.history] == STEPS


@pytest.mark.parametrize("name", ["lin", "ma", "zhou", "gu"])
def test_given_the_story_when_told_then_each_person_hears_each_thing_once_in_both_places(
    told: Told, name: str
) -> None:
    heard = heard_by(told, name)
    assert heard.kinds == expected(name)
    assert heard.mailed == expected(name)


def test_given_the_story_when_told_then_nobody_else_hears_anything(told: Told) -> None:
    recipients = {address for mail in told.all_mails for address in mail.to}
    assert recipients == {one.person.contact for one in told.heard}


@pytest.mark.parametrize("name", ["lin", "ma", "gu"])
def test_given_a_moved_session_when_invited_then_one_uid_and_a_higher_sequence(told: Told, name: str) -> None:
    invitations = [Calendar.from_ical(text) for mail in heard_by(told, name).mails if (text := mail.calendar)]
    events = [calendar.walk("VEVENT")[0] for calendar in invitations]
    assert [calendar["METHOD"] for calendar in invitations] == ["REQUEST", "REQUEST"]
    assert [int(event["SEQUENCE"]) for event in events] == [0, 1]
    assert len({str(event["UID"]) for event in events}) == 1
    assert events[0].start != events[1].start


@pytest.mark.parametrize("name", ["lin", "ma", "gu"])
def test_given_a_session_when_invited_then_its_room_is_called_as_on_its_door(told: Told, name: str) -> None:
    for mail in heard_by(told, name).mails:
        if mail.calendar:
            [event] = Calendar.from_ical(mail.calendar).events
            room = str(event["LOCATION"])
            assert room in ROOMS.values()
            assert room in mail.text


def test_given_a_hidden_identity_when_invited_then_the_two_sides_do_not_meet(told: Told) -> None:
    lins, mas = (
        [invited_at(mail) for mail in heard_by(told, name).mails if mail.calendar] for name in ("lin", "ma")
    )
    assert len(lins) == len(mas) == 2
    for (comes, _), (_, leaves) in zip(lins, mas, strict=True):
        assert leaves < comes
    for one, others in (("lin", mas), ("ma", lins)):
        mails = [
            f"{mail.text}{mail.html}{mail.calendar}" for mail in heard_by(told, one).mails if mail.calendar
        ]
        for text, times in zip(mails, others, strict=True):
            assert not [at for at in times if f"{at:%H:%M}" in text or f"{at:%Y%m%dT%H%M}" in text]


def invited_at(mail: Mail) -> tuple[datetime, datetime]:
    """From when to when a mail asks somebody to come."""
    [event] = Calendar.from_ical(mail.calendar or "").events
    return event.start, event.end


def test_given_mails_when_sent_then_each_has_a_message_id_of_its_own_and_a_silent_subject(told: Told) -> None:
    mails = told.all_mails
    assert len({mail.headers["Message-ID"] for mail in mails}) == len(mails)
    for mail in mails:
        assert told.story.case["reference"] in mail.subject
        assert not [word for word in ("噪声", "酒馆", "116号", "林佩珍", "马腾") if word in mail.subject]


async def test_given_the_story_when_traced_then_the_topics_tell_it_in_order(
    told: Told, where: Running
) -> None:
    steps = await steps_of(told.story.case["reference"], broker=where.broker)
    assert [step.time for step in steps] == sorted(step.time for step in steps)
    assert {step.case_id for step in steps} == {UUID(told.story.case["id"])}
    named = iter(step.event for step in steps)
    assert all(event in named for event in PUBLISHED)
    assert [step.event for step in steps if len(step.trace_id) != 32] == []


async def test_given_the_story_when_verified_then_nothing_was_lost_doubled_or_altered(
    told: Told, where: Running
) -> None:
    findings = await eventually(
        lambda: findings_of(where),
        lambda all_: not any(one.waiting for one in all_),
        "everything has arrived",
    )
    assert [one for one in findings if not one.holds] == []
    assert {one.service for one in findings} == {"alliance", "complaints", "mediation", "notifications"}


@pytest.mark.skipif(shutil.which("kcat") is None, reason="kcat is not installed")
def test_given_the_story_when_read_with_kcat_then_keys_headers_and_values_are_readable(
    told: Told, where: Running
) -> None:
    for topic in (topics.COMPLAINTS, topics.MEDIATION, topics.NOTIFICATIONS):
        records = [record for record in kcat(where, topic) if record["key"] == told.story.case["id"]]
        assert records
        for record in records:
            headers = dict(zip(record["headers"][::2], record["headers"][1::2], strict=True))
            assert headers["ce_type"].startswith("cn.shangju.")
            assert headers["ce_specversion"] == "1.0"
            assert UUID(headers["ce_id"])
            assert json.loads(record["payload"])["case_id"] == record["key"]


def test_given_the_topics_when_searched_then_they_hold_no_word_of_a_person(
    told: Told, where: Running
) -> None:
    if shutil.which("kcat") is None:
        pytest.skip("kcat is not installed")
    text = "".join(
        json.dumps(record, ensure_ascii=False)
        for topic in (topics.ALLIANCE, topics.COMPLAINTS, topics.MEDIATION, topics.NOTIFICATIONS)
        for record in kcat(where, topic)
    )
    assert leaks({"topics": text}, PERSONAL) == []


def test_given_the_story_when_logs_and_metrics_are_searched_then_they_hold_no_word_of_a_person(
    told: Told, system: LocalSystem
) -> None:
    logs = logs_of(system)
    assert told.story.case["id"] in logs["complaints-api"]
    assert leaks(logs, PERSONAL) == []
    assert leaks(metrics_of(system), PERSONAL) == []


async def test_given_the_story_when_spans_are_exported_then_they_hold_no_word_of_a_person(
    told: Told, system: LocalSystem, collector: Collector
) -> None:
    async with httpx.AsyncClient(base_url=system.url("portal")) as stranger:
        await stranger.get(f"/cases/{told.story.case['id']}")

    async def text() -> str:
        return collector.text()

    exported = await eventually(
        text,
        lambda found: all(f"shangju-{name}" in found for name in PROCESSES) and "mail case_received" in found,
        "every service has exported spans",
    )
    assert leaks({"spans": exported}, PERSONAL) == []


async def test_given_a_complaint_when_its_receipt_is_mailed_then_one_trace_leads_from_the_request_to_the_mail(
    told: Told, collector: Collector
) -> None:
    lin = next(one for one in told.heard if one.person is told.story.lin)
    receipt = next(mail for mail in lin.mails if mail.case_id == told.story.case["id"])
    _, _, mailed, _ = receipt.headers["traceparent"].split("-")

    async def way() -> list[Seen]:
        return collector.way_to(mailed)

    seen = await eventually(way, lambda found: found and not found[-1].parent, "the whole way is exported")
    mail, consumer, *_, request = ((one.service, one.name) for one in seen)
    assert mail == ("notifications", "mail case_received")
    assert consumer == ("notifications", "notifications cn.shangju.complaints.case_filed.v1")
    assert request == ("complaints", "POST /v1/cases")


def kcat(where: Running, topic: str) -> list[dict[str, Any]]:
    """Every record of a topic as kcat prints it."""
    command = ["kcat", "-b", where.kafka_bootstrap, "-C", "-t", topic, "-e", "-q", "-J"]
    output = subprocess.run(command, capture_output=True, check=True, timeout=30).stdout
    return [json.loads(line) for line in output.splitlines()]
