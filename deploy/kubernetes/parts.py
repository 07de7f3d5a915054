"""Names and small parts that the manifests share."""

from __future__ import annotations

from typing import Any

from deploy.local.ports import Ports

Manifest = dict[str, Any]

PART_OF = "app.kubernetes.io/part-of"
SERVICE = "app.kubernetes.io/name"
PROCESS = "app.kubernetes.io/component"

BUS = "bus"
"""The Kafka cluster; the operator names its address and its authority after it."""
BUS_PORT = 9093
DATABASE_PORT = 5432


def labels(service: str, process: str) -> dict[str, str]:
    """What every pod of ours carries; the selectors ask for exactly this."""
    return {PART_OF: "shangju", SERVICE: service, PROCESS: process}


def port_of(service: str, process: str) -> int:
    """The same ports as on one machine."""
    ports = Ports()
    return ports.api(service) if process == "api" else ports.worker(service)


def database_of(service: str) -> str:
    """The name of a service's database cluster."""
    return f"{service}-database"


def manifest(api: str, kind: str, name: str, spec: dict[str, Any], **metadata: Any) -> Manifest:
    """Without a namespace: the overlay says where."""
    return {"apiVersion": api, "kind": kind, "metadata": {"name": name, **metadata}, "spec": spec}
