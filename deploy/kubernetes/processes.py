"""The processes of a service: how they run, are asked, scaled, and kept while nodes are emptied."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cli.topics import Rights
from deploy.kubernetes.bus import SCALER
from deploy.kubernetes.network import MAILS
from deploy.kubernetes.parts import BUS, BUS_PORT, Manifest, database_of, labels, manifest, port_of
from shared.contracts.topics import TOPICS

SETTINGS = "shangju-settings"
AUTHORITY = "/etc/shangju/bus"
USER_ID = 10001
MOST_WORKERS = min(topic.partitions for topic in TOPICS)
"""One more would have no partition to read."""
LAG_PER_WORKER = 500

Variable = dict[str, Any]

SECRETS: dict[str, dict[str, tuple[str, str]]] = {
    "alliance": {"SHANGJU_KEY_SECRET": ("shangju-keys", "secret")},
    "complaints": {
        "SHANGJU_EVIDENCE_S3_ACCESS_KEY": ("shangju-evidence", "access-key"),
        "SHANGJU_EVIDENCE_S3_SECRET_KEY": ("shangju-evidence", "secret-key"),
    },
    "notifications": {
        "SHANGJU_SMS_KEY_ID": ("shangju-texts", "key-id"),
        "SHANGJU_SMS_KEY_SECRET": ("shangju-texts", "key-secret"),
        "SHANGJU_PUSH_KEY": ("shangju-push", "key"),
    },
}
"""Told to one service alone; beside them come its database, its user on the bus and the secret of all links."""

SEALING: dict[str, tuple[str, str]] = {
    "SHANGJU_CHECKPOINT_SECRET": ("shangju-checkpoints", "secret"),
    "AWS_ACCESS_KEY_ID": ("shangju-checkpoints", "access-key"),
    "AWS_SECRET_ACCESS_KEY": ("shangju-checkpoints", "secret-key"),
}
"""Told to every worker: what it signs checkpoints with, and the bucket's user, who may add and never replace."""

LOGIN_TO_MAIL: dict[str, tuple[str, str]] = {
    "SHANGJU_SMTP_USERNAME": ("shangju-mail", "username"),
    "SHANGJU_SMTP_PASSWORD": ("shangju-mail", "password"),
}
"""Told to the processes that mail and to no other."""


def processes(service: str, names: Iterable[str], rights: Rights | None) -> list[Manifest]:
    """All that runs for one service; `rights` are None for one that does not speak on the bus."""
    made: list[Manifest] = []
    for process in names:
        made.append(_deployment(service, process))
        made.append(_disruption(service, process))
    made += [_service(service), _by_load(service)]
    if rights is not None and rights.groups:
        made.append(_by_lag(service, rights))
    return made


def _name(service: str, process: str) -> str:
    return f"{service}-{process}"


def _deployment(service: str, process: str) -> Manifest:
    """Without a number of pods where something else counts them.

    A worker of the old release must be gone before one of the new starts: what the old one does not know
    it would pass over. Nothing is lost meanwhile.
    """
    strategy = (
        {"type": "Recreate"}
        if process == "worker"
        else {"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": 0, "maxSurge": 1}}
    )
    spec = {
        "selector": {"matchLabels": labels(service, process)},
        "strategy": strategy,
        "template": {"metadata": {"labels": labels(service, process)}, "spec": _pod(service, process)},
    }
    return manifest("apps/v1", "Deployment", _name(service, process), spec, labels=labels(service, process))


def _pod(service: str, process: str) -> dict[str, Any]:
    port = port_of(service, process)
    container = {
        "name": process,
        "image": "shangju",
        "args": ["python", "-m", f"services.{service}", process],
        "ports": [{"name": "http", "containerPort": port}],
        "envFrom": [{"configMapRef": {"name": SETTINGS}}],
        "env": _environment(service, process),
        "startupProbe": _probe("live", failureThreshold=30, periodSeconds=2),
        "livenessProbe": _probe("live", failureThreshold=3, periodSeconds=10),
        "readinessProbe": _probe("ready", failureThreshold=2, periodSeconds=5),
        "resources": {"requests": {"cpu": "100m", "memory": "192Mi"}, "limits": {"memory": "512Mi"}},
        "securityContext": _confined(),
        "volumeMounts": _mounts(process),
    }
    migration = {
        "name": "migrate",
        "image": "shangju",
        "args": ["python", "-m", "deploy.prepare", "migrate", service],
        "env": [_database(service)],
        "resources": {"requests": {"cpu": "50m", "memory": "128Mi"}, "limits": {"memory": "256Mi"}},
        "securityContext": _confined(),
        "volumeMounts": [{"name": "scratch", "mountPath": "/tmp"}],  # noqa: S108
    }
    return {
        "automountServiceAccountToken": False,
        "terminationGracePeriodSeconds": 45,
        "securityContext": {
            "runAsNonRoot": True,
            "runAsUser": USER_ID,
            "runAsGroup": USER_ID,
            "seccompProfile": {"type": "RuntimeDefault"},
        },
        "topologySpreadConstraints": [
            {
                "maxSkew": 1,
                "topologyKey": "kubernetes.io/hostname",
                "whenUnsatisfiable": "ScheduleAnyway",
                "labelSelector": {"matchLabels": labels(service, process)},
            }
        ],
        "initContainers": [migration],
        "containers": [container],
        "volumes": _volumes(process),
    }


