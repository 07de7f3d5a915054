"""Traces across the bus: the HTTP request's span is the parent of the consumer's, through the outbox."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span, SpanKind, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

_PROPAGATOR = TraceContextTextMapPropagator()


def configure(*, service: str, process: str, otlp_endpoint: str) -> None:
    """Spans are always made, so that logs carry trace ids; they leave only for `otlp_endpoint`."""
    provider = TracerProvider(
        resource=Resource.create({"service.name": f"shangju-{service}", "process": process})
    )
    if otlp_endpoint:
        provider.add_span_processor(
            BatchSpanProcessor(OTLPSpanExporter(endpoint=f"{otlp_endpoint}/v1/traces"))
        )
    trace.set_tracer_provider(provider)


@cache
def tracer() -> trace.Tracer:
    """The tracer of this process. Asked for before `configure`, it hands on to the provider that comes."""
    return trace.get_tracer("shangju")


@contextmanager
def step(
    name: str,
    parent: Context | None = None,
    kind: SpanKind = SpanKind.INTERNAL,
    attributes: Mapping[str, str] | None = None,
) -> Iterator[Span]:
    """A running span. An error marks it by class alone: its words may quote an address, and spans leave the house."""
    with tracer().start_as_current_span(
        name, parent, kind, attributes, record_exception=False, set_status_on_exception=False
    ) as span:
        try:
            yield span
        except Exception as error:
            span.set_status(StatusCode.ERROR, f"{type(error).__module__}.{type(error).__qualname__}")
            raise


def current_traceparent() -> str | None:
    """The W3C `traceparent` of the running span, to be carried by whatever it causes."""
    carrier: dict[str, str] = {}
    _PROPAGATOR.inject(carrier)
    return carrier.get("traceparent")


def continued(traceparent: str | None) -> Context:
    """The context a `traceparent` stands for, as the parent of a new span."""
    return _PROPAGATOR.extract({"traceparent": traceparent} if traceparent else {})


def trace_id(span: trace.Span) -> str:
    """The id that logs of all services share for one matter's step."""
    return trace.format_trace_id(span.get_span_context().trace_id)
