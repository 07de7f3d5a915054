"""What leaves in spans: where something failed and with which class of error, never the error's words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import httpx
import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from shared.access.door import create_app
from shared.observability import traces
from shared.observability.http import ObservedRequests
from shared.persistence import timers
from shared.persistence.timers import Timer
from shared.texts import Texts

CANARY = "lin@shanbei.example, 13900000001"
NOON = datetime(2026, 3, 5, 4, tzinfo=UTC)


class Refusing(Exception):
    """An error that quotes whom it met."""


@pytest.fixture
def exported(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(traces, "tracer", lambda: provider.get_tracer("tests"))
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)
    yield exporter
    provider.shutdown()


def failed(exported: InMemorySpanExporter) -> ReadableSpan:
    """The one span that left, which says that it failed and by what class of error, and quotes nobody."""
    [span] = exported.get_finished_spans()
    assert span.status.status_code is StatusCode.ERROR
    assert span.status.description == f"{Refusing.__module__}.Refusing"
    assert CANARY not in span.to_json()
    assert span.events == ()
    return span


async def test_a_request(exported: InMemorySpanExporter) -> None:
    async def app(*_: Any) -> None:
        raise Refusing(CANARY)

    scope = {"type": "http", "method": "POST", "path": f"/members/{CANARY}", "headers": []}
    with pytest.raises(Refusing):
        await ObservedRequests(app, service="tests")(scope, cast(Any, None), cast(Any, None))

    assert failed(exported).name == "POST unmatched"


async def test_a_request_leaves_one_span_that_names_no_path(exported: InMemorySpanExporter) -> None:
    app = create_app("tests", texts=Texts(), lifespan=lambda _: nullcontext(), routers=())

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://tests") as client:
        await client.get("/members/lin@shanbei.example")

    [span] = exported.get_finished_spans()
    assert span.name == "GET unmatched"
    assert "lin@shanbei.example" not in span.to_json()


async def test_a_timer(exported: InMemorySpanExporter) -> None:
    async def fire(*_: Any) -> None:
        raise Refusing(CANARY)

    timer = Timer("key", "reminder", NOON - timedelta(minutes=1))
    with pytest.raises(Refusing):
        await timers._begin_trace(cast(Any, None), timer, NOON, fire)

    assert failed(exported).name == "timer reminder"


def test_a_step_that_goes_well_says_nothing_of_errors(exported: InMemorySpanExporter) -> None:
    with traces.step("mail case_filed"):
        pass

    [span] = exported.get_finished_spans()
    assert (span.status.status_code, span.events) == (StatusCode.UNSET, ())
