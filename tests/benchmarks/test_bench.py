"""The benchmark still measures what it says: a figure from a script that rotted would be worse than none."""

from __future__ import annotations

import asyncio

from cli.bench.command import measured
from cli.bench.resting import held_by
from deploy.local.plan import PROCESSES
from deploy.local.system import LocalSystem


async def test_given_a_short_measurement_when_done_then_every_figure_stands_beside_its_ceiling() -> None:
    report = await measured(
        seconds=1, runs=1, relayed=500, consumed=120, cases=1_200, reads=20, say=lambda _: None
    )
    assert "fsync on" in report["machine"]["postgresql"]
    assert [figure["name"] for figure in report["figures"]] == [
        "durable filings",
        "inbox and effect",
        "relay",
    ]
    for figure in report["figures"]:
        assert figure["ours_per_second"]["median"] > 0
        assert figure["ceiling_per_second"]["median"] > 0
        assert figure["ratio_of_medians"] > 0
    [mailed] = report["limits"]
    assert mailed["beside"]["mails"] > 0
    assert 0 < mailed["beside"]["p50_ms"] <= mailed["measured"] <= mailed["beside"]["max_ms"]
    assert len(report["pages"]["p99_ms"]) == 7
    assert all(p99["many"] > 0 for p99 in report["pages"]["p99_ms"].values())


async def test_given_a_running_system_when_weighed_then_each_process_of_ours_is_counted(
    system: LocalSystem,
) -> None:
    held = await asyncio.to_thread(held_by, system)
    assert set(held) == {"forkserver"} | {f"{name}-{one}" for name, both in PROCESSES.items() for one in both}
    assert all(megabytes > 1 for megabytes in held.values())
