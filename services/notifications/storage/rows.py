"""What the rows of notices and deliveries say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from services.notifications.decisions import Mail, Pending, Sending, Settled
from services.notifications.events import Channel
from services.notifications.notice import Facts, Notice, Words
from services.notifications.publish import About
from shared.persistence.saving import Aggregate
from shared.texts import Language


@dataclass(frozen=True)
class Reading:
    """Whether a notice was read."""

    about: About
    read_at: datetime | None


@dataclass(frozen=True)
class Delivery:
    """What carries a notice, and where it stands."""

    about: About
    channel: Channel
    mail: Mail
    told_at: datetime


@dataclass(frozen=True)
class Addressed:
    """A notice with the one who is to have it, and the mail address or number that is reached at."""

    notice: Notice
    name: str
    address: str
    language: Language
    large_type: bool = False
    more: tuple[Notice, ...] = ()
    """What else is told in the same mail, where a day's are gathered."""


DELIVERY = """
    SELECT delivery.id, delivery.notice_id, delivery.alliance_id, delivery.case_id, delivery.recipient_id,
           delivery.channel, delivery.state, delivery.attempt, delivery.reason, delivery.due_at, delivery.queued_at,
           delivery.version, delivery.head,
           notice.kind, notice.reference, notice.facts, notice.created_at, notice.read_at,
           notice.traceparent
"""

BY_HAND = """
    delivery.channel = 'paper' AND delivery.state = 'pending' AND delivery.alliance_id = $1
    AND notice.side = ANY ($4) AND notice.read_at IS NULL
    AND ($2 OR EXISTS (SELECT FROM occupancies AS home
                       WHERE home.member_id = delivery.recipient_id AND home.until_day IS NULL
                         AND home.building_id = ANY ($3)))
"""
"""What somebody brings, as long as its reader has not opened it.

$1 the alliance, $2 whether to everybody there, $3 else in which buildings, $4 to which sides.
"""

ADDRESS = """
    CASE delivery.channel
         WHEN 'mail' THEN contact.email
         WHEN 'sms' THEN contact.phone
         WHEN 'push' THEN (SELECT device.member_id::text FROM push_subscriptions AS device
                           WHERE device.member_id = delivery.recipient_id LIMIT 1)
    END
"""
"""Where it goes; a push to all that its reader asked on."""


OWN_WORDS = """
    (SELECT coalesce(jsonb_object_agg(said.language, to_jsonb(said) - 'language'), '{}')
     FROM (SELECT DISTINCT ON (language) language, title, body, dates FROM wordings
           WHERE (wordings.alliance_id, wordings.kind) = (notice.alliance_id, notice.kind)
             AND wordings.set_at <= notice.created_at
           ORDER BY language, version DESC) AS said
     WHERE said.title IS NOT NULL) AS own
"""
"""The alliance's own words for a notice, by language, as they stood when it was told: it says the same ever after."""

_OWN_WORDS = TypeAdapter(dict[Language, Words])


def notice_of(row: Any) -> Notice:
    """A notice as its row has it, with OWN_WORDS."""
    return Notice(
        row["notice_id"],
        row["kind"],
        row["case_id"],
        row["reference"],
        Facts.model_validate_json(row["facts"]),
        row["created_at"],
        row["read_at"],
        row["traceparent"],
        _OWN_WORDS.validate_json(row["own"]),
    )


def addressed_of(row: Any) -> Addressed:
    return Addressed(notice_of(row), row["display_name"], row["address"], row["language"], row["large_type"])


def about_of(row: Any) -> About:
    return About(row["alliance_id"], row["case_id"], row["notice_id"], row["recipient_id"], row["kind"])


def delivery_of(row: Any) -> Aggregate[Delivery]:
    delivery = Delivery(about_of(row), row["channel"], _mail(row), row["created_at"])
    return Aggregate(row["id"], row["alliance_id"], delivery, row["version"], row["head"])


def _mail(row: Any) -> Mail:
    attempt, queued_at = row["attempt"], row["queued_at"]
    match row["state"]:
        case "pending":
            return Pending(attempt, queued_at, row["due_at"], row["reason"])
        case "sending":
            return Sending(attempt, queued_at, row["due_at"])
    return Settled(attempt, queued_at, row["state"], row["reason"])


def columns_of(mail: Mail) -> tuple[str, str, datetime | None]:
    """How far it is, as rows tell it: state, reason, and when it is due or its lease is over."""
    match mail:
        case Pending():
            return "pending", mail.reason, mail.due_at
        case Sending():
            return "sending", "", mail.lease_until
        case Settled():
            return mail.result, mail.reason, None