def _environment(service: str, process: str) -> list[Variable]:
    told = [
        _database(service),
        _plain("SHANGJU_HTTP_HOST", "0.0.0.0"),  # noqa: S104
        _plain("SHANGJU_HTTP_PORT", str(port_of(service, "api"))),
        _secret("SHANGJU_LINK_SECRET", "shangju-links", "secret"),
        *(_secret(name, *place) for name, place in SECRETS.get(service, {}).items()),
    ]
    if (service, process) in MAILS:
        told += [_secret(name, *place) for name, place in LOGIN_TO_MAIL.items()]
    if process == "api":
        return [*told, _plain("FORWARDED_ALLOW_IPS", "*")]
    return [
        *told,
        _plain("SHANGJU_KAFKA_USER", service),
        _secret("SHANGJU_KAFKA_PASSWORD", service, "password"),
        *(_secret(name, *place) for name, place in SEALING.items()),
        _plain("SHANGJU_KAFKA_TLS", "true"),
        _plain("SHANGJU_KAFKA_AUTHORITY", f"{AUTHORITY}/ca.crt"),
    ]


def _database(service: str) -> Variable:
    return _secret("SHANGJU_DATABASE_URL", f"{database_of(service)}-app", "uri")


def _plain(name: str, value: str) -> Variable:
    return {"name": name, "value": value}


def _secret(name: str, secret: str, key: str) -> Variable:
    return {"name": name, "valueFrom": {"secretKeyRef": {"name": secret, "key": key}}}


def _probe(what: str, **often: int) -> dict[str, Any]:
    return {"httpGet": {"path": f"/health/{what}", "port": "http"}, "timeoutSeconds": 3, **often}


def _confined() -> dict[str, Any]:
    return {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }


def _mounts(process: str) -> list[dict[str, Any]]:
    scratch = {"name": "scratch", "mountPath": "/tmp"}  # noqa: S108
    authority = {"name": "bus-authority", "mountPath": AUTHORITY, "readOnly": True}
    return [scratch, authority] if process == "worker" else [scratch]


def _volumes(process: str) -> list[dict[str, Any]]:
    scratch = {"name": "scratch", "emptyDir": {"sizeLimit": "512Mi"}}
    certificate = {"secretName": f"{BUS}-cluster-ca-cert", "items": [{"key": "ca.crt", "path": "ca.crt"}]}
    authority = {"name": "bus-authority", "secret": certificate}
    return [scratch, authority] if process == "worker" else [scratch]


def _service(service: str) -> Manifest:
    """The address under which others ask its API."""
    port = {"name": "http", "port": port_of(service, "api"), "targetPort": "http"}
    spec = {"selector": labels(service, "api"), "ports": [port]}
    return manifest("v1", "Service", _name(service, "api"), spec, labels=labels(service, "api"))


def _disruption(service: str, process: str) -> Manifest:
    spec = {"maxUnavailable": 1, "selector": {"matchLabels": labels(service, process)}}
    return manifest("policy/v1", "PodDisruptionBudget", _name(service, process), spec)


def _by_load(service: str) -> Manifest:
    """An API grows with its processors' work."""
    busy = {
        "type": "Resource",
        "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 70}},
    }
    spec = {
        "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": _name(service, "api")},
        "minReplicas": 2,
        "maxReplicas": 6,
        "metrics": [busy],
    }
    return manifest("autoscaling/v2", "HorizontalPodAutoscaler", _name(service, "api"), spec)


def _by_lag(service: str, rights: Rights) -> Manifest:
    """Workers grow with what waits on their topics, and shrink slowly: each change lets the group deal anew."""
    slowly = {
        "stabilizationWindowSeconds": 600,
        "policies": [{"type": "Pods", "value": 1, "periodSeconds": 120}],
    }
    spec = {
        "scaleTargetRef": {"name": _name(service, "worker")},
        "minReplicaCount": 2,
        "maxReplicaCount": MOST_WORKERS,
        "pollingInterval": 15,
        "advanced": {"horizontalPodAutoscalerConfig": {"behavior": {"scaleDown": slowly}}},
        "triggers": [_trigger(group, topic) for group in rights.groups for topic in rights.reads],
    }
    return manifest("keda.sh/v1alpha1", "ScaledObject", _name(service, "worker"), spec)


def _trigger(group: str, topic: str) -> dict[str, Any]:
    return {
        "type": "kafka",
        "metadata": {
            "bootstrapServers": f"{BUS}-kafka-bootstrap:{BUS_PORT}",
            "consumerGroup": group,
            "topic": topic,
            "lagThreshold": str(LAG_PER_WORKER),
            "offsetResetPolicy": "earliest",
            "sasl": "scram_sha512",
            "tls": "enable",
        },
        "authenticationRef": {"name": SCALER},
    }
