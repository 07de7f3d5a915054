"""What the processes are told: the same names here and in docker-compose.yml (a test compares them)."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from deploy.local.mailbox.texts import TEMPLATES
from deploy.local.ports import HOST
from deploy.local.site import Site
from deploy.prepare import SERVICES

SECRET_NAMES = ("SHANGJU_LINK_SECRET", "SHANGJU_KEY_SECRET", "SHANGJU_CHECKPOINT_SECRET", "SHANGJU_PUSH_KEY")


def service_environment(site: Site, service: str) -> dict[str, str]:
    return common_environment(site) | {
        "SHANGJU_DATABASE_URL": site.database_url(service),
        "SHANGJU_HTTP_HOST": HOST,
        "SHANGJU_HTTP_PORT": str(site.ports.api(service)),
    }


def operator_environment(site: Site) -> dict[str, str]:
    """For the command line, which stands outside the services and may look into each."""
    databases = {f"SHANGJU_{name.upper()}_DATABASE_URL": site.database_url(name) for name in SERVICES}
    return common_environment(site) | databases | {"SHANGJU_HOME": str(site.home)}


def common_environment(site: Site) -> dict[str, str]:
    urls = {f"SHANGJU_{name.upper()}_URL": site.url(name) for name in SERVICES}
    return urls | development_secrets(site.home) | {
        "SHANGJU_ENVIRONMENT": "development",
        "SHANGJU_CODES_PER_HOUR": "1000",  # everybody signs in from this one machine
        "SHANGJU_KAFKA_BOOTSTRAP": site.kafka.bootstrap,
        "SHANGJU_PUBLIC_URL": site.url("portal"),
        "SHANGJU_CLOCK_FILE": str(site.clock_file),
        "SHANGJU_COMMITTEE_LANDLINE": "021-5555 0118",
        "SHANGJU_EVIDENCE_FOLDER": str(site.home / "evidence"),
        "SHANGJU_CHECKPOINT_STORE": (site.home / "checkpoints").absolute().as_uri(),
        "SHANGJU_SMTP_HOST": site.mailbox.smtp_host,
        "SHANGJU_SMTP_PORT": str(site.mailbox.smtp_port),
        "SHANGJU_SMTP_SECURITY": "none",
        "SHANGJU_SMTP_USERNAME": "",
        "SHANGJU_SMTP_PASSWORD": "",
        "SHANGJU_MAILBOX_URL": site.mailbox.url,
        "SHANGJU_SMS_PROVIDER": "aliyun",
        "SHANGJU_SMS_URL": f"{site.mailbox.url}/texts",
        "SHANGJU_SMS_KEY_ID": "local",
        "SHANGJU_SMS_KEY_SECRET": "local",
        "SHANGJU_SMS_TEMPLATES": ",".join(f"{code}={code}" for code in TEMPLATES),
        "SHANGJU_OTLP_ENDPOINT": os.environ.get("SHANGJU_OTLP_ENDPOINT", ""),
    }  # fmt: skip


def development_secrets(home: Path) -> dict[str, str]:
    """Made once per home, so that links and sessions of yesterday still open today; an older home gets what is new."""
    path = home / "secrets.env"
    known = read(path) if path.exists() else {}
    missing = [name for name in SECRET_NAMES if name not in known]
    if missing:
        _write_private(path, known | {name: secrets.token_urlsafe(32) for name in missing})
    return read(path)


def publish(site: Site) -> None:
    """Leave the operator's environment in the home, where a command line in another terminal finds it."""
    _write_private(site.home / "system.env", operator_environment(site))


def read(path: Path) -> dict[str, str]:
    pairs = (line.partition("=") for line in path.read_text().splitlines())
    return {name: value for name, _, value in pairs}


def _write_private(path: Path, values: Mapping[str, str]) -> None:
    draft = path.with_suffix(".draft")
    draft.touch(mode=0o600)
    draft.write_text("".join(f"{name}={value}\n" for name, value in values.items()))
    draft.replace(path)
