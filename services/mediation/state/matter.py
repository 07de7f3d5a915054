"""The matter and its parties."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from services.mediation.state.group import ROUNDED, Fellow
from services.mediation.state.guests import Guest
from services.mediation.state.paper import Sheet
from services.mediation.state.relations import Relation
from services.mediation.state.reminders import Reminder
from services.mediation.state.spans import Span

Side = Literal["complainant", "respondent"]

Language = Literal["cmn", "wuu", "en"]
"""普通话, 上海话, English."""

Dwelling = Literal["home", "shop"]

Conflict = Literal[
    "party",
    "lives_there",
    "works_there",
    "trades_there",
    "family",
    "same_trade",
    "earlier_party",
    "declared",
]
"""Why somebody may not mediate (利害关系)."""


Leaving = Literal["passed", "declined", "stepped_aside", "removed"]
"""How a mediator who was asked came to have no part in it any more."""


@dataclass(frozen=True)
class Party:
    """Somebody whose yes is needed; `windows` are the times they said they can come (none: they said nothing).

    `languages` are those they wish to speak.
    """

    member_id: UUID
    side: Side
    dwelling: Dwelling
    consented: bool = False
    separate: bool = False
    windows: tuple[Span, ...] = ()
    languages: tuple[Language, ...] = ()
    joint: bool | None = None
    """Whether they agree to one session with the mediation beside this one; None: not said."""
    open: bool | None = None
    """Whether they wish others to be allowed to listen; None: not said."""
    left_on: date | None = None
    died: bool = False
    no_account: bool = False
    """Whether they could not sign in when it was opened: then others enter what they sign by hand."""
    sheet: Sheet | None = None
    """On which they said yes."""


@dataclass(frozen=True)
class Asked:
    """A mediator who was asked: which parties accept them, what they declared, and how they left.

    Everything but the parties' own acceptance is for the committee: no party learns why somebody left, or
    through whom (`by`).
    """

    mediator: UUID
    accepted: tuple[UUID, ...] = ()
    declared: Relation | None = None
    left: Leaving | None = None
    by: UUID | None = None
    note: str = ""


@dataclass(frozen=True)
class VoidSession:
    """A session of somebody who should not have led it. Its minutes are sealed for the committee."""

    session_id: UUID
    mediator: UUID
    starts_at: datetime
    stopped_at: datetime
    minutes: tuple[str, ...] = ()


@dataclass(frozen=True)
class OralPromise:
    """Who said they would do something, and by when; the words are the mediator's to record."""

    commitment_id: UUID
    owner_side: Side
    due_on: date


@dataclass(frozen=True)
class WordingDispute:
    """A party does not agree with the words recorded; the mediator records them anew."""

    party: UUID
    reason: str


@dataclass(frozen=True)
class Oral:
    """Entered by `captain_id` for `spoken_for`, who has no account and says things by word of mouth."""

    agreement_id: UUID
    captain_id: UUID
    spoken_for: UUID
    agreed_on: date
    dispute_until: date
    judicial_until: date
    promises: tuple[OralPromise, ...]
    accepted: tuple[UUID, ...] = ()
    """The parties who said that the words are right."""
    dispute: WordingDispute | None = None


@dataclass(frozen=True)
class Beside:
    """Another mediation of the same conflict between the same people, none of them hidden."""

    mediation_id: UUID
    case_id: UUID
    reference: str


