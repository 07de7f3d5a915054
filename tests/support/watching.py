"""The dashboards and alerts, as far as tests hold them against the code."""

from __future__ import annotations

import json
import re
from importlib import import_module
from typing import Any

import yaml
from prometheus_client import REGISTRY

from deploy.local.settings import ROOT
from deploy.prepare import SERVICES

SUFFIXES = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum"), "gauge": ("",)}


def alerts() -> list[dict[str, Any]]:
    groups = yaml.safe_load((ROOT / "deploy/prometheus/alerts.yaml").read_text())["groups"]
    return [rule for group in groups for rule in group["rules"]]


def panels() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((ROOT / "deploy/grafana/shangju.json").read_text())["panels"]
    return found


def expressions() -> list[str]:
    return [rule["expr"] for rule in alerts()] + [
        target["expr"] for panel in panels() for target in panel["targets"]
    ]


def series_in(expression: str) -> set[str]:
    return set(re.findall(r"shangju_\w+", expression))


def series_of_the_code() -> dict[str, set[str]]:
    """Series → its labels, of whatever any service's code can tell."""
    for service in SERVICES:
        import_module(f"services.{service}.main")
    import_module("shared.worker")
    return {
        name + suffix: set(collector._labelnames)
        for collector in REGISTRY._collector_to_names
        for name, kind in [(getattr(collector, "_name", ""), getattr(collector, "_type", ""))]
        for suffix in SUFFIXES.get(kind, ())
    }
