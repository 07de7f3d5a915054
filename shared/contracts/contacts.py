"""Where a person can be reached. On a topic of its own, compacted, which notifications alone may read."""

from __future__ import annotations

from typing import ClassVar, Literal
from uuid import UUID

from shared.contracts import topics
from shared.contracts.envelope import Contract


class ContactChanged(Contract):
    """The member's current contact, whole; erasure puts a tombstone in its place (PIPL art. 47)."""

    TOPIC: ClassVar[str] = topics.CONTACTS
    KEY: ClassVar[str] = "member_id"

    member_id: UUID
    alliance_id: UUID
    display_name: str
    email: str | None = None
    phone: str | None = None
    language: Literal["zh-CN", "en"] = "zh-CN"


class ContactErased(Contract, abstract=True):
    """The member is erased: a record without value under their key, and so without a schema."""

    TOMBSTONE: ClassVar[bool] = True
    TYPE: ClassVar[str] = "cn.shangju.contacts.contact_erased.v1"
    TOPIC: ClassVar[str] = topics.CONTACTS
    KEY: ClassVar[str] = "member_id"

    member_id: UUID
