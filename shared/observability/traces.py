"""Traces across the bus: the HTTP request's span is the parent of the consumer's, through the outbox."""

from __future__ import annotations

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
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


def tracer() -> trace.Tracer:
    """The tracer of this process."""
    return trace.get_tracer("shangju")


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
