"""What platforms are told, how it is signed, where it may go, and what becomes of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from uuid import UUID

import pytest

from services.notifications.commands import No, NotYet, Yes
from services.notifications.decisions import GIVEN_UP_AFTER, RETRY_AFTER
from services.notifications.webhooks.decisions import (
    BOTH_SECRETS,
    GONE,
    Again,
    Over,
    outcome,
    signing_generations,
)
from services.notifications.webhooks.guard import is_allowed, networks
from services.notifications.webhooks.messages import OUTSIDE, message_of
from services.notifications.webhooks.signing import headers_for, secret_of, signature_of

from .news import LIN, MA, every_event

NOON = datetime(2026, 3, 12, 4, tzinfo=UTC)
ID = UUID("01900000-0000-7000-8000-00000000000a")


class TestWhatLeaves:
    @pytest.mark.parametrize("event", every_event(), ids=lambda event: event.TYPE)
    def test_is_where_a_matter_stands_and_nothing_of_a_person_or_a_place(self, event):
        body = message_of(event, NOON)
        if not isinstance(event, OUTSIDE):
            assert body is None
            return
        told = json.loads(body)
        assert (told["type"], told["timestamp"]) == (event.TYPE, "2026-03-12")
        assert set(told["data"]) == {
            *("case_id", "reference", "category", "subcategory", "stage", "status", "due")
        }
        assert not [one for one in (LIN, MA) if str(one) in body]

    def test_no_hour(self):
        event = next(one for one in every_event() if isinstance(one, OUTSIDE))
        late = message_of(event, datetime(2026, 3, 12, 15, 52, tzinfo=UTC))
        assert json.loads(late)["timestamp"] == "2026-03-12"


class TestTheSignature:
    def test_is_that_of_the_standards_own_example(self):
        assert (
            signature_of(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1614265330,
                '{"test": 2432232314}',
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            )
            == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        )

    def test_is_there_once_for_each_secret(self):
        secrets = [secret_of("key", ID, 2), secret_of("key", ID, 1)]
        headers = headers_for("msg_1", "{}", secrets=secrets, now=NOON)
        expected = [signature_of("msg_1", int(NOON.timestamp()), "{}", secret) for secret in secrets]
        assert headers["webhook-signature"].split(" ") == expected
        assert len(set(expected)) == 2

    def test_each_webhook_and_generation_has_a_secret_of_its_own(self):
        made = {secret_of(key, ID, number) for key in ("a", "b") for number in (1, 2)}
        assert len(made | {secret_of("a", UUID(int=1), 1)}) == 5

    @pytest.mark.parametrize(
        ("rotated", "signs"),
        [
            (None, [2]),
            (NOON, [2, 1]),
            (NOON - BOTH_SECRETS + timedelta(seconds=1), [2, 1]),
            (NOON - BOTH_SECRETS, [2]),
        ],
    )
    def test_the_old_secret_signs_for_a_day_after_the_rotation(self, rotated, signs):
        assert signing_generations(2, rotated, NOON) == signs


class TestWhereItMayGo:
    @pytest.mark.parametrize(
        "address",
        [
            "127.0.0.1",
            "127.8.8.8",
            "0.0.0.0",
            "10.0.0.1",
            "172.16.0.1",
            "192.168.1.1",
            "100.64.0.1",
            "169.254.169.254",
            "224.0.0.1",
            "255.255.255.255",
            "192.0.2.1",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::1",
            "2001:0:7f00:1::1",
        ],
    )
    def test_not_inside(self, address):
        assert not is_allowed(ip_address(address), ())

    @pytest.mark.parametrize("address", ["8.8.8.8", "101.226.4.6", "2400:3200::1", "::ffff:8.8.8.8"])
    def test_but_into_the_world(self, address):
        assert is_allowed(ip_address(address), ())

    def test_and_into_a_network_that_was_named(self):
        city = networks("10.20.0.0/16, fd00:1::/32")
        assert is_allowed(ip_address("10.20.3.4"), city)
        assert is_allowed(ip_address("::ffff:10.20.3.4"), city)
        assert is_allowed(ip_address("fd00:1::5"), city)
        assert not is_allowed(ip_address("10.21.0.1"), city)


@pytest.mark.parametrize(
    ("answer", "attempt", "expected"),
    [
        (Yes(), 1, Over(accepted=True)),
        (No(GONE), 1, Over(accepted=False, reason=GONE)),
        (NotYet("http_500"), 1, Again(NOON + RETRY_AFTER[0], "http_500")),
        (NotYet("http_500"), 99, Again(NOON + RETRY_AFTER[-1], "http_500")),
        (
            NotYet("http_429", timedelta(hours=2)),
            1,
            Again(NOON + timedelta(hours=2), "http_429"),
        ),
    ],
)
def test_until_it_is_taken_it_is_tried_again(answer, attempt, expected):
    assert outcome(answer, attempt=attempt, queued_at=NOON, now=NOON) == expected


def test_after_days_it_is_given_up():
    queued_at = NOON - GIVEN_UP_AFTER
    assert outcome(NotYet("http_500"), attempt=9, queued_at=queued_at, now=NOON) == Over(
        accepted=False, reason="gave_up"
    )
