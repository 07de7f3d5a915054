"""Who may see deliveries, what leaves the service, and which events it listens to."""

from __future__ import annotations

from datetime import date
from typing import get_args
from uuid import uuid4

import pytest

from services.notifications import consumers, policy, publish
from services.notifications.events import LetterBrought, MailSettled, NoticeRead
from services.notifications.reminding import SETTLING
from services.notifications.rules import EVENTS
from shared.contracts import alliance, contacts, notifications, topics
from shared.errors import NotAllowed
from tests.support.tokens import an_actor

DAY = date(2026, 3, 5)
ABOUT = publish.About(uuid4(), uuid4(), uuid4(), uuid4(), "case_accepted")


@pytest.mark.parametrize("role", get_args(alliance.Role))
def test_deliveries_are_for_coordinators_and_operators(role):
    if role in ("coordinator", "operator"):
        policy.require_deliveries(an_actor(role))
    else:
        with pytest.raises(NotAllowed):
            policy.require_deliveries(an_actor(role))


def test_reading_is_told():
    assert publish.contracts(ABOUT, NoticeRead(None)) == [notifications.NoticeRead(**vars(ABOUT))]


@pytest.mark.parametrize("result", ["accepted", "failed", "unknown"])
def test_what_became_of_a_mail_is_told_without_the_reason(result):
    [told] = publish.contracts(ABOUT, MailSettled(result, "smtp_550", 1))
    assert told == notifications.NoticeDelivered(**vars(ABOUT), channel="mail", result=result)
    assert "smtp" not in told.model_dump_json()


@pytest.mark.parametrize("result", ["accepted", "failed", "unknown"])
def test_what_became_of_a_text_is_told_too(result):
    [told] = publish.contracts(ABOUT, MailSettled(result, "sms_refused", 1), channel="sms")
    assert told == notifications.NoticeTexted(**vars(ABOUT), result=result)


@pytest.mark.parametrize("result", ["signed", "handed", "not_at_home", "refused", "moved_away"])
def test_a_visit_is_told_with_its_day(result):
    [told] = publish.contracts(ABOUT, LetterBrought(DAY, result, 1), channel="paper")
    assert told == notifications.NoticeBrought(**vars(ABOUT), on=DAY, result=result)


def test_it_listens_to_all_it_has_lines_for():
    [subscription] = consumers.subscriptions(None)
    assert subscription.group == "notifications"
    assert set(subscription.topics) == {topics.ALLIANCE, topics.CONTACTS, topics.COMPLAINTS, topics.MEDIATION}
    assert subscription.handlers.keys() == {event.TYPE for event in (*EVENTS, *SETTLING)} | {
        alliance.MemberRegistered.TYPE,
        alliance.OccupancyStarted.TYPE,
        alliance.OccupancyEnded.TYPE,
        alliance.ErasureGranted.TYPE,
        contacts.ContactChanged.TYPE,
    }
    assert set(subscription.tombstones) == {topics.CONTACTS}


@pytest.mark.parametrize("role", get_args(alliance.Role))
def test_notices_are_worded_by_coordinators_and_operators(role):
    if role in ("coordinator", "operator"):
        policy.require_wordings(an_actor(role))
    else:
        with pytest.raises(NotAllowed):
            policy.require_wordings(an_actor(role))
