"""`shangju trace CASE`: one case across all topics, in the order in which it happened."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from aiokafka import ConsumerRecord
from cyclopts import App

from cli import bus
from cli.output import print_json, print_plain
from cli.running import NotHere, running
from shared.clock import SHANGHAI
from shared.contracts.complaints import CaseEvent
from shared.contracts.envelope import Envelope, Undecodable, decode
from shared.settings import BrokerSettings

app = App(name="trace")

_SAID_ELSEWHERE = {
    "case_id",
    "alliance_id",
    "reference",
    "parties",
    "category",
    "subcategory",
    "stage",
    "status",
}


@dataclass(frozen=True)
class Step:
    """One event of the case as the bus has it."""

    time: datetime
    topic: str
    partition: int
    offset: int
    event: str
    version: int
    stage: str
    detail: str
    trace_id: str
    event_id: UUID
    case_id: UUID


@app.default
async def trace(case: str, /, *, json: bool = False) -> int:
    """Print what the topics hold of a case.

    Parameters
    ----------
    case
        The case's id or its reference (SJ-XXXX-XXXX-X).
    json
        As JSON instead of lines.
    """
    steps = await steps_of(case, broker=running().broker)
    if not steps:
        raise NotHere(f"no topic holds anything of case {case}")
    if json:
        print_json([asdict(step) for step in steps])
    else:
        for line in lines(steps):
            print_plain(line)
    return 0


async def steps_of(case: str, *, broker: BrokerSettings) -> list[Step]:
    """The case's events, oldest first; a reference is resolved by the events themselves."""
    found = [record async for record in bus.records(broker, bus.CASE_TOPICS)]
    return ordered(_readable(found), case)


def ordered(events: Iterable[tuple[ConsumerRecord, Envelope]], case: str) -> list[Step]:
    """Those of one case by time; within a partition never against its order."""
    all_events = list(events)
    ids = {case.lower()} | {
        event.subject for _, event in all_events if getattr(event.data, "reference", None) == case.upper()
    }
    steps = [_step(record, event) for record, event in all_events if event.subject in ids]
    return sorted(steps, key=lambda step: (step.time, step.topic, step.partition, step.offset))


def lines(steps: Sequence[Step]) -> Iterator[str]:
    """One line a step, in columns, so that grep and less serve as well as the eye."""
    yield f"case {steps[0].case_id}"
    for step in steps:
        place = f"{step.topic.removeprefix('shangju.')} {step.partition}/{step.offset}"
        yield (
            f"{step.time.astimezone(SHANGHAI):%m-%d %H:%M:%S}  {step.event:<36} v{step.version:<3}"
            f" {step.stage:<24} {place:<24} {step.trace_id[:8]:<8}  {step.detail}"
        ).rstrip()


def _readable(found: Iterable[ConsumerRecord]) -> Iterable[tuple[ConsumerRecord, Envelope]]:
    """What cannot be read lies in the dead letters of those who tried (`shangju dlq list`)."""
    for record in found:
        try:
            yield record, decode(record.headers, record.value)
        except Undecodable:
            continue


def _step(record: ConsumerRecord, event: Envelope) -> Step:
    data = event.data
    stage = f"{data.stage} {data.status}" if isinstance(data, CaseEvent) else ""
    return Step(
        time=event.time,
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
        event=event.type.removeprefix("cn.shangju.").removesuffix(".v1"),
        version=event.aggregate_version,
        stage=stage,
        detail=_detail(data.model_dump(mode="json", exclude_none=True)),
        trace_id=_trace_id(event.traceparent),
        event_id=event.id,
        case_id=UUID(event.subject),
    )


def _detail(fields: Mapping[str, Any]) -> str:
    """What the event says beside where the case stands; ids are shortened to what an eye can compare."""
    shown = {name: value for name, value in fields.items() if name not in _SAID_ELSEWHERE}
    return " ".join(f"{name}={_short(value)}" for name, value in shown.items())


def _short(value: Any) -> str:
    if isinstance(value, list | dict):
        return f"[{len(value)}]"
    text = value if isinstance(value, str) else json.dumps(value)
    return f"…{text[-6:]}" if len(text) == 36 and text.count("-") == 4 else text


def _trace_id(traceparent: str | None) -> str:
    parts = (traceparent or "").split("-")
    return parts[1] if len(parts) == 4 else ""
