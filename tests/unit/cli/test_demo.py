"""The story's own expectations speak the language of the services."""

from __future__ import annotations

from collections import Counter

import pytest

from cli.demo.expected import TOLD, expected
from cli.demo.world import Unexpected, check, eventually
from services.notifications.rules import KINDS


def test_given_the_storys_notices_when_compared_then_notifications_knows_each_of_them() -> None:
    assert {kind for kind, _ in TOLD} <= set(KINDS)


def test_given_two_signatures_when_expected_then_the_mediator_hears_of_both() -> None:
    assert expected("gu")["agreement_signed"] == 2
    assert expected("nobody") == Counter()


def test_given_a_wrong_answer_when_checked_then_the_story_stops_in_words() -> None:
    with pytest.raises(Unexpected, match="the stage is hear"):
        check(False, "the stage is hear")


async def test_given_an_answer_that_comes_later_when_awaited_then_it_is_returned() -> None:
    answers = iter([[], [], ["here"]])

    async def ask() -> list[str]:
        return next(answers)

    assert await eventually(ask, bool, "it comes") == ["here"]
