"""`shangju ledger import`."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from cli.ledger import mapping as mappings
from cli.ledger import reading
from cli.ledger.mapping import Mapping
from cli.ledger.problems import Unusable
from cli.ledger.reading import Ledger
from cli.ledger.results import Outcome, Result, Tally, result_file
from cli.ledger.sending import outcomes, prepared
from cli.output import complaints, console, print_json
from cli.people import Person
from cli.running import running
from cli.signing_in import signed_in
from shared.texts import Language, Texts

app = App(name="ledger")
SAY = Texts("cli.ledger")
ALL_ROWS_ARE_CASES, SOME_ROWS_ARE_ERRORS, UNUSABLE = 0, 1, 2
COORDINATOR = "zhou@shanbei.example"
Flag = Parameter(negative="")


@app.command(name="import")
async def import_(
    file: Path,
    /,
    *,
    mapping: Path,
    dry_run: Annotated[bool, Flag] = False,
    as_: Annotated[str, Parameter(name="--as")] = COORDINATOR,
    result: Path | None = None,
    json: Annotated[bool, Flag] = False,
) -> int:
    """File every row of a ledger as a case; a row that is a case already stays one case.

    Ends with 0 when every row is a case, 1 when some rows are errors (see the result file), 2 when the file
    or the mapping is of no use and nothing was sent.

    Parameters
    ----------
    file
        CSV (UTF-8, GB 18030 or Excel's UTF-16) or XLSX.
    mapping
        Which column is which field; see cli/ledger/mappings/.
    dry_run
        Check every row, send none.
    as_
        Who files: e-mail or telephone of a coordinator.
    result
        Where to write what became of each row; FILE.result.csv in this folder if not named.
    json
        The counts as JSON.
    """
    language = _language()
    try:
        rules = mappings.load(mapping)
        ledger = reading.read(file, columns=rules.columns, sheet=rules.sheet, fill_down=rules.fill_down)
        path = result or Path(f"{file.stem}.result.csv")
        clerk_is = None if dry_run else as_
        tally = await _import(ledger, rules, path, clerk_is=clerk_is, language=language)
    except Unusable as error:
        complaints.print(SAY(error.code, language, **error.data))
        return UNUSABLE
    shown: Sequence[Result] = ("valid", "error") if dry_run else ("created", "already_there", "error")
    counts: dict[str, Any] = {"rows": tally.rows, **{each: tally[each] for each in shown}}
    counts |= {"blank_lines": ledger.blank, "result": str(path)}
    if json:
        print_json(counts)
    else:
        console.print("  ".join(f"{name} {count}" for name, count in counts.items()))
    return SOME_ROWS_ARE_ERRORS if tally["error"] else ALL_ROWS_ARE_CASES


async def _import(
    ledger: Ledger, mapping: Mapping, result: Path, *, clerk_is: str | None, language: Language
) -> Tally:
    tally = Tally()
    with result_file(result) as written:
        async with _clerk(clerk_is, language) as clerk:
            with _progress(len(ledger.rows)) as advance:
                async for outcome in outcomes(prepared(ledger.rows, mapping), mapping, clerk):
                    written.write(_worded(outcome, language))
                    tally.counts[outcome.result] += 1
                    advance()
    return tally


def _worded(outcome: Outcome, language: Language) -> Outcome:
    """With a sentence for an error of ours; the service's errors bring their own."""
    named = outcome.error
    if named is None or named.sentence:
        return outcome
    return replace(outcome, error=replace(named, sentence=SAY(named.code, language)))


@asynccontextmanager
async def _clerk(contact: str | None, language: Language) -> AsyncIterator[Person | None]:
    if contact is None:
        yield None
        return
    async with signed_in(running(), contact, language=language) as person:
        yield person


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=complaints, transient=True) as progress:
        task = progress.add_task("rows", total=total)
        yield lambda: progress.advance(task)


def _language() -> Language:
    """The terminal's language."""
    return "zh-CN" if os.environ.get("LANG", "").startswith("zh") else "en"
