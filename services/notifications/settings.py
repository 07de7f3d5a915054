"""What the notifications processes are told by their environment."""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import parseaddr
from typing import Literal, Self

from pydantic import SecretStr, model_validator

from services.notifications.events import Channel
from services.notifications.pacing import Pace
from services.notifications.push.sealing import Sender, private_key_of
from services.notifications.quiet import EVEN_AT_NIGHT
from services.notifications.robots.platforms import HOSTS, Platform
from services.notifications.texting import aliyun, tencent
from services.notifications.texting.provider import Provider
from shared.access.door import Kit
from shared.mailing import MailingSettings
from shared.texts import LANGUAGES, Language

TEMPLATES = tuple(f"{what}.{language}" for what in ("news", "emergency") for language in LANGUAGES)
"""What a provider of texts has approved for us, one for each of these."""


class Settings(MailingSettings):
    """`…_answer_seconds` is how long a mail server, or a provider of texts, may think over what it was given.

    `webhook_networks` are those of a city's own that platforms may stand in: `10.20.0.0/16,…`; else only the world.
    `robot_hosts` stand in for the platforms' own, one for each: `wecom=127.0.0.1:1,…`; a group chat takes some twenty
    messages a minute. `push_key` is a P-256 key, 32 bytes in base64url; without it no telephone is told.

    `…_lanes` is how many go out by a channel at once, each over a connection of its own, and `…_per_minute` how many a
    worker hands over in a minute, as many as there are for nought.

    Without `sms_provider` nobody is texted; `sms_templates` are written `news.zh-CN=SMS_1,news.en=SMS_2,…`.
    """

    http_port: int = 8004
    smtp_answer_seconds: float = 120
    sms_provider: Literal["", "aliyun", "tencent"] = ""
    sms_url: str = ""
    sms_key_id: str = ""
    sms_key_secret: SecretStr = SecretStr("")
    sms_app_id: str = ""
    sms_sign_name: str = "商居联盟"
    sms_templates: str = ""
    sms_answer_seconds: float = 20
    push_key: SecretStr = SecretStr("")
    push_contact: str = "mailto:admin@shangju.example"
    webhook_networks: str = ""
    mail_lanes: int = 4
    mails_per_minute: int = 0
    sms_lanes: int = 4
    texts_per_minute: int = 0
    push_lanes: int = 4
    pushes_per_minute: int = 0
    robot_hosts: str = ""
    robot_messages_per_minute: int = 20
    robot_lanes: int = 2

    @model_validator(mode="after")
    def _texts_have_their_templates(self) -> Self:
        if self.sms_provider and set(self._templates) != set(TEMPLATES):
            raise ValueError(f"sms_templates must name {', '.join(TEMPLATES)}")
        return self

    @model_validator(mode="after")
    def _push_key_is_one(self) -> Self:
        if self.push_key.get_secret_value():
            private_key_of(self.push_key.get_secret_value())
        return self

    @property
    def _templates(self) -> Mapping[str, str]:
        return _pairs(self.sms_templates)

    @property
    def mail_address(self) -> str:
        """The address alone: under which name it writes depends on the reader's language."""
        return parseaddr(self.mail_from)[1]

    def robot_addresses(self, platform: Platform) -> frozenset[str]:
        """Where that platform's robots are spoken to, and nowhere else."""
        own = _pairs(self.robot_hosts)
        return frozenset({own.get(platform, HOSTS[platform])})

    def text_template(self, kind: str, language: Language) -> str:
        """The template in which a notice of that kind is texted."""
        return self._templates[f"{'emergency' if kind in EVEN_AT_NIGHT else 'news'}.{language}"]

    def pace(self, channel: Channel) -> Pace:
        """How much goes out by that channel at once, and in a minute."""
        match channel:
            case "mail":
                return Pace(self.mail_lanes, self.mails_per_minute)
            case "sms":
                return Pace(self.sms_lanes, self.texts_per_minute)
        return Pace(self.push_lanes, self.pushes_per_minute)

    def push_sender(self) -> Sender | None:
        """As whom we speak to push services, if we do."""
        key = self.push_key.get_secret_value()
        return Sender(key, self.push_contact) if key else None

    def text_provider(self) -> Provider | None:
        """Who sends our texts, if anybody."""
        key = self.sms_key_secret.get_secret_value()
        match self.sms_provider:
            case "aliyun":
                return aliyun.Aliyun(
                    self.sms_key_id, key, self.sms_sign_name, self.sms_url or aliyun.ENDPOINT
                )
            case "tencent":
                url = self.sms_url or tencent.ENDPOINT
                return tencent.Tencent(self.sms_key_id, key, self.sms_app_id, self.sms_sign_name, url)
        return None


def _pairs(written: str) -> Mapping[str, str]:
    """`name=value,…` as it was written."""
    pairs = (pair.partition("=") for pair in written.split(",") if pair)
    return {name.strip(): value.strip() for name, _, value in pairs}


def settings_of(kit: Kit) -> Settings:
    """This service's own settings, which main.py put into the kit."""
    if not isinstance(kit.settings, Settings):
        raise TypeError(type(kit.settings))
    return kit.settings
