"""How a service that mails reaches its mail server, and proves to it who it is."""

from __future__ import annotations

import ssl
from ipaddress import ip_address
from pathlib import Path
from typing import Literal, Self

from aiosmtplib import SMTP
from pydantic import SecretStr, model_validator

from shared.settings import ServiceSettings


class MailingSettings(ServiceSettings):
    """Told to every service that mails.

    Mails and one-time codes cross an open line only to a server of this very machine; elsewhere only in development.
    """

    smtp_host: str = "127.0.0.1"
    smtp_port: int = 8025
    smtp_security: Literal["none", "starttls", "tls"] = "none"
    """`tls` encrypts from the first byte (port 465), `starttls` after the greeting, or not at all (port 587)."""
    smtp_username: str = ""
    """With a name the process logs in; without one the server must take mails from anybody."""
    smtp_password: SecretStr = SecretStr("")
    smtp_authority: Path | None = None
    """The certificate that signs the mail server's; else those the machine trusts."""
    mail_from: str = "商居联盟 <no-reply@shangju.example>"

    @model_validator(mode="after")
    def _no_mail_crosses_an_open_line(self) -> Self:
        if self.smtp_security != "none" or _is_this_machine(self.smtp_host):
            return self
        if self.environment == "production":
            raise ValueError("smtp_security must be tls or starttls for a mail server of another machine")
        if self.smtp_username:
            raise ValueError("smtp_security must be tls or starttls where smtp_username logs in")
        return self

    @model_validator(mode="after")
    def _a_login_is_whole(self) -> Self:
        if bool(self.smtp_username) != bool(self.smtp_password.get_secret_value()):
            raise ValueError("smtp_username and smtp_password belong together")
        return self

    def mail_client(self, *, answer_seconds: float) -> SMTP:
        """Not connected yet; connecting encrypts and logs in, or raises SMTPException or OSError."""
        return SMTP(
            hostname=self.smtp_host,
            port=self.smtp_port,
            timeout=answer_seconds,
            use_tls=self.smtp_security == "tls",
            start_tls=self.smtp_security == "starttls",
            tls_context=self._trust(),
            username=self.smtp_username or None,
            password=self.smtp_password.get_secret_value() or None,
        )

    def _trust(self) -> ssl.SSLContext | None:
        if self.smtp_security == "none":
            return None
        return ssl.create_default_context(cafile=self.smtp_authority)


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
