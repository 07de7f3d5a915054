"""The benchmark still measures what it says: a figure from a script that rotted would be worse than none."""

from __future__ import annotations

from cli.bench.command import measured


async def test_given_a_short_measurement_when_done_then_every_figure_stands_beside_its_ceiling() -> None:
    report = await measured(seconds=1, runs=1, events=500, say=lambda _: None)
    assert "fsync on" in report["machine"]["postgresql"]
    assert [figure["name"] for figure in report["figures"]] == ["durable filings", "relay"]
    for figure in report["figures"]:
        assert figure["ours_per_second"]["median"] > 0
        assert figure["ceiling_per_second"]["median"] > 0
        assert figure["ratio_of_medians"] > 0
