"""Which file says what."""

from __future__ import annotations

from pathlib import Path

import yaml

from cli.running import Running
from cli.topics import rights_of_services
from deploy.kubernetes.bus import topics, users
from deploy.kubernetes.databases import database
from deploy.kubernetes.network import policies
from deploy.kubernetes.parts import Manifest
from deploy.kubernetes.processes import processes
from deploy.local.plan import PROCESSES
from deploy.prepare import SERVICES

BASE = Path(__file__).parent / "base"
ALERTS = Path(__file__).parents[1] / "prometheus" / "alerts.yaml"

_SAID_BY = "# Made by `python -m deploy.kubernetes` from the code.\n"
_NOBODY = Running(
    {
        "SHANGJU_KAFKA_BOOTSTRAP": "nowhere",
        "SHANGJU_ALLIANCE_URL": "http://nowhere",
        "SHANGJU_LINK_SECRET": "none",
        "SHANGJU_KEY_SECRET": "none",
        **{f"SHANGJU_{name.upper()}_DATABASE_URL": "postgresql://nowhere" for name in SERVICES},
    }
)
"""A system that is not there: what a service reads and writes is in its code."""


async def documents() -> dict[str, str]:
    """Every file made from the code, by its name below `base`."""
    rights = await rights_of_services(_NOBODY)
    read_by = {one.user: one for one in rights}
    services = {
        f"services/{name}.yaml": [
            *database(name),
            *processes(name, PROCESSES[name], read_by.get(name)),
            *policies(name, PROCESSES[name]),
        ]
        for name in SERVICES
    }
    made = {"bus/topics.yaml": topics(), "bus/users.yaml": users(rights), **services}
    return {name: _text(found) for name, found in made.items()} | {"watching/rules.yaml": _text([_alerts()])}


def _alerts() -> Manifest:
    """The alerts of every Prometheus as the Prometheus operator takes them."""
    return {
        "apiVersion": "monitoring.coreos.com/v1",
        "kind": "PrometheusRule",
        "metadata": {"name": "shangju"},
        "spec": yaml.safe_load(ALERTS.read_text()),
    }


class _Plain(yaml.SafeDumper):
    """Writes what occurs twice out twice: a reader should not have to look up an anchor."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _text(found: list[Manifest]) -> str:
    dumped: str = yaml.dump_all(found, Dumper=_Plain, sort_keys=False, width=110, allow_unicode=True)
    return _SAID_BY + dumped
