"""`shangju verify`."""

from __future__ import annotations

from dataclasses import asdict

from cyclopts import App
from rich.table import Table

from cli.checkpoints import kept_of, outside_of
from cli.inside import database_of, kit_of, service, subscriptions_of
from cli.output import console, print_json
from cli.running import BUS_SERVICES, NotHere, Running, running
from cli.verify import chains, flow, sealed
from cli.verify.findings import Finding
from shared.persistence.journal import Proof

app = App(name="verify")

_SHOWN_BREAKS = 20


@app.default
async def verify(*, json: bool = False, receipt: str = "") -> int:
    """Journal chains against the aggregates and the checkpoints kept outside; outboxes, topics and inboxes.

    Parameters
    ----------
    receipt
        The line of proof printed on a receipt: whether its act stands in a history nobody has rewritten.
    """
    where = running()
    findings = await (findings_on(receipt, where) if receipt else findings_of(where))
    if json:
        print_json([asdict(finding) for finding in findings])
    else:
        _print(findings)
    return int(not all(finding.holds for finding in findings))


async def findings_of(where: Running) -> list[Finding]:
    """All checks of all services. Databases are read after the bus, so what is under way is no break."""
    groups = [one.group for name in BUS_SERVICES for one in await subscriptions_of(name, where)]
    outside = outside_of(where)
    kept = {name: await kept_of(name, outside) for name in BUS_SERVICES}
    seen = await flow.read_bus(where.broker, groups)
    findings: list[Finding] = []
    for name in BUS_SERVICES:
        async with kit_of(name, where) as kit:
            findings.append(await chains.check(name, kit.database))
            findings.append(await sealed.check(name, kit.database, kept[name]))
            findings += await flow.check_outbox(name, kit.database, seen)
            wanted = service(name).subscriptions(kit)
            findings += [await flow.check_inbox(name, kit.database, one, seen) for one in wanted]
    return findings


async def findings_on(receipt: str, where: Running) -> list[Finding]:
    """Raises NotHere for what is no line of proof, and where nothing is signed that it could be held against."""
    try:
        proof = Proof.parse(receipt)
    except ValueError:
        raise NotHere("that is no line of proof; it reads service:id:hash") from None
    if proof.service not in BUS_SERVICES:
        raise NotHere(f"there is no service {proof.service}")
    if (outside := outside_of(where)) is None:
        raise NotHere("no checkpoints are made here: SHANGJU_CHECKPOINT_SECRET and …_STORE are not set")
    kept = await kept_of(proof.service, outside)
    async with database_of(proof.service, where) as database:
        return [
            *await sealed.check_receipt(proof, database, kept),
            await sealed.check(proof.service, database, kept),
        ]


def _print(findings: list[Finding]) -> None:
    grid = Table(header_style="bold")
    grid.add_column("service")
    grid.add_column("check")
    grid.add_column("counted", justify="right")
    grid.add_column("on its way", justify="right")
    grid.add_column("older", justify="right")
    grid.add_column("")
    for finding in findings:
        mark = "[green]holds[/green]" if finding.holds else f"[red]{len(finding.breaks)} broken[/red]"
        grid.add_row(
            finding.service,
            finding.check,
            str(finding.counted),
            str(finding.waiting),
            str(finding.before),
            mark,
        )
    console.print(grid)
    for finding in findings:
        for line in finding.breaks[:_SHOWN_BREAKS]:
            console.print(f"[red]{finding.service}, {finding.check}:[/red] {line}")
