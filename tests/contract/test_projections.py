"""What operators may rebuild: every projection's topic keeps all it needs, and nothing else is in its tables."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace

import pytest

from shared.contracts import alliance, topics
from shared.messaging import projections
from shared.messaging.subscription import Projection, Subscription

SERVICES = ("complaints", "mediation", "notifications")
KEPT_FOR_EVER = {topic.name for topic in topics.TOPICS if topic.retention_ms is None}


def found(service: str) -> list[tuple[Subscription, Projection]]:
    consumers = import_module(f"services.{service}.consumers")
    return projections.of(consumers.subscriptions(SimpleNamespace(clock=None)))


@pytest.mark.parametrize("service", SERVICES)
def test_a_projections_topic_forgets_nothing(service: str) -> None:
    assert found(service)
    assert {projection.topic for _, projection in found(service)} <= KEPT_FOR_EVER


@pytest.mark.parametrize("service", SERVICES)
def test_whatever_a_service_takes_from_the_alliance_it_can_be_told_anew(service: str) -> None:
    [subscription] = {id(subscription): subscription for subscription, _ in found(service)}.values()
    projected = {type_ for _, projection in found(service) for type_ in projection.types}
    told = {type_ for type_ in subscription.handlers if type_.split(".")[2] in {"alliance", "contacts"}}
    told -= {alliance.ErasureAsked.TYPE}
    assert told <= projected


@pytest.mark.parametrize("service", SERVICES)
def test_a_table_belongs_to_one_projection(service: str) -> None:
    tables = [table for _, projection in found(service) for table in projection.tables]
    assert len(tables) == len(set(tables))
