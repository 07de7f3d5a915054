"""What a process is told about the broker, as its clients take it."""

from __future__ import annotations

import ssl

import pytest

from cli.running import NotHere, Running
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


WHERE = {"SHANGJU_KAFKA_BOOTSTRAP": "x:1"}


def test_the_command_line_is_told_by_the_same_names() -> None:
    told = {"SHANGJU_KAFKA_USER": "operator", "SHANGJU_KAFKA_PASSWORD": "s3", "SHANGJU_KAFKA_TLS": "true"}
    assert login_of(Running(WHERE | told).broker) == Login("operator", "s3", tls=True)
    assert login_of(Running(WHERE).broker) == OPEN


@pytest.mark.parametrize("word", ["true", "True", "1", "on", "yes", "false", "0", "off"])
def test_a_word_for_encryption_means_the_same_to_services_and_command_line(
    monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    monkeypatch.setenv("SHANGJU_KAFKA_TLS", word)
    service = ServiceSettings(**REQUIRED)
    assert login_of(Running(WHERE | {"SHANGJU_KAFKA_TLS": word}).broker) == login_of(service)
    assert service.kafka_tls is (word in {"true", "True", "1", "on", "yes"})


def test_a_word_nobody_knows_is_refused_by_its_name() -> None:
    with pytest.raises(NotHere, match="SHANGJU_KAFKA_TLS"):
        _ = Running(WHERE | {"SHANGJU_KAFKA_TLS": "perhaps"}).broker


def test_the_login_belongs_to_the_system_asked_and_not_to_the_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SHANGJU_KAFKA_USER", "somebody")
    monkeypatch.setenv("SHANGJU_KAFKA_TLS", "true")
    assert login_of(Running(WHERE).broker) == OPEN
