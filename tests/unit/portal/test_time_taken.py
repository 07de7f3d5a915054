"""How long a matter took, and how many days of it were with somebody else; never where that would betray somebody."""

from __future__ import annotations

from typing import Any

import pytest

from services.portal.answers import Case, Step
from services.portal.casefile import CaseFile
from tests.integration.portal.town import a_case

CLOSED = {"type": "case_closed", "text": "结案", "actor_role": "system"}


def a_file(*history: dict[str, Any], **more: Any) -> CaseFile:
    usual = {"stage": "closed", "status": "solved", "filed_on": "2026-07-06"}
    case = Case.model_validate(a_case(**usual | more))
    return CaseFile(case, tuple(Step.model_validate(step) for step in history))


@pytest.mark.parametrize("when", [{"on": "2026-11-23"}, {"at": "2026-11-22T16:30:00Z"}])
def test_it_is_counted_from_the_day_of_filing_to_the_end(when: dict[str, str]) -> None:
    assert a_file(CLOSED | when).took == 140


def test_the_last_end_counts_where_it_was_taken_up_again() -> None:
    assert a_file(CLOSED | {"on": "2026-08-01"}, CLOSED | {"on": "2026-11-23"}).took == 140


def test_nothing_while_it_goes_on_or_where_the_day_of_filing_would_betray_somebody() -> None:
    ended = CLOSED | {"on": "2026-11-23"}
    assert a_file().took is None
    assert a_file(ended, stage="hear").took is None
    assert a_file(ended, filed_on_is_half_month=True).took is None


@pytest.mark.parametrize(
    ("there", "days"),
    [
        ({"received_on": "2026-08-27", "returned_on": "2026-09-09"}, 13),
        ({"returned_on": "2026-09-09"}, 14),
        ({}, None),
    ],
)
def test_with_the_court_station_it_was_from_when_that_confirmed_it(there: dict[str, str], days: int) -> None:
    lies = {"id": "00000000-0000-4000-8000-000000000001", "authority_label": "法院工作站", "part": "all"}
    sent = {"sent_on": "2026-08-26", "until": "2026-09-16"}
    [referral] = a_file(referrals=[lies | sent | there]).case.referrals
    assert referral.days_there == days
