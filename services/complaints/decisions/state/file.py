"""What every state of a case knows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, get_args
from uuid import UUID

from services.complaints.clocks import Clock, ClockName, Emergency
from services.complaints.commands import Place
from services.complaints.decisions.exhibits import Exhibit
from services.complaints.decisions.group import Group
from services.complaints.terms import (
    AnswerKind,
    Audience,
    Capacity,
    Doer,
    HealthSharing,
    Identity,
    LeaveReason,
    LeaveWish,
    PledgeStatus,
    ReferralPart,
    ReferralResult,
    Role,
    Rung,
    Side,
    Succession,
    Tier,
)


@dataclass(frozen=True)
class HeldMessage:
    """A party's word to the other side that waits for the coordinator."""

    message_id: UUID
    sender: Role
    to: Audience


@dataclass(frozen=True)
class Mediation:
    """How far the mediation is, as its own service told us."""

    mediation_id: UUID
    step: str
    mediator_id: UUID | None = None


@dataclass(frozen=True)
class Referral:
    """One matter in one authority's hands: open until it is returned, and never forgotten (移交不丢失)."""

    referral_id: UUID
    authority: str
    sent_on: date
    part: ReferralPart = "all"
    officer_id: UUID | None = None
    received_on: date | None = None
    chased: int = 0
    chased_on: date | None = None
    returned_on: date | None = None
    result: ReferralResult | None = None
    evidence_ids: tuple[UUID, ...] = ()
    """What the officer may look at while it lies with them."""

    @property
    def is_open(self) -> bool:
        return self.returned_on is None


@dataclass(frozen=True)
class Extension:
    """A later end of the month that is proposed, and the parties who agreed."""

    until: date
    agreed: tuple[UUID, ...] = ()
    asked_on: date | None = None
    reminded: bool = False


@dataclass(frozen=True)
class ReturnVisit:
    """A look, some time later, at whether it lasts."""

    visit_id: UUID
    due: date
    counted: date | None = None
    """The day before it was moved to one on which somebody works."""
    provisional: bool = False
    """Whether that rests on a year nobody has entered."""
    told: bool = False
    visited_on: date | None = None
    lasting: bool | None = None

    @property
    def is_open(self) -> bool:
        return self.visited_on is None


@dataclass(frozen=True)
class Pledge:
    """What a respondent promises by themselves (自愿承诺), or a side where both settled it without a mediator.

    How far it is; its words stand in the journal alone.
    """

    pledge_id: UUID
    party_id: UUID | None
    """None: a respondent without an account, who pledged it on paper or by word of mouth; or a side as a whole."""
    due_on: date
    status: PledgeStatus = "offered"
    missed: bool = False
    """Its day passed before it was said to be done."""
    owed_by: Side | None = None
    """Of what both sides settled and signed (自行和解): the side that owes it."""

    @property
    def owed_to(self) -> Side:
        """Who says whether it is done."""
        return "respondent" if self.owed_by == "complainant" else "complainant"

    @property
    def is_broken(self) -> bool:
        """Whether it was settled, and is not kept as far as the other side can see."""
        return self.owed_by is not None and self.is_owed and (self.missed or self.status == "disputed")

    @property
    def is_owed(self) -> bool:
        """Whether somebody wanted it and has not confirmed it."""
        return self.status in ("wanted", "proven", "disputed")

    def lapsed(self) -> Pledge:
        """Nobody waits for it any more; what was confirmed or not wanted stays so."""
        return replace(self, status="lapsed") if self.is_owed or self.status == "offered" else self


@dataclass(frozen=True)
class OfferedService:
    """What a party is offered from the service list; nothing is waited for."""

    offer_id: UUID
    party_id: UUID
    service: str
    taken: bool | None = None
    """None: they have not said. Left may still be taken."""


@dataclass(frozen=True)
class AddedParty:
    """Somebody who became a party after the filing, and was asked for their own answer."""

    party_id: UUID
    side: Side
    capacity: Capacity
    is_served: bool = False
    answer: AnswerKind | None = None
    joined_on: date | None = None
    has_agreed: bool = False
    """Whether an agreement took effect since they came."""

    @property
    def came_after(self) -> bool:
        """Whether they took the place of somebody who left; what they said to the invitation is their answer."""
        return self.capacity in get_args(Succession)

    @property
    def is_awaited(self) -> bool:
        """Whether their answer is missing; who came after somebody answers in their place, not beside them."""
        return self.side == "respondent" and self.answer is None and not self.came_after


@dataclass(frozen=True)
class FormerParty:
    """Somebody who was a party until they left: their words stay theirs, and nobody inherits them by the address."""

    party_id: UUID
    side: Side
    left_on: date
    why: LeaveReason
    wish: LeaveWish | None = None

    @property
    def is_asked(self) -> bool:
        """Whether they have not said yet what is to become of the matter; of one who died nobody asks them."""
        return self.side == "complainant" and self.why == "moved" and self.wish is None


