"""Every row ends as exactly one outcome, in order, whatever the network does."""

from __future__ import annotations

import asyncio
import csv
import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from cli.ledger import sending
from cli.ledger.mapping import Mapping
from cli.ledger.problems import Named
from cli.ledger.reading import Row
from cli.ledger.results import Outcome, harmless, result_file
from cli.ledger.sending import Filing, outcomes, prepared
from cli.people import Person
from cli.running import Running

MAPPING = Mapping.model_validate(
    {
        "ledger": "made-up",
        "key": ["no"],
        "fields": {
            "category": {"value": "noise"},
            "subcategory": {"value": "other"},
            "description": {"column": "what"},
        },
    }
)


def rows(*lines: tuple[str, str]) -> list[Row]:
    return [Row(number, {"no": key, "what": what}) for number, (key, what) in enumerate(lines, start=2)]


class Service:
    """Answers as the complaints service does; `troubles` come first."""

    def __init__(self, *troubles: httpx.Response | Exception) -> None:
        self.cases: dict[str, str] = {}
        self.troubles = list(troubles)
        self.asked = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        if self.troubles:
            trouble = self.troubles.pop(0)
            if isinstance(trouble, Exception):
                raise trouble
            return trouble
        body = json.loads(request.content)
        if body["description"] == "bad":
            return problem(422, "invalid_request", pointer="/description", error="field_too_short")
        if known := self.cases.get(body["source_key"]):
            return problem(409, "already_filed", reference=known)
        self.cases[body["source_key"]] = f"SJ-{len(self.cases)}"
        return httpx.Response(201, json={"reference": self.cases[body["source_key"]]})


def problem(status: int, code: str, *, pointer: str = "", error: str = "", **more: Any) -> httpx.Response:
    body: dict[str, Any] = {"type": f"/problems/{code}", "status": status, "detail": "said", **more}
    if pointer:
        body["errors"] = [{"pointer": pointer, "code": error, "detail": "said of the field"}]
    return httpx.Response(status, json=body)


@pytest.fixture(autouse=True)
def _without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "LONGEST_PAUSE_SECONDS", 0)


async def run(service: Service, lines: list[Row]) -> list[Outcome]:
    async with httpx.AsyncClient(transport=httpx.MockTransport(service)) as http:
        clerk = Person("clerk", "clerk@x", where=Running({"SHANGJU_COMPLAINTS_URL": "http://c"}), http=http)
        return [outcome async for outcome in outcomes(prepared(lines, MAPPING), MAPPING, clerk)]


async def test_given_good_rows_when_run_twice_then_the_second_run_doubles_nothing() -> None:
    service, lines = Service(), rows(("a", "one"), ("b", "two"))
    first, second = await run(service, lines), await run(service, lines)
    assert [outcome.result for outcome in first] == ["created", "created"]
    assert [outcome.result for outcome in second] == ["already_there", "already_there"]
    assert [outcome.reference for outcome in second] == [outcome.reference for outcome in first]


async def test_given_a_corrected_row_when_run_again_then_it_is_still_the_same_case() -> None:
    service = Service()
    await run(service, rows(("a", "one")))
    assert [outcome.result for outcome in await run(service, rows(("a", "one, corrected")))] == [
        "already_there"
    ]


async def test_given_one_key_twice_in_a_file_when_run_then_the_second_is_an_error_that_names_the_first() -> (
    None
):
    _, second = await run(Service(), rows(("a", "one"), ("a", "another")))
    assert second == Outcome(3, "a", "error", error=Named("key_twice", "no", "2"))


async def test_given_good_and_bad_rows_when_run_then_each_has_its_outcome_in_order() -> None:
    lines = rows(*((str(number), "bad" if number % 3 == 0 else "good") for number in range(30)))
    ended = await run(Service(), lines)
    assert [outcome.row for outcome in ended] == [row.number for row in lines]
    assert [outcome.result for outcome in ended] == ["error" if n % 3 == 0 else "created" for n in range(30)]


async def test_given_a_refused_field_when_run_then_the_error_speaks_of_the_ledgers_column() -> None:
    (outcome,) = await run(Service(), rows(("a", "bad")))
    assert outcome.error == Named("field_too_short", "what", sentence="said of the field")


@pytest.mark.parametrize(
    "trouble",
    [
        httpx.ConnectError("away"),
        httpx.ReadTimeout("slow"),
        problem(503, "unavailable"),
        problem(429, "too_many_requests"),
        problem(409, "key_in_flight"),
    ],
)
async def test_given_a_passing_trouble_when_run_then_the_row_is_sent_again(trouble: Any) -> None:
    (outcome,) = await run(Service(trouble, trouble), rows(("a", "one")))
    assert outcome.result == "created"


async def test_given_a_service_that_stays_away_when_run_then_the_row_is_a_named_error() -> None:
    service = Service(*[httpx.ConnectError("away")] * sending.TRIES)
    (outcome,) = await run(service, rows(("a", "one")))
    assert (outcome.result, outcome.error) == ("error", Named("unavailable", about="ConnectError"))
    assert service.asked == sending.TRIES


async def test_given_a_dry_run_when_run_then_nothing_is_sent() -> None:
    ended = [outcome async for outcome in outcomes(prepared(rows(("a", "one")), MAPPING), MAPPING, None)]
    assert [outcome.result for outcome in ended] == ["valid"]


async def test_given_many_rows_when_run_then_only_a_few_are_in_flight() -> None:
    in_flight, most = 0, 0

    async def slow(request: httpx.Request) -> httpx.Response:
        nonlocal in_flight, most
        in_flight += 1
        most = max(most, in_flight)
        await asyncio.sleep(0.001)
        in_flight -= 1
        return httpx.Response(201, json={"reference": "SJ"})

    await run(slow, rows(*((str(number), "good") for number in range(40))))  # type: ignore[arg-type]
    assert most <= sending.IN_FLIGHT


def test_given_two_ledgers_when_keyed_then_the_same_number_is_another_case_and_no_key_shows_a_person() -> (
    None
):
    assert sending.source_key("a", "13800138000") != sending.source_key("b", "13800138000")
    assert "13800138000" not in sending.source_key("a", "13800138000")


def test_given_a_filing_when_corrected_then_it_is_another_request() -> None:
    one, other = (Filing(2, "a", "k", {"description": text}) for text in ("one", "two"))
    assert one.idempotency_key != other.idempotency_key


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_given_a_formula_when_written_then_no_spreadsheet_takes_it_for_one(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


def test_given_outcomes_when_written_then_the_file_reads_back(tmp_path: Path) -> None:
    with result_file(tmp_path / "r.csv") as written:
        written.write(Outcome(2, "=a", "created", "SJ-1"))
        written.write(Outcome(3, "b", "error", error=Named("bad_date", "时间", "昨天", "不是日期。")))
    lines = list(csv.reader((tmp_path / "r.csv").open(encoding="utf-8-sig", newline="")))
    assert lines[1:] == [
        ["2", "'=a", "created", "SJ-1", "", "", ""],
        ["3", "b", "error", "", "bad_date", "时间", "不是日期。 (昨天)"],
    ]
