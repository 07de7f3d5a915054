"""The published language's common part: what every event on the bus is wrapped in.

CloudEvents 1.0, Kafka binding, binary mode: attributes travel as `ce_*` headers, the value is the JSON
of a contract model. A contract only grows: optional fields may be added, nothing is renamed or removed.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, ClassVar, Generic
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from typing_extensions import TypeVar

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
"""A word of ours, never of a person: categories, stages, kinds, reasons."""

Label = Annotated[str, Field(pattern=r"^[A-Z0-9][A-Z0-9-]{0,31}$")]
"""A mark of a thing, such as a case reference or a room: no name, no address."""


def _of_a_door(name: str) -> str:
    """The name as it was typed, judged as it reads: a full-width digit and a written number are digits too."""
    read = unicodedata.normalize("NFKC", name)
    if sum(one.isnumeric() for one in read) > _MOST_DIGITS or "@" in read or not read.isprintable():
        raise ValueError("no name of a door")
    return name


_MOST_DIGITS = 6

DoorSign = Annotated[
    str,
    Field(max_length=40, pattern=r"^([^0-9@]*[0-9]){0,6}[^0-9@]*$"),
    AfterValidator(_of_a_door),
]
"""What stands on the door of a room in which people meet, as the committee named it: all on the bus that anybody typed.
It has no place for a telephone number or an address of mails.
"""

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 of something that lies elsewhere."""

REGISTRY: dict[str, type[Contract]] = {}
"""Every contract by its `ce_type`."""


class Contract(BaseModel):
    """One kind of event other services may rely on. Unknown fields are ignored, so contracts can grow."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    TOPIC: ClassVar[str]
    KEY: ClassVar[str]
    TYPE: ClassVar[str]
    TOMBSTONE: ClassVar[bool] = False
    """Whether it is told by a record without value, which on a compacted topic makes the earlier ones go."""

    def __init_subclass__(cls, *, abstract: bool = False, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)

    @classmethod
    def __pydantic_init_subclass__(cls, *, abstract: bool = False, **kwargs: Any) -> None:
        """Names the concrete contract after its service and class and enters it in the registry."""
        super().__pydantic_init_subclass__(**kwargs)
        if abstract:
            return
        service = cls.__module__.rsplit(".", 1)[-1]
        word = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
        cls.TYPE = f"cn.shangju.{service}.{word}.v1"
        REGISTRY[cls.TYPE] = cls

    @property
    def key(self) -> UUID:
        """The Kafka key: everything about one case has one key, and so one order."""
        value: UUID = getattr(self, self.KEY)
        return value


class Undecodable(Exception):
    """A record no retry can mend. `reason` is a code; nothing of the record is in the message."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason


C_co = TypeVar("C_co", bound=Contract, default=Contract, covariant=True)


@dataclass(frozen=True)
class Envelope(Generic[C_co]):
    """One event as it crosses the bus."""

    id: UUID
    source: str
    time: datetime
    alliance_id: UUID
    aggregate_version: int
    data: C_co
    traceparent: str | None = None

    @property
    def type(self) -> str:
        return self.data.TYPE

    @property
    def subject(self) -> str:
        return str(self.data.key)

    def headers(self) -> dict[str, str]:
        """The record's headers, readable with `kcat -f '%h'`."""
        headers = {
            "ce_specversion": "1.0",
            "ce_id": str(self.id),
            "ce_type": self.type,
            "ce_source": self.source,
            "ce_subject": self.subject,
            "ce_time": self.time.isoformat(),
            "content-type": "application/json",
            "alliance_id": str(self.alliance_id),
            "aggregate_version": str(self.aggregate_version),
        }
        return headers | ({"traceparent": self.traceparent} if self.traceparent else {})

    @property
    def headers_json(self) -> str:
        """The headers as the outbox keeps them."""
        return json.dumps(self.headers())

    def value(self) -> bytes | None:
        """The record's value: JSON of the contract, without fields that say nothing; none of a tombstone."""
        if self.data.TOMBSTONE:
            return None
        return self.data.model_dump_json(exclude_none=True).encode()


def decode(headers: Iterable[tuple[str, bytes]], value: bytes | None) -> Envelope:
    """The event a Kafka record carries.

    Raises Undecodable with reason `missing_header`, `bad_header`, `unknown_type`, `no_value` or
    `wrong_schema`.
    """
    attributes = _attributes(headers)
    if value is None:
        raise Undecodable("no_value")
    contract = REGISTRY.get(_attribute(attributes, "ce_type"))
    if contract is None:
        raise Undecodable("unknown_type")
    try:
        data = contract.model_validate_json(value)
    except ValidationError as error:
        places = error.errors(include_url=False, include_context=False, include_input=False)
        where = ", ".join(f"{'.'.join(map(str, place['loc']))} {place['type']}" for place in places[:5])
        raise Undecodable("wrong_schema", where) from None
    try:
        return Envelope(
            id=UUID(_attribute(attributes, "ce_id")),
            source=_attribute(attributes, "ce_source"),
            time=moment(_attribute(attributes, "ce_time")),
            alliance_id=UUID(_attribute(attributes, "alliance_id")),
            aggregate_version=int(_attribute(attributes, "aggregate_version")),
            data=data,
            traceparent=attributes.get("traceparent"),
        )
    except ValueError as error:
        raise Undecodable("bad_header", type(error).__name__) from None


def moment(text: str) -> datetime:
    """A CloudEvents time. Raises ValueError, also for one that does not say how far from UTC it is."""
    read = datetime.fromisoformat(text)
    if read.tzinfo is None:
        raise ValueError
    return read


def _attributes(headers: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    try:
        return {name: raw.decode() for name, raw in headers}
    except UnicodeDecodeError:
        raise Undecodable("bad_header", "not UTF-8") from None


def _attribute(attributes: Mapping[str, str], name: str) -> str:
    try:
        return attributes[name]
    except KeyError:
        raise Undecodable("missing_header", name) from None