@dataclass(frozen=True)
class Invitation:
    """Whoever came after somebody who left is asked whether it concerns them; before their yes they are no party."""

    party_id: UUID
    side: Side
    capacity: Succession


@dataclass(frozen=True)
class Spoken:
    """It was told by word of mouth and entered by the building captain for somebody without an account."""

    captain_id: UUID
    receipt_handed_on: date | None = None


@dataclass(frozen=True)
class CaseFile:
    """What every state knows. No party's member id and no word of a person stands in it."""

    case_id: UUID
    reference: str
    category: str
    subcategory: str
    emergency: bool
    """Whether its kind calls for 119, 110 or 120; `alarm` is what became of it."""
    identity: Identity
    place: Place | None
    filed_at: datetime
    complainants: tuple[UUID, ...]
    respondents: tuple[UUID, ...]
    clocks: tuple[Clock, ...]
    accepted_on: date | None = None
    category_version: int = 0
    answer: AnswerKind | Literal["silent", "refuse"] | None = None
    referrals: tuple[Referral, ...] = ()
    mediation: Mediation | None = None
    held: tuple[HeldMessage, ...] = ()
    revealed_to: tuple[UUID, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    alarm: Emergency | None = None
    rungs: tuple[Rung, ...] = ()
    """Rungs of governance that work records name."""
    tier: Tier = "ordinary"
    minor: bool = False
    """It is about a child under 14: nothing of it is deliberated in the open."""
    child_follows: bool = False
    """The guardian lets the child follow it in words for a child."""
    on_board: bool = False
    """Whether the guardian lets it be counted on the public board."""
    takedowns: tuple[Side, ...] = ()
    """The sides that were asked to take down what they posted of a child, and have not said that they did."""
    extension: Extension | None = None
    visits: tuple[ReturnVisit, ...] = ()
    linked_to: UUID | None = None
    carried_from: UUID | None = None
    """The earlier case whose evidence lies before this one too: the bytes are the same."""
    conflict_id: UUID | None = None
    added: tuple[AddedParty, ...] = ()
    doer: Doer = "known"
    health: HealthSharing = "none"
    health_of_another: bool = False
    former: tuple[FormerParty, ...] = ()
    invited: tuple[Invitation, ...] = ()
    group: Group | None = None
    """Of a lead case: whom those who complain together named, and what waits among them."""
    spoken: Spoken | None = None
    represented: UUID | None = None
    """Somebody at home for whom the complainant acts; they are no party, and everything of it is open to them."""
    wishes_referral: bool = False
    """The mediation ended, and an authority is wished for: the committee is to hand it over."""
    pledges: tuple[Pledge, ...] = ()
    services: tuple[OfferedService, ...] = ()

    @property
    def conflict(self) -> UUID:
        """What figures count once: cases that were filed beside one another or taken up again."""
        return self.conflict_id or self.case_id

    @property
    def acting(self) -> UUID | None:
        """Who filed for somebody at home and acts for them, until they leave; never who complains beside or after."""
        filed = (one for one in self.complainants if self.added_party(one) is None)
        return next(filed, None) if self.represented else None

    @property
    def is_refused(self) -> bool:
        """Whether mediation was refused, before it began or in it."""
        return self.answer == "refuse" or (
            self.mediation is not None and self.mediation.step == "mediation_refused"
        )

    @property
    def concerns_child(self) -> bool:
        """Whether it is about a child, or something sealed shows one."""
        return self.minor or any(one.shown in ("sealed", "erased") for one in self.exhibits)

    @property
    def is_concealed(self) -> bool:
        """Whether the other side must not learn who complained."""
        return self.identity != "named"

    @property
    def party_identity(self) -> Identity:
        """What its complainants are to the other side: nobody joins an anonymous matter but by name."""
        return "named" if self.identity == "anonymous" and self.complainants else self.identity

    def side_of(self, party_id: UUID) -> Side | None:
        """The side of a party that is concerned now."""
        if party_id in self.complainants:
            return "complainant"
        return "respondent" if party_id in self.respondents else None

    def side_ever(self, party_id: UUID) -> Side | None:
        """The side of a party that is concerned now, was until they left, or is asked to be."""
        beside = self.former_party(party_id) or self.invitation(party_id)
        return self.side_of(party_id) or (beside.side if beside else None)

    def former_party(self, party_id: UUID | None) -> FormerParty | None:
        """The party of that id, where they left."""
        return next((one for one in self.former if one.party_id == party_id), None)

    def invitation(self, party_id: UUID | None) -> Invitation | None:
        """What that one is asked, where they are."""
        return next((one for one in self.invited if one.party_id == party_id), None)

    def came_after(self, party_id: UUID | None) -> bool:
        """Whether that party took a place somebody left: what was said before is not theirs to read."""
        added = self.added_party(party_id)
        return added is not None and added.came_after

    def without(self, party_id: UUID, former: FormerParty) -> CaseFile:
        """The same after that party has left; nobody waits for their answer any more."""
        gone = replace(
            self,
            complainants=tuple(one for one in self.complainants if one != party_id),
            respondents=tuple(one for one in self.respondents if one != party_id),
            former=(*self.former, former),
        )
        clocks = (clock.stopped() if clock.of == party_id else clock for clock in gone.clocks)
        return replace(gone, clocks=tuple(clocks))

    def with_stopped(self, *names: ClockName) -> CaseFile:
        """The same with nobody waiting for these any more."""
        clocks = (clock.stopped() if clock.name in names else clock for clock in self.clocks)
        return replace(self, clocks=tuple(clocks))

    @property
    def asked_how_it_went(self) -> tuple[UUID, ...]:
        """Whom a survey goes to: everybody on their own part, who left too, and nobody who died."""
        moved = (one.party_id for one in self.former if one.why == "moved")
        return (*self.complainants, *self.respondents, *moved)

    def is_deserted(self, side: Side) -> bool:
        """Whether everybody of a side has left."""
        parties = self.complainants if side == "complainant" else self.respondents
        return not parties and any(one.side == side for one in self.former)

    def added_party(self, party_id: UUID | None) -> AddedParty | None:
        """The party of that id, where it was added."""
        return next((one for one in self.added if one.party_id == party_id), None)

    def with_added(self, party: AddedParty) -> CaseFile:
        """The same with this one in place of its earlier self."""
        kept = (party if one.party_id == party.party_id else one for one in self.added)
        return replace(self, added=tuple(kept))

    def exhibit(self, evidence_id: UUID) -> Exhibit | None:
        """The piece of evidence of that id."""
        return next((one for one in self.exhibits if one.evidence_id == evidence_id), None)

    def with_exhibit(self, exhibit: Exhibit) -> CaseFile:
        """The same with it in place of what it was."""
        changed = (exhibit if one.evidence_id == exhibit.evidence_id else one for one in self.exhibits)
        return replace(self, exhibits=tuple(changed))

    @property
    def open_referrals(self) -> tuple[Referral, ...]:
        """What lies with an authority, in the order of sending."""
        return tuple(one for one in self.referrals if one.is_open)

    @property
    def referred_to(self) -> str | None:
        """The authority it lies with; of several the first."""
        return next((one.authority for one in self.open_referrals), None)

    def referral(self, referral_id: UUID | None) -> Referral | None:
        """The referral of that id."""
        return next((one for one in self.referrals if one.referral_id == referral_id), None)

    def with_referral(self, referral: Referral) -> CaseFile:
        """The same with this one in place of its earlier self."""
        earlier = any(one.referral_id == referral.referral_id for one in self.referrals)
        kept = (referral if one.referral_id == referral.referral_id else one for one in self.referrals)
        return replace(self, referrals=tuple(kept) if earlier else (*self.referrals, referral))

    def pledge(self, pledge_id: UUID) -> Pledge | None:
        """The pledge of that id."""
        return next((one for one in self.pledges if one.pledge_id == pledge_id), None)

    @property
    def keeps_settlement(self) -> bool:
        """Whether something of what both sides settled is still waited for."""
        return any(one.owed_by is not None and one.is_owed for one in self.pledges)

    def with_pledge(self, pledge: Pledge) -> CaseFile:
        """The same with this one in place of its earlier self."""
        kept = (pledge if one.pledge_id == pledge.pledge_id else one for one in self.pledges)
        return replace(self, pledges=tuple(kept))

    def service(self, offer_id: UUID) -> OfferedService | None:
        """The offer of that id."""
        return next((one for one in self.services if one.offer_id == offer_id), None)

    def with_pledges_lapsed(self) -> CaseFile:
        """The same with nobody waiting for what was pledged any more."""
        stopped = self.with_stopped("pledge", "confirm_done")
        return replace(stopped, pledges=tuple(one.lapsed() for one in self.pledges))

    def with_visit(self, visit: ReturnVisit) -> CaseFile:
        """The same with this one in place of its earlier self."""
        kept = (visit if one.visit_id == visit.visit_id else one for one in self.visits)
        return replace(self, visits=tuple(kept))

    def clock(self, name: ClockName, of: UUID | None = None) -> Clock | None:
        """The latest clock of that name; of several referrals the one named."""
        named = [clock for clock in self.clocks if clock.name == name and of in (None, clock.of)]
        return named[-1] if named else None

    def with_clock(self, clock: Clock) -> CaseFile:
        """The same with this clock in place of the earlier one of its name."""
        others = (other for other in self.clocks if (other.name, other.of) != (clock.name, clock.of))
        return replace(self, clocks=(*others, clock))

    def with_ended(self, name: ClockName, on: date, of: UUID | None = None) -> CaseFile:
        """The same after what that clock was named for happened."""
        clock = self.clock(name, of)
        return self.with_clock(clock.ended(on)) if clock else self

    def with_all_stopped(self) -> CaseFile:
        """The same with nothing waited for any more but the authorities: what they were sent they owe an answer to."""
        clocks = (clock if clock.name == "referral" else clock.stopped() for clock in self.clocks)
        return replace(self, clocks=tuple(clocks), extension=None).with_pledges_lapsed()
