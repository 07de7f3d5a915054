"""A PostgreSQL cluster of its own for each service, archived all the time and copied each night."""

from __future__ import annotations

from deploy.kubernetes.parts import Manifest, database_of, manifest
from deploy.local.postgres import MAJOR_VERSION
from deploy.prepare import database_of as name_of
from shared.persistence.database import MEMBER

API = "postgresql.cnpg.io/v1"
ARCHIVER = "barman-cloud.cloudnative-pg.io"
STORE = "backups"
"""The `ObjectStore` all clusters archive to, each below its own name."""

INSTANCES = 3
SETTINGS = {
    "max_connections": "200",
    "shared_buffers": "512MB",
    "synchronous_commit": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


def database(service: str) -> list[Manifest]:
    """The cluster, and its copy at night; a commit is on two machines before anybody is answered."""
    name = database_of(service)
    cluster = {
        "instances": INSTANCES,
        "imageName": f"ghcr.io/cloudnative-pg/postgresql:{MAJOR_VERSION}",
        "bootstrap": {
            "initdb": {
                "database": name_of(service),
                "owner": service,
                "encoding": "UTF8",
                "localeProvider": "builtin",
                "builtinLocale": "C.UTF-8",
                "localeCollate": "C",
                "localeCType": "C",
                "postInitApplicationSQL": [
                    f"CREATE ROLE {MEMBER} NOLOGIN IN ROLE pg_read_all_data, pg_write_all_data",
                    f"GRANT {MEMBER} TO {service}",
                ],
            }
        },
        "storage": {"size": "20Gi"},
        "walStorage": {"size": "10Gi"},
        "postgresql": {
            "parameters": SETTINGS,
            "synchronous": {"method": "any", "number": 1, "dataDurability": "required"},
        },
        "affinity": {"enablePodAntiAffinity": True, "podAntiAffinityType": "required"},
        "resources": {"requests": {"cpu": "250m", "memory": "1Gi"}, "limits": {"memory": "2Gi"}},
        "plugins": [{"name": ARCHIVER, "isWALArchiver": True, "parameters": {"barmanObjectName": STORE}}],
    }
    nightly = {
        "schedule": "0 30 18 * * *",
        "backupOwnerReference": "self",
        "cluster": {"name": name},
        "method": "plugin",
        "pluginConfiguration": {"name": ARCHIVER},
    }
    return [manifest(API, "Cluster", name, cluster), manifest(API, "ScheduledBackup", name, nightly)]
