"""Dashboards and alerts speak of what the code tells, and every alert has its page in the operators' guide."""

from __future__ import annotations

import re

import pytest
import yaml

from deploy.local.plan import PROCESSES
from deploy.local.ports import Ports
from deploy.local.settings import ROOT
from tests.support.watching import alerts, expressions, panels, series_in, series_of_the_code

OF_PROMETHEUS = {"service", "process", "job", "instance", "le"}
"""Labels that come from prometheus.yaml or from Prometheus itself."""

GUIDE = (ROOT / "docs" / "operators.md").read_text()


@pytest.mark.parametrize("expression", expressions())
def test_every_series_and_label_exists_in_the_code(expression: str) -> None:
    code = series_of_the_code()
    named = series_in(expression)
    assert named <= code.keys()
    groups = re.findall(r"by \(([^)]*)\)", expression)
    labels = {label.strip() for group in groups for label in group.split(",")}
    labels |= set(re.findall(r"[{,]\s*(\w+)[=!]", expression))
    assert labels <= OF_PROMETHEUS.union(*(code[name] for name in named))


@pytest.mark.parametrize("alert", alerts(), ids=lambda alert: alert["alert"])
def test_every_alert_has_its_runbook(alert: dict) -> None:
    assert alert["labels"]["severity"] in {"page", "ticket"}
    section = f"{{{{ $externalLabels.guide }}}}#{alert['alert'].lower()}"
    assert alert["annotations"]["runbook_url"] == section
    assert f"\n### {alert['alert']}\n" in GUIDE


def test_every_runbook_has_its_alert_and_every_alert_its_panel() -> None:
    names = {alert["alert"] for alert in alerts()}
    runbooks = GUIDE.split("\n## When an alert comes\n")[1].split("\n## ")[0]
    assert set(re.findall(r"^### (\w+)$", runbooks, re.MULTILINE)) == names
    described = " ".join(panel["description"] for panel in panels())
    assert {name for name in names if name not in described} == set()


def test_where_the_guide_is_read_is_an_address() -> None:
    prometheus = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yaml").read_text())
    assert prometheus["global"]["external_labels"]["guide"].startswith("https://")


def test_prometheus_asks_every_process() -> None:
    jobs = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yaml").read_text())["scrape_configs"]
    asked = {target for each in jobs[0]["static_configs"] for target in each["targets"]}
    ports = Ports(0)
    port = {"api": ports.api, "worker": ports.worker}
    assert asked == {
        f"{service}-{process}:{port[process](service)}"
        for service, processes in PROCESSES.items()
        for process in processes
    }
