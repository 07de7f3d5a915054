"""A case is found by id or reference and told in the order in which it happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from cli.trace import Step, lines, ordered
from shared.contracts import complaints, mediation
from shared.contracts.envelope import Contract, Envelope
from shared.ids import new_id

CASE, OTHER = new_id(), new_id()
ALLIANCE, LIN = new_id(), new_id()
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Record:
    """What trace looks at of a Kafka record."""

    topic: str
    partition: int
    offset: int


def filed(case: UUID = CASE, reference: str = "SJ-7K3M-9QX4-C") -> Contract:
    return complaints.CaseFiled(
        case_id=case,
        alliance_id=ALLIANCE,
        reference=reference,
        category="noise",
        subcategory="bar_music",
        stage="hear",
        status="filed",
        due=date(2026, 11, 25),
        identity="hidden",
    )


def opened() -> Contract:
    return mediation.MediationOpened(
        mediation_id=new_id(),
        case_id=CASE,
        alliance_id=ALLIANCE,
        reference="SJ-7K3M-9QX4-C",
        parties=(complaints.Party(member_id=LIN, side="complainant"),),
        consent_until=date(2026, 11, 30),
    )


def on_bus(data: Contract, offset: int, *, after: timedelta = timedelta()) -> tuple[Record, Envelope]:
    traceparent = f"00-{offset:032x}-00f067aa0ba902b7-01"
    envelope = Envelope(new_id(), "/services/x", NOON + after, ALLIANCE, 1, data, traceparent)
    return Record(data.TOPIC, 3, offset), envelope


def traced(*events: tuple[Record, Envelope], case: str = str(CASE)) -> list[Step]:
    return ordered(events, case)  # type: ignore[arg-type]


def test_given_events_of_two_cases_when_traced_then_only_the_ones_asked_for_are_shown() -> None:
    steps = traced(on_bus(filed(), 1), on_bus(filed(OTHER, "SJ-0000-0000-0"), 2))
    assert [step.offset for step in steps] == [1]


def test_given_a_reference_in_any_case_when_traced_then_it_finds_the_events_of_all_topics() -> None:
    steps = traced(on_bus(filed(), 1), on_bus(opened(), 7, after=timedelta(hours=1)), case="sj-7k3m-9qx4-c")
    assert [step.event for step in steps] == ["complaints.case_filed", "mediation.mediation_opened"]


def test_given_events_out_of_order_when_traced_then_time_decides_and_then_the_offset() -> None:
    late, second, first = on_bus(filed(), 1, after=timedelta(hours=1)), on_bus(filed(), 9), on_bus(filed(), 8)
    assert [step.offset for step in traced(late, second, first)] == [8, 9, 1]


def test_given_an_event_when_traced_then_it_says_where_it_lies_and_which_trace_it_belongs_to() -> None:
    (step,) = traced(on_bus(filed(), 5))
    assert (step.topic, step.partition, step.offset, step.version) == ("shangju.complaints.v1", 3, 5, 1)
    assert (step.stage, step.detail, step.trace_id) == (
        "hear filed",
        "due=2026-11-25 identity=hidden emergency=false happening_now=false channel=web spoken=false",
        f"{5:032x}",
    )


def test_given_steps_when_tabled_then_every_step_is_a_line() -> None:
    title, first, second = lines(traced(on_bus(filed(), 1), on_bus(opened(), 2)))
    assert title.startswith("case ")
    assert "complaints.case_filed" in first
    assert "mediation.mediation_opened" in second
