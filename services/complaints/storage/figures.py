"""What the figures count: the cases filed within a period, with what was answered about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.complaints import events as e
from services.complaints.clocks import ClockName, ClockState
from services.complaints.decisions.state import Case, Closed, Joined
from services.complaints.figures import CaseFacts, Performance, Survey, performance_of_settled
from services.complaints.storage.cases import EVENTS, STATES
from shared.clock import end_of_day, local_day, start_of_day
from shared.persistence.database import Connection


async def facts_of_cases(
    connection: Connection, alliance_id: UUID, since: date, until: date, now: datetime
) -> list[CaseFacts]:
    """The cases of the alliance filed from `since` to `until`, as they stand at `now`.

    A case is listed by its acceptance, never before its filing: the index of the lists finds the period's first.
    """
    rows = await connection.fetch(
        """
        SELECT id, state_type, state FROM cases
        WHERE alliance_id = $1
            AND listed_at >= $2
            AND (state #>> '{file,filed_at}')::timestamptz >= $2
            AND (state #>> '{file,filed_at}')::timestamptz < $3
        """,
        alliance_id,
        start_of_day(since),
        end_of_day(until),
    )
    cases: dict[UUID, Case] = {row["id"]: STATES.load(row["state_type"], row["state"]) for row in rows}
    journals = await _journals(connection, list(cases))
    return [_facts(case, journals[case_id], now) for case_id, case in cases.items()]


async def _journals(connection: Connection, case_ids: Sequence[UUID]) -> dict[UUID, list[Any]]:
    rows = await connection.fetch(
        """
        SELECT aggregate_id, type, coalesce(payload, remains) AS payload FROM journal
        WHERE aggregate_id = ANY ($1)
            AND (
                type IN (
                    'CaseFiled', 'SurveyRequested', 'SurveyAnswered', 'CaseReopened', 'WorkRecorded',
                    'CaseReferred', 'CommitmentsPerformed'
                )
                OR type = 'MediationNoted'
                AND convert_from(coalesce(payload, remains), 'UTF8')::jsonb ->> 'broken' IS NOT NULL
            )
            AND coalesce(payload, remains) IS NOT NULL
        ORDER BY aggregate_id, version
        """,
        case_ids,
    )
    journals: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        journals[row["aggregate_id"]].append(EVENTS.load(row["type"], row["payload"]))
    return journals


def _facts(case: Case, journal: Sequence[Any], now: datetime) -> CaseFacts:
    file, place = case.file, case.file.place
    asked: set[UUID] = set()
    answers: dict[UUID, Survey] = {}
    broken: set[UUID] = set()
    handed: set[UUID] = set()
    restored: set[UUID] = set()
    for event in journal:
        match event:
            case e.SurveyRequested() if event.party_id in file.complainants:
                asked.add(event.party_id)
            case e.SurveyAnswered() if event.party_id in file.complainants:
                answers[event.party_id] = Survey(event.solved, event.score)
            case e.CaseReopened():
                asked.clear()
                answers.clear()
            case e.MediationNoted(broken=UUID() as promise):
                broken.add(promise)
            case e.CaseReferred(authority="court_station"):
                handed |= broken
            case e.CommitmentsPerformed():
                restored |= handed
    return CaseFacts(
        filed_on=local_day(file.filed_at),
        category=file.category,
        subcategory=file.subcategory,
        channel=next(event.channel for event in journal if isinstance(event, e.CaseFiled)),
        triage=_state(case, "triage", now) or "stopped",
        ended_as=_ended_as(case),
        block_id=place.block_id if place else None,
        building_id=place.building_id if place else None,
        place_id=place.place_id if place else None,
        asked=len(asked),
        answers=tuple(answers.values()),
        commitments=_performance(case, now),
        broken=len(broken) + sum(one.missed for one in file.pledges if one.owed_by),
        restored=len(restored),
        conflict=file.conflict,
        on_board=file.on_board or not file.concerns_child,
        methods=frozenset(
            method for event in journal if isinstance(event, e.WorkRecorded) for method in event.methods
        ),
    )


def _state(case: Case, name: ClockName, now: datetime) -> ClockState | None:
    clock = case.file.clock(name)
    return clock.state_at(now) if clock else None


def _performance(case: Case, now: datetime) -> Performance | None:
    """Past its last day an agreement is missed once something was not shown in time; else it waits to be confirmed."""
    clock = case.file.clock("commitments")
    if clock is None:
        return performance_of_settled(case.file.pledges, local_day(now))
    if clock.is_over(now) and not clock.told_late:
        return "to_be_confirmed"
    return clock.state_at(now)


def _ended_as(case: Case) -> Any:
    match case:
        case Joined() | Closed(lead_case_id=UUID()):
            return "joined"
        case Closed():
            return case.outcome
        case _:
            return None


async def past_their_day(connection: Connection, today: date) -> dict[str, int]:
    """Clock → how many open cases there are whose last day of it has passed."""
    rows = await connection.fetch(
        """
        SELECT clock ->> 'name' AS name, count(DISTINCT cases.id)
        FROM cases CROSS JOIN LATERAL jsonb_array_elements(state #> '{file,clocks}') AS clock
        WHERE stage <> 'closed' AND clock ->> 'state' = 'running' AND (clock ->> 'until')::date < $1
        GROUP BY name
        """,
        today,
    )
    return {row["name"]: row["count"] for row in rows}
