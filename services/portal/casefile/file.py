"""A case with what belongs to it, and what its page asks of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from services.portal import categories, steps
from services.portal.answers import (
    Agreement,
    Amendment,
    AskedMediator,
    Case,
    CaseClock,
    CaucusNote,
    Evidence,
    Fellow,
    Guest,
    Inquiry,
    Mediation,
    Message,
    Pack,
    Phrase,
    Post,
    Similar,
    Step,
    Work,
)
from services.portal.casefile.offers import Offer, offers_of
from services.portal.members import Option
from services.portal.steps import About


@dataclass(frozen=True)
class CaseFile:
    """One case with what belongs to it; what could not be had is empty, and the page says so."""

    case: Case
    history: tuple[Step, ...] = ()
    messages: tuple[Message, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    mediation: Mediation | None = None
    place: str | None = None
    mediators: Mapping[str, str] = field(default_factory=dict)
    labels: categories.Labels = field(default_factory=categories.Labels)
    options: Mapping[str, list[Option]] = field(default_factory=dict)
    barred: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Mediators in conflict of interest, by name, and what stands against them: shown to the committee alone."""
    similar: Similar = field(default_factory=Similar)
    """What may be the same matter, and what else the filing speaks of: for the coordinator."""
    thread: tuple[Post, ...] = ()
    """What those who complain together say among themselves."""
    pack: Pack | None = None
    """What the court station would be handed, where that can be asked for."""
    inquiries: tuple[Inquiry, ...] = ()
    notes: tuple[CaucusNote, ...] = ()
    """What sides said in confidence, for whoever leads and noted it."""
    homes: Mapping[str, str] = field(default_factory=dict)
    """The flats around, by id, for the coordinator who may ask them."""
    phrases: tuple[Phrase, ...] = ()
    """What the alliance says often, for whoever writes to the parties or records work."""
    work: tuple[Work, ...] = ()
    """The records of those who work on it, for them alone."""
    prompts: Mapping[str, str] = field(default_factory=dict)
    """What each of the ten methods asks whoever works on it, by its code."""

    @property
    def my_side(self) -> str | None:
        """Whether this person complains, is complained about, or neither; who left stays on their side."""
        if self.case.role_in_case == "former":
            return next((one.side for one in self.case.left), None)
        return self.case.role_in_case if self.case.role_in_case in steps.SIDES else None

    @property
    def took(self) -> int | None:
        """How many days until it ended; None while it goes on, and where the day of filing would betray somebody."""
        ended = next((step.day for step in reversed(self.history) if step.type == "case_closed"), None)
        if self.case.stage != "closed" or self.case.filed_on_is_half_month or ended is None:
            return None
        return (ended - self.case.filed_on).days

    @property
    def fellows(self) -> tuple[Fellow, ...]:
        """Those who complain together, for them and the coordinator."""
        return self.case.group.members if self.case.group else ()

    @property
    def mediator(self) -> str | None:
        """Who leads, by name."""
        return self._named(self.mediation.mediator_id if self.mediation else None)

    @property
    def proposed(self) -> str | None:
        """Who is proposed, by name."""
        return self._named(self.mediation.proposed_id if self.mediation else None)

    @property
    def left(self) -> list[tuple[str | None, AskedMediator]]:
        """The mediators who left, by name; empty for whoever is not told."""
        asked = self.mediation.mediators_asked if self.mediation else ()
        return [(self._named(one.mediator_id), one) for one in asked if one.left]

    @property
    def guests(self) -> list[tuple[str, Guest]]:
        """Whoever is invited, by what they are called at the table, else by name."""
        invited = self.mediation.guests if self.mediation else ()
        return [(one.name or self._named(one.guest_id) or str(one.guest_id), one) for one in invited]

    def _named(self, mediator_id: UUID | None) -> str | None:
        return self.mediators.get(str(mediator_id)) if mediator_id else None

    def offered(self, place: str, *about: About) -> list[Offer]:
        """The steps to show in one part of the page."""
        return [offer for offer in self.offers if self._place(offer) == place and offer.step.about in about]

    def _place(self, offer: Offer) -> str:
        """Where a step may be taken but is not what the case waits for, it stands further down.

        A party may choose the mediator (People's Mediation Law art. 23), but need not: the coordinator does.
        An agreement that lies ready may still be written anew, and a yes to a guest taken back. With a time fixed
        others are looked for to move it alone, and minutes that are written may be added to.
        """
        if self.mediation is not None and self._is_past(offer.step.name, self.mediation):
            return "more"
        match offer.step.name:
            case "nominate" if self.my_side:
                return "more"
            case "invite_decline" if not self._is_asked_about_guests:
                return "more"
            case _:
                return offer.step.place

    @staticmethod
    def _is_past(step: str, mediation: Mediation) -> bool:
        """Whether what the step is for is there already."""
        there = {
            "nominate": mediation.mediator_id or mediation.proposed_id,
            "agreement": mediation.agreement,
            "slots": mediation.session,
            "minutes": mediation.minutes,
        }
        return bool(there.get(step))

    @property
    def _is_asked_about_guests(self) -> bool:
        return self.mediation is not None and "invite/agree" in self.mediation.possible

    @property
    def due_clock(self) -> CaseClock | None:
        """What the day of the next word is named for, where this person may know."""
        running = (one for one in self.case.clocks if one.until == self.case.due and one.state == "running")
        return next(running, None)

    @property
    def helps(self) -> tuple[str, ...]:
        """What helps as evidence with its kind of matter, in words."""
        kind = self.labels.find_sub(self.case.category, self.case.subcategory)
        return tuple(one.label for one in kind.evidence) if kind else ()

    @property
    def referral_results(self) -> dict[str, str]:
        """What an authority can answer, in words."""
        return {one.code: one.label for one in self.labels.choices.referral_results}

    @property
    def shows_again(self) -> frozenset[UUID]:
        """What was brought to show that it happened again."""
        return frozenset(one for each in self.case.occurrences for one in each.evidence_ids)

    def is_offered(self, step: str, target: str) -> bool:
        """Whether its form stands on the page; what was answered in another tab is offered no more."""
        return any(one.step.name == step and str(one.target) == target for one in self.offers)

    @property
    def offers(self) -> list[Offer]:
        """Every step this person could take now, with what it is about."""
        return offers_of(self)

    @property
    def being_signed(self) -> Agreement | Amendment | None:
        """The words that wait for signatures, if any do."""
        if self.mediation is None:
            return None
        return self.mediation.amendment or (
            self.mediation.agreement if self.mediation.status == "signing" else None
        )

    @property
    def to_agree_to(self) -> str | None:
        """The hash of the words in which the other side called it settled, until this one has answered."""
        return self.case.settlement.to_agree_to if self.case.settlement else None

    @property
    def conclusions(self) -> list[str]:
        """What may be said of its end without a code."""
        signed = {"settled"} if self.case.settles_by_code else set()
        return [one for one in self.case.conclusions if one not in signed]

    @property
    def unanswered(self) -> list[tuple[str, str]]:
        """The asks without an answer, each with the home it was put to."""
        return [
            (str(one.ask_id), self.homes.get(str(one.place_id), ""))
            for inquiry in self.inquiries
            for one in inquiry.answers
            if one.answered_on is None
        ]
