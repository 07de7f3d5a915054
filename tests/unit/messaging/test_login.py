"""What a process is told about the broker, as its clients take it."""

from __future__ import annotations

import ssl

from cli.running import Running
from shared.messaging.login import OPEN, Login, login_of
from shared.settings import ServiceSettings

REQUIRED = {
    "database_url": "postgresql://x",
    "kafka_bootstrap": "x:1",
    "http_port": 1,
    "alliance_url": "http://x",
    "link_secret": "x",
}


def test_without_a_name_the_line_is_open_and_nobody_is_named() -> None:
    assert login_of(ServiceSettings(**REQUIRED)) == OPEN
    assert OPEN.options["security_protocol"] == "PLAINTEXT"
    assert "sasl_mechanism" not in OPEN.options


def test_with_a_name_the_password_is_proven_and_never_sent() -> None:
    settings = ServiceSettings(**REQUIRED, kafka_user="mediation", kafka_password="s3", kafka_tls=True)
    options = login_of(settings).options
    assert (options["security_protocol"], options["sasl_mechanism"]) == ("SASL_SSL", "SCRAM-SHA-512")
    assert options["ssl_context"].verify_mode is ssl.CERT_REQUIRED
    assert options["ssl_context"].check_hostname
    assert "s3" not in str(settings)


def test_the_command_line_is_told_by_the_same_names() -> None:
    told = {"SHANGJU_KAFKA_USER": "operator", "SHANGJU_KAFKA_PASSWORD": "s3", "SHANGJU_KAFKA_TLS": "true"}
    assert Running(told).login == Login("operator", "s3", tls=True)
    assert Running({}).login == OPEN