@dataclass(frozen=True)
class Matter:
    """The case as mediation sees it. `hidden`: the parties must not learn who the others are (隐名)."""

    mediation_id: UUID
    case_id: UUID
    alliance_id: UUID
    reference: str
    hidden: bool
    place_id: UUID | None
    consent_until: date
    parties: tuple[Party, ...]
    asked: tuple[Asked, ...] = ()
    void: tuple[VoidSession, ...] = ()
    category: str = ""
    conflict_id: UUID | None = None
    represented: tuple[UUID, ...] = ()
    """For whom a party acts who lives with them: they are no party, and no mediator may be near to them."""
    beside: tuple[Beside, ...] = ()
    guests: tuple[Guest, ...] = ()
    minor: bool = False
    """A child is concerned: closed sessions alone, and no word that tells which child."""
    oral: Oral | None = None
    """Where all was agreed on the spot, by word of mouth."""
    successors: tuple[Party, ...] = ()
    """Who came after a party that left: bound by nothing that was agreed, asked for what is owed to the place."""
    fellows: tuple[Fellow, ...] = ()
    """Of a group case: to whom the draft was put, beside the parties who speak for them."""
    fellows_until: date | None = None
    reminded: tuple[Reminder, ...] = ()
    speakers: tuple[UUID, ...] = ()
    """Whoever of the group was asked by lot to speak; once asked, nobody is again."""
    seats: int = 0
    """As many of them speak."""
    opened_on: date | None = None
    sheets: tuple[UUID, ...] = ()
    """The pictures of what was signed by hand, under void words too."""

    def party(self, member_id: UUID) -> Party | None:
        return next((party for party in self.parties if party.member_id == member_id), None)

    def with_party(self, member_id: UUID, change: Callable[[Party], Party]) -> Matter:
        """The same with that party changed."""
        parties = tuple(change(one) if one.member_id == member_id else one for one in self.parties)
        return replace(self, parties=parties)

    def side(self, side: Side) -> tuple[Party, ...]:
        return tuple(party for party in self.parties if party.side == side)

    def successor(self, member_id: UUID) -> Party | None:
        return next((one for one in self.successors if one.member_id == member_id), None)

    def present(self, side: Side) -> tuple[Party, ...]:
        """Those of a side who have not left."""
        return tuple(party for party in self.side(side) if party.left_on is None)

    def is_deserted(self, side: Side) -> bool:
        """Whether everybody of a side has left."""
        return not self.present(side)

    def owed_to(self, side: Side) -> frozenset[UUID]:
        """Whose consent releases what that side is owed: to whom it was promised, and who came after them."""
        promised = (party.member_id for party in self.side(side) if not party.died)
        return frozenset((*promised, *(one.member_id for one in self.successors if one.side == side)))

    def guest(self, member_id: UUID) -> Guest | None:
        return next((guest for guest in self.guests if guest.member_id == member_id), None)

    def guest_known_as(self, known_as: UUID) -> Guest | None:
        return next((guest for guest in self.guests if guest.known_as == known_as), None)

    def fellow(self, member_id: UUID) -> Fellow | None:
        return next((fellow for fellow in self.fellows if fellow.member_id == member_id), None)

    @property
    def bound(self) -> tuple[UUID, ...]:
        """Of a group those who said yes themselves: nobody is bound by another's signature."""
        return tuple(fellow.member_id for fellow in self.fellows if fellow.agrees)

    @property
    def about_bound(self) -> int | None:
        """How many households agree, in fives and from five on: of fewer one could guess who."""
        return len(self.bound) // ROUNDED * ROUNDED or None

    @property
    def waits_for_guests(self) -> bool:
        """Whether somebody who must be there and was asked has not said whether they come."""
        return any(guest.required and guest.comes is None for guest in self.asked_guests)

    @property
    def asked_guests(self) -> tuple[Guest, ...]:
        """Those whom every party agreed to have there; nobody else invited knows of it."""
        parties = {party.member_id for party in self.parties}
        return tuple(guest for guest in self.guests if parties <= {*guest.agreed})

    @property
    def coming(self) -> tuple[Guest, ...]:
        """Those who were asked and said that they come."""
        return tuple(guest for guest in self.asked_guests if guest.comes)

    @property
    def seated(self) -> tuple[UUID, ...]:
        """The speakers drawn by lot who have not said that they cannot come."""
        return tuple(one.member_id for one in self.guests if one.drawn and one.comes is not False)

    @property
    def languages(self) -> frozenset[Language]:
        """Every language a party wishes to speak."""
        return frozenset(language for party in self.parties for language in party.languages)

    def accepted(self, mediator: UUID) -> tuple[UUID, ...]:
        """The parties who accept this mediator, each for themselves."""
        latest = next((one for one in reversed(self.asked) if one.mediator == mediator), None)
        return latest.accepted if latest else ()

    @property
    def is_open(self) -> bool:
        """Whether others may listen to the session: only where every party wishes it."""
        return all(party.open for party in self.parties)

    @property
    def separate(self) -> bool:
        """Whether the talks are held apart (背靠背): somebody asked for it, or would be recognised."""
        return self.hidden or any(party.separate for party in self.parties)


def other_side(side: Side) -> Side:
    """The side that confirms what this one promised."""
    return "respondent" if side == "complainant" else "complainant"
