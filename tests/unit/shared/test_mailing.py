"""Which mail servers a service that mails may be told of."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from shared.mailing import MailingSettings
from tests.support.http import settings_for


def told(**words: Any) -> MailingSettings:
    return settings_for(MailingSettings, "postgresql://nowhere", **words)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_a_server_on_this_machine_needs_no_encryption(host: str) -> None:
    assert told(environment="production", smtp_host=host).smtp_security == "none"


@pytest.mark.parametrize("host", ["smtp.city.example", "10.0.0.5", "mailbox", "localhost.city.example"])
def test_production_mails_over_no_open_line(host: str) -> None:
    with pytest.raises(ValidationError, match="smtp_security"):
        told(environment="production", smtp_host=host)
    for security in ("tls", "starttls"):
        assert told(environment="production", smtp_host=host, smtp_security=security)


def test_development_may_mail_to_a_sink_beside_it_but_logs_in_nowhere_over_an_open_line() -> None:
    assert told(smtp_host="mailbox")
    with pytest.raises(ValidationError, match="smtp_security"):
        told(smtp_host="mailbox", smtp_username="shangju", smtp_password="s")


@pytest.mark.parametrize("half", [{"smtp_username": "shangju"}, {"smtp_password": "s"}])
def test_a_login_is_a_name_and_a_password(half: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="belong together"):
        told(smtp_security="tls", **half)


def test_the_password_is_never_printed() -> None:
    settings = told(smtp_security="tls", smtp_username="shangju", smtp_password="open-sesame")
    assert "open-sesame" not in repr(settings) + str(settings.model_dump(mode="json"))


@pytest.mark.parametrize(
    ("security", "first_byte", "by_word"),
    [("none", False, False), ("starttls", False, True), ("tls", True, False)],
)
def test_a_client_encrypts_as_it_was_told_and_never_as_the_server_likes(
    security: str, first_byte: bool, by_word: bool
) -> None:
    client = told(smtp_security=security).mail_client(answer_seconds=1)
    assert (client.use_tls, client._start_tls_on_connect) == (first_byte, by_word)
    assert (client.tls_context is None) == (security == "none")
