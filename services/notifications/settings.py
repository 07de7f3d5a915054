"""What the notifications processes are told by their environment."""

from __future__ import annotations

from email.utils import parseaddr

from shared.access.door import Kit
from shared.settings import ServiceSettings


class Settings(ServiceSettings):
    """`smtp_answer_seconds` is how long a mail server may think over a mail it was given whole."""

    http_port: int = 8004
    smtp_host: str = "127.0.0.1"
    smtp_port: int = 8025
    smtp_answer_seconds: float = 120
    mail_from: str = "商居联盟 <no-reply@shangju.example>"

    @property
    def mail_address(self) -> str:
        """The address alone: under which name it writes depends on the reader's language."""
        return parseaddr(self.mail_from)[1]


def settings_of(kit: Kit) -> Settings:
    """This service's own settings, which main.py put into the kit."""
    if not isinstance(kit.settings, Settings):
        raise TypeError(type(kit.settings))
    return kit.settings
