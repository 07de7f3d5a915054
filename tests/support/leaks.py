"""What running processes let out of themselves: their logs, their pages of metrics and the spans they export."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from deploy.local.plan import PROCESSES
from deploy.local.ports import HOST
from deploy.local.system import LocalSystem


@dataclass(frozen=True)
class Seen:
    """A span as it was exported."""

    service: str
    name: str
    parent: str


class Collector:
    """Takes spans as an OTLP collector does, and keeps them as they came: text in protobuf is plain UTF-8."""

    def __init__(self, port: int) -> None:
        self.url = f"http://{HOST}:{port}"
        self.received: list[bytes] = []

    def text(self) -> str:
        """All that was exported up to now."""
        return b"\n".join(self.received).decode(errors="replace")

    def way_to(self, span_id: str) -> list[Seen]:
        """The span and all that caused it, back to the first; broken off where one has not arrived yet."""
        spans, way = self._spans(), []
        while span_id in spans:
            way.append(spans[span_id])
            span_id = way[-1].parent
        return way

    def _spans(self) -> dict[str, Seen]:
        exported = [ExportTraceServiceRequest.FromString(body) for body in [*self.received]]
        return {
            span.span_id.hex(): Seen(_service(process.resource), span.name, span.parent_span_id.hex())
            for request in exported
            for process in request.resource_spans
            for scope in process.scope_spans
            for span in scope.spans
        }


def _service(resource: Any) -> str:
    names = {one.key: one.value.string_value for one in resource.attributes}
    return names["service.name"].removeprefix("shangju-")


@contextmanager
def collecting() -> Iterator[Collector]:
    """A collector for the length of the block."""

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            collector.received.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """The run's own output is not for it."""

    with ThreadingHTTPServer((HOST, 0), Taking) as server:
        collector = Collector(server.server_port)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield collector
        finally:
            server.shutdown()
            thread.join()


def logs_of(system: LocalSystem) -> dict[str, str]:
    """Process → all that it has logged."""
    return {name: (system.site.logs / f"{name}.log").read_text(errors="replace") for name in _names()}


def metrics_of(system: LocalSystem) -> dict[str, str]:
    """Process → its page of metrics."""
    port = {"api": system.site.ports.api, "worker": system.site.ports.worker}
    return {
        f"{service}-{process}": httpx.get(f"http://{HOST}:{port[process](service)}/metrics").text
        for service, processes in PROCESSES.items()
        for process in processes
    }


def leaks(said: Mapping[str, str], words: tuple[str, ...]) -> list[tuple[str, str]]:
    """Who let which word out, as it is or as JSON escapes it."""
    return [
        (name, word)
        for name, text in said.items()
        for word in words
        if word in text or json.dumps(word)[1:-1] in text
    ]


def _names() -> list[str]:
    return [f"{service}-{process}" for service, processes in PROCESSES.items() for process in processes]
