"""Who may speak to whom: nobody to anybody, and then line by line what each process needs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from deploy.kubernetes.parts import (
    BUS,
    BUS_PORT,
    DATABASE_PORT,
    Manifest,
    database_of,
    labels,
    manifest,
    port_of,
)
from deploy.prepare import SERVICES

API = "networking.k8s.io/v1"
SMTP_PORTS = (465, 587)
"""Encrypted from the first byte, and by STARTTLS: `SHANGJU_SMTP_SECURITY` says which."""
HTTPS_PORT = 443

Rule = dict[str, Any]

MAILS = {("alliance", "api"), ("notifications", "worker")}
"""Notices go out from the notifications' worker alone; the alliance mails the code to whoever asks to sign in."""

FETCHES = {("notifications", "worker")}
"""Providers of texts and the city's platforms."""

STORES = {("complaints", "api"), *((name, "worker") for name in SERVICES if name != "portal")}
"""The evidence's bucket, and the one that every worker carries its checkpoints to."""

INSIDE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16"]
"""Never to be reached by an address that somebody else has named."""


def policies(service: str, names: Iterable[str]) -> list[Manifest]:
    """One for each process, and one for its database."""
    return [*(_process(service, process) for process in names), _database(service)]


def _process(service: str, process: str) -> Manifest:
    here = (service, process)
    out = [_names(), _to(_pods({"cnpg.io/cluster": database_of(service)}), DATABASE_PORT)]
    if process == "worker":
        out.append(_to(_pods({"strimzi.io/name": f"{BUS}-kafka"}), BUS_PORT))
    out += [_to(_pods(labels(other, "api")), port_of(other, "api")) for other in _asked_by(service, process)]
    if here in MAILS:
        out.append(_to({"ipBlock": {"cidr": "0.0.0.0/0"}}, *SMTP_PORTS))
    if here in FETCHES | STORES:
        out.append(_to({"ipBlock": {"cidr": "0.0.0.0/0", "except": INSIDE}}, HTTPS_PORT))
    spec = {
        "podSelector": {"matchLabels": labels(service, process)},
        "policyTypes": ["Ingress", "Egress"],
        "ingress": [_from(_askers(service, process), port_of(service, process))],
        "egress": out,
    }
    return manifest(API, "NetworkPolicy", f"{service}-{process}", spec)


def _asked_by(service: str, process: str) -> list[str]:
    """The portal asks all; every other asks the alliance, also its own, for the keys that sign tokens."""
    if process == "worker":
        return []
    if service == "portal":
        return [other for other in SERVICES if other != "portal"]
    return ["alliance"]


def _askers(service: str, process: str) -> list[Rule]:
    pods = [
        _pods(labels(other, "api"))
        for other in SERVICES
        if process == "api" and service in _asked_by(other, "api")
    ]
    door = [_namespace("ingress-nginx")] if service == "portal" else []
    return [*pods, *door, _namespace("monitoring")]


def _database(service: str) -> Manifest:
    """Its own service, its own other instances, and the operator that looks after it."""
    name = database_of(service)
    own = [
        _pods(labels(service, process))
        for process in ("api", "worker")
        if (service, process) != ("portal", "worker")
    ]
    spec = {
        "podSelector": {"matchLabels": {"cnpg.io/cluster": name}},
        "policyTypes": ["Ingress"],
        "ingress": [
            _from([*own, _pods({"cnpg.io/cluster": name})], DATABASE_PORT),
            _from([_pods({"cnpg.io/cluster": name}), _namespace("cnpg-system")], 8000, DATABASE_PORT),
            _from([_namespace("monitoring")], 9187),
        ],
    }
    return manifest(API, "NetworkPolicy", name, spec)


def _names() -> Rule:
    """The cluster's own name server."""
    ports = [{"protocol": protocol, "port": 53} for protocol in ("UDP", "TCP")]
    return {"to": [_namespace("kube-system")], "ports": ports}


def _to(peer: Rule, *ports: int) -> Rule:
    return {"to": [peer], "ports": [{"protocol": "TCP", "port": port} for port in ports]}


def _from(peers: list[Rule], *ports: int) -> Rule:
    return {"from": peers, "ports": [{"protocol": "TCP", "port": port} for port in ports]}


def _pods(wanted: dict[str, str]) -> Rule:
    return {"podSelector": {"matchLabels": wanted}}


def _namespace(name: str) -> Rule:
    return {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": name}}}
