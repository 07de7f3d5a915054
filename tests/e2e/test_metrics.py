"""What the running processes tell Prometheus: all that dashboards and alerts ask for, and nobody's name."""

from __future__ import annotations

import re

import pytest

from cli.demo.telling import Told
from deploy.local.system import LocalSystem
from tests.support.leaks import metrics_of
from tests.support.watching import expressions, series_in

FAMILY = re.compile(r"^# TYPE (\S+) ", re.MULTILINE)


@pytest.fixture(scope="module")
def told_metrics(told: Told, system: LocalSystem) -> dict[str, str]:
    """Process → its page of metrics, after the main job."""
    return metrics_of(system)


def test_given_dashboards_and_alerts_when_they_ask_then_some_process_answers(
    told_metrics: dict[str, str],
) -> None:
    told = {name for page in told_metrics.values() for name in FAMILY.findall(page)}
    asked = {re.sub(r"_(bucket|count|sum)$", "", name) for each in expressions() for name in series_in(each)}
    assert asked - told == set()


def test_given_a_worker_when_asked_then_it_tells_what_stands_in_its_database(
    told_metrics: dict[str, str],
) -> None:
    for service in ("complaints", "mediation", "notifications"):
        page = told_metrics[f"{service}-worker"]
        assert f'shangju_dead_letters_open{{group="{service}"}} ' in page
        assert "\nshangju_timers_overdue_seconds " in page
    assert 'shangju_cases_past_clock{clock="answer"} ' in told_metrics["complaints-worker"]


def test_given_the_story_was_told_when_metrics_are_read_then_they_name_nobody(
    told: Told, told_metrics: dict[str, str]
) -> None:
    for page in told_metrics.values():
        assert "@" not in page
        assert re.search("[\u4e00-\u9fff]", page) is None
        assert told.story.case["id"] not in page
        assert told.story.case["reference"] not in page
