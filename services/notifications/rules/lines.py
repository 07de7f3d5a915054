"""What a line of the table says, and whom it can name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from shared.contracts.envelope import Contract


class Audience(StrEnum):
    """Who may be told, as it can be read off an event and the alliance's roles; audiences.py does so."""

    COMPLAINANTS = "complainants"
    RESPONDENTS = "respondents"
    TOLD_RESPONDENTS = "respondents who know of the case"
    PARTIES = "parties"
    ADDRESSEES = "those written to"
    AWAITED = "those whose step it is"
    SURVEYED = "the one surveyed"
    OWNER = "who owes the commitment"
    OTHER_SIDE = "the side it is owed to"
    MEDIATOR = "mediator"
    PROPOSED = "mediator asked"
    REMOVED = "mediator taken off"
    DECLINED = "mediator declined"
    FOLLOWER = "mediator, else coordinators"
    COORDINATORS = "coordinators"
    CAPTAINS = "captains of the building"
    GUESTS = "guests at the session"


COMPLAINANTS, RESPONDENTS, TOLD = Audience.COMPLAINANTS, Audience.RESPONDENTS, Audience.TOLD_RESPONDENTS
PARTIES, ADDRESSEES, SURVEYED = Audience.PARTIES, Audience.ADDRESSEES, Audience.SURVEYED
OWNER, OTHER_SIDE = Audience.OWNER, Audience.OTHER_SIDE
MEDIATOR, PROPOSED, FOLLOWER = Audience.MEDIATOR, Audience.PROPOSED, Audience.FOLLOWER
REMOVED, DECLINED = Audience.REMOVED, Audience.DECLINED
COORDINATORS, CAPTAINS = Audience.COORDINATORS, Audience.CAPTAINS
AWAITED, GUESTS = Audience.AWAITED, Audience.GUESTS

When = Mapping[str, tuple[object, ...]]
"""Values of the event's fields for which a line holds; all of them for an empty one."""


@dataclass(frozen=True)
class Line:
    """At `event` the `audience` gets the notice `kind`, which names `dates` where the event has them.

    Where several lines name the same person, the first is theirs: one notice for one event.
    """

    event: type[Contract]
    audience: Audience
    kind: str
    dates: tuple[str, ...] = ()
    when: When = field(default_factory=dict)


@dataclass(frozen=True)
class Silence:
    """At `event` nobody is told, and why."""

    event: type[Contract]
    why: str
    when: When = field(default_factory=dict)
