"""Everything a case's page shows, gathered from the services as this person may see it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from services.portal import categories, members, options, places, steps
from services.portal.answers import (
    Agreement,
    Alike,
    Amendment,
    AskedMediator,
    Case,
    CaseClock,
    CaseLine,
    CaucusNote,
    Choice,
    Commitment,
    Evidence,
    Fellow,
    Guest,
    Inquiry,
    Mediation,
    Message,
    OfferedService,
    Pack,
    Pledge,
    Post,
    Similar,
    Slot,
    Step,
    Work,
)
from services.portal.dates import say_span
from services.portal.gateway import Problem
from services.portal.members import Option
from services.portal.page import Page
from services.portal.steps import About

SETTLED = ("confirmed", "waived", "replaced")
"""What nobody waits for any more."""

ORAL_STEPS = ("record", "wording_accept", "wording_dispute")
"""What is done to the words of an agreement of the spot."""


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
        there = {"agreement": mediation.agreement, "slots": mediation.session, "minutes": mediation.minutes}
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
        unsuited = self._readings_not_taken | ({"conclude_agree"} if self.to_agree_to is None else set())
        unsuited |= set() if self.similar.items else {"gather"}
        found = [
            Offer(step, self.case.id)
            for step in steps.offered(self.case.possible, "case")
            if step.name not in unsuited
        ]
        found += [
            Offer(step, message.id, is_one_of_several=True)
            for step in steps.offered(self.case.possible, "message")
            for message in self.messages
            if message.held
        ]
        found += [
            Offer(step, post.id, is_one_of_several=True)
            for step in steps.offered(self.case.possible, "post")
            for post in self.thread
            if post.held
        ]
        found += [
            Offer(step, one.id, pledge=one, is_one_of_several=True)
            for step in steps.offered(self.case.possible, "pledge")
            for one in self.case.pledges
            if _is_asked(step.name, one)
        ]
        found += [
            Offer(step, one.id, service=one, is_one_of_several=True)
            for step in steps.offered(self.case.possible, "service")
            for one in self.case.services
            if one.yours and not one.taken
        ]
        found += [
            Offer(step, one.id, is_one_of_several=True)
            for one in self.evidence
            for step in steps.offered(_evidence_steps(self.case.possible), "evidence")
            if _suits(step.name, one)
        ]
        found += [
            Offer(step, one.id, is_one_of_several=True)
            for one in self.case.readings
            for step in steps.offered(self.case.possible, "evidence")
            if step.name == "release_evidence" and not one.released
        ]
        found += [Offer(step, self.case.id) for step in steps.offered(self._entered, "case")]
        if self.mediation is None:
            return found
        possible = self.mediation.possible
        unsuited = set() if self.mediation.slots else {"schedule"}
        found += [
            Offer(step, self.mediation.id)
            for step in steps.offered(possible, "mediation")
            if step.name not in unsuited
        ]
        if self.mediation.oral is not None:
            found += [
                Offer(step, self.mediation.oral.agreement_id)
                for step in steps.offered(possible, "agreement")
                if step.name in ORAL_STEPS
            ]
        if self.mediation.agreement is not None:
            found += _about_agreement(
                self.mediation,
                self.mediation.agreement,
                "complainant" if self.case.role_in_case == "joined" else self.my_side,
            )
        return found

    @property
    def to_agree_to(self) -> str | None:
        """The hash of the words in which the other side called it settled, until this one has answered."""
        return self.case.settlement.to_agree_to if self.case.settlement else None

    @property
    def _readings_not_taken(self) -> set[str]:
        """A party says what they read; the coordinator has the whole record before them."""
        if self.case.category != "noise":
            return {"readings", "readings_measured"}
        return {"readings"} if self.case.role_in_case == "coordinator" else {"readings_measured"}

    @property
    def _entered(self) -> list[str]:
        """What somebody said at the door is entered by whoever asked, while anybody has not answered."""
        return ["inquiries/answers"] if self.case.stage != "closed" and any(self.unanswered) else []

    @property
    def unanswered(self) -> list[tuple[str, str]]:
        """The asks without an answer, each with the home it was put to."""
        return [
            (str(one.ask_id), self.homes.get(str(one.place_id), ""))
            for inquiry in self.inquiries
            for one in inquiry.answers
            if one.answered_on is None
        ]


@dataclass(frozen=True)
class Offer:
    """A step and the thing it is done to."""

    step: steps.Step
    target: UUID
    commitment: Commitment | None = None
    amendment: Amendment | None = None
    pledge: Pledge | None = None
    service: OfferedService | None = None
    is_one_of_several: bool = False

    @property
    def id(self) -> str:
        """Unique on the page, even where a step is offered for each of several things."""
        several = self.commitment or self.is_one_of_several
        return f"{self.step.name}-{self.target.hex[-8:]}" if several else self.step.name


def _evidence_steps(possible: Iterable[str]) -> list[str]:
    """Whoever may release a file may release a masked copy in its place."""
    return [
        step for name in possible for step in ((name, *_MASKED) if name == "release_evidence" else (name,))
    ]


_MASKED = {"release_masked": "photo", "release_masked_film": "video"}
"""The steps that put a masked copy in the place of a file, and of which kind."""


def _suits(step: str, evidence: Evidence) -> bool:
    """What is sealed is opened, and nothing else; a masked copy is of a photo or a film."""
    match step:
        case "open_evidence":
            return evidence.shown == "sealed" and not evidence.readable
        case "release_masked" | "release_masked_film":
            return evidence.shown == "withheld" and evidence.kind == _MASKED[step]
        case "release_evidence":
            return evidence.shown == "withheld" and evidence.kind != "survey_slip"
        case _:
            return evidence.shown in ("withheld", "released")


def _is_asked(step: str, pledge: Pledge) -> bool:
    """Whoever pledged it says that it is done; whoever complained, whether they want it, and whether it is."""
    match step:
        case "pledges_answer":
            return pledge.status == "offered"
        case "pledges_proof":
            theirs = pledge.yours or pledge.entered is not None
            return theirs and pledge.status in ("wanted", "disputed")
        case "pledges_confirm":
            return pledge.status in ("wanted", "proven", "disputed")
        case _:
            return pledge.status == "proven"


def _about_agreement(mediation: Mediation, agreement: Agreement, my_side: str | None) -> list[Offer]:
    found = [
        _about_words(step, mediation, agreement)
        for step in steps.offered(mediation.possible, "agreement")
        if step.name not in ORAL_STEPS
    ]
    for commitment in agreement.commitments:
        found += [
            Offer(step, commitment.id, commitment=commitment)
            for step in steps.offered(mediation.possible, "commitment")
            if _fits(step.name, commitment, my_side)
        ]
    return found


def _about_words(step: steps.Step, mediation: Mediation, agreement: Agreement) -> Offer:
    """A change that is offered is what is signed and marked; the court is asked about what is in force."""
    amendment = mediation.amendment
    if amendment is not None and step.name in ("sign", "mark", "opt_in"):
        return Offer(step, amendment.id, amendment=amendment)
    in_force = (agreement.id, *(one.id for one in mediation.amendments))
    return Offer(step, in_force[-1])


def _fits(step: str, commitment: Commitment, my_side: str | None) -> bool:  # noqa: PLR0911 - one for each
    """The owner proves, the other side confirms or disputes; who has no account was spoken for as complainant."""
    mine = commitment.owner_side == my_side
    match step:
        case "proof":
            return (mine or my_side is None) and commitment.status not in (*SETTLED, "proven")
        case "by_mouth":
            return commitment.owner_side == "respondent" and commitment.status not in SETTLED
        case "confirm" | "waive":
            return not mine and commitment.status not in SETTLED
        case "grant_day":
            return not mine and commitment.status not in SETTLED and not commitment.overdue
        case "decline_performance":
            return mine and commitment.status not in (*SETTLED, "declined")
        case "impossible":
            return commitment.status not in (*SETTLED, "impossible")
        case _:
            return not mine and commitment.status == "proven"


async def gather(page: Page, case_id: UUID) -> CaseFile:
    """Asks all at once. Only the case itself must be there; the rest is shown as far as it can be had."""
    case = Case.model_validate(await page.get("complaints", f"/v1/cases/{case_id}"))
    history, messages, evidence, mediation, place, labels = await asyncio.gather(
        _items(page, "complaints", f"/v1/cases/{case_id}/history"),
        _items(page, "complaints", f"/v1/cases/{case_id}/messages"),
        _items(page, "complaints", f"/v1/cases/{case_id}/evidence"),
        _mediation(page, case),
        places.named(page, case.place_id),
        categories.labels(page),
    )
    found = CaseFile(
        case,
        tuple(Step.model_validate(one) for one in history),
        tuple(Message.model_validate(one) for one in messages),
        tuple(Evidence.model_validate(one) for one in evidence),
        mediation,
        place,
        await _mediators_by_id(page, mediation),
        labels,
        similar=await _similar(page, case),
        thread=await _thread(page, case),
        notes=await _notes(page, mediation),
    )
    if case.role_in_case in ("coordinator", "mediator"):
        found = await _with_inquiries(page, found)
        listed = await _items(page, "complaints", f"/v1/cases/{case_id}/work")
        found = replace(
            found,
            work=tuple(Work.model_validate(one) for one in listed),
            prompts=await _prompts(page, case),
        )
    found = replace(found, options=await _options(page, found), pack=await _pack(page, mediation))
    return replace(found, barred=await _barred(page, found)) if "mediator_id" in found.options else found


async def _thread(page: Page, case: Case) -> tuple[Post, ...]:
    if case.group is None:
        return ()
    posts = await _items(page, "complaints", f"/v1/cases/{case.id}/thread")
    return tuple(Post.model_validate(one) for one in posts)


async def _similar(page: Page, case: Case) -> Similar:
    if "split" not in case.possible:
        return Similar()
    try:
        answer = await page.get_if_there("complaints", f"/v1/cases/{case.id}/similar")
    except Problem:
        return Similar()
    return Similar.model_validate(answer) if answer else Similar()


async def _with_inquiries(page: Page, file: CaseFile) -> CaseFile:
    """What neighbours answered in private, and for the coordinator who may ask them, their homes."""
    listed = await _items(page, "complaints", f"/v1/cases/{file.case.id}/inquiries")
    found = tuple(Inquiry.model_validate(one) for one in listed)
    asks = "inquiries" in file.case.possible or any(one.ask_id for each in found for one in each.answers)
    around = await places.homes_around(page, file.case.place_id) if asks else []
    return replace(file, inquiries=found, homes={str(one.id): one.name for one in around})


async def _pack(page: Page, mediation: Mediation | None) -> Pack | None:
    if mediation is None or "handover" not in mediation.possible:
        return None
    answer = await page.get_if_there("mediation", f"/v1/mediations/{mediation.id}/handover")
    return answer and Pack.model_validate(answer)


async def _notes(page: Page, mediation: Mediation | None) -> tuple[CaucusNote, ...]:
    """Asked for by whoever leads: for nobody else are there any."""
    person = page.session.person
    if mediation is None or person is None or mediation.mediator_id != person.id:
        return ()
    notes = await _items(page, "mediation", f"/v1/mediations/{mediation.id}/caucus-notes")
    return tuple(CaucusNote.model_validate(one) for one in notes)


async def _prompts(page: Page, case: Case) -> dict[str, str]:
    """Beside the form in which a method can be named."""
    if "work" not in case.possible:
        return {}
    try:
        answer = await page.get_if_there("complaints", "/v1/methods")
    except Problem:
        return {}
    return {one["code"]: one["prompt"] for one in answer["methods"]} if answer else {}


async def _mediators_by_id(page: Page, mediation: Mediation | None) -> dict[str, str]:
    """Asked for only where somebody is to be named."""
    if mediation is None or not (
        mediation.mediator_id or mediation.proposed_id or mediation.mediators_asked or mediation.guests
    ):
        return {}
    judges = any(one.role == "judge" for one in mediation.guests)
    return dict(
        await members.listed(page, role="mediator")
        + (await members.listed(page, role="court_liaison") if judges else [])
    )


async def _items(page: Page, service: str, path: str, **query: str) -> list[Any]:
    """The items of a list that not everybody sees: for whom it does not exist, it is empty."""
    try:
        answer = await page.get_if_there(service, path, **query)
    except Problem:
        return []
    return answer["items"] if answer else []


async def _mediation(page: Page, case: Case) -> Mediation | None:
    if case.mediation is None:
        return None
    try:
        answer = await page.get_if_there("mediation", f"/v1/mediations/{case.mediation.id}")
    except Problem:
        return None
    found = answer and Mediation.model_validate(answer)
    return found.as_answered_by(page.session.person.id) if found and page.session.person else found


async def _options(page: Page, file: CaseFile) -> dict[str, list[Option]]:
    """What can be chosen in the fields of the steps offered; nothing is asked for that nobody sees."""
    asked = {one.name for offer in file.offers for one in offer.step.inputs if one.kind == "option"}
    found: dict[str, list[Option]] = {}
    for name, choices in _coded(file.labels).items():
        if name in asked:
            found[name] = [(choice.code, choice.label) for choice in choices]
    found["members"] = [(str(one.id), _fellow(page, one)) for one in file.fellows]
    found["references"] = [_alike(page, file.labels, one) for one in file.similar.items]
    if "slot_id" in asked and file.mediation is not None:
        found["slot_id"] = [_slot(page, slot) for slot in file.mediation.slots]
    if "mediator_id" in asked:
        found["mediator_id"] = await _mediators(page, file)
    if "respondent_id" in asked and file.case.place_id is not None:
        found["respondent_id"] = await members.listed(page, place_id=str(file.case.place_id))
    if "member_id" in asked:
        found["member_id"] = await members.listed(page, limit="100")
    if any(one.kind == "person" for offer in file.offers for one in offer.step.inputs):
        found["person"] = await _invitable(page)
    if "guest_id" in asked:
        found["guest_id"] = [_guest(page, name, one) for name, one in file.guests]
        found["invite_withdraw_guest_id"] = [
            _guest(page, name, one) for name, one in file.guests if one.invited_by_you and not one.agreed
        ]
    found |= _parties(file.case)
    if "party_id" in asked:
        found["party_id"] = [
            (str(one.party_id), one.label) for one in file.case.parties if one.served is False
        ]
    found |= _of_file(file)
    if any(offer.step.name == "occurrences" for offer in file.offers):
        found["occurrences_evidence_ids"] = options.own_evidence(page, file.case, file.evidence)
    if "officer_id" in asked:
        found["officer_id"] = await options.officers(page)
        found["refer_evidence_ids"] = options.files(page, file.evidence)
    if "lead_case_id" in asked and file.case.place_id is not None:
        found["lead_case_id"] = await _cases_beside(page, file.case)
    return found


def _guest(page: Page, name: str, one: Guest) -> Option:
    return str(one.guest_id), f"{name} · {page.word('opt_role', one.role)}"


def _of_file(file: CaseFile) -> dict[str, list[Option]]:
    """What the page knows already: homes and who was asked there, what is beside, what could be replaced."""
    mediation = file.mediation
    beside = mediation.joint.beside if mediation and mediation.joint else ()
    commitments = mediation.agreement.commitments if mediation and mediation.agreement else ()
    return {
        "place_ids": [*file.homes.items()],
        "ask_id": file.unanswered,
        "with_mediation_id": [(str(one.mediation_id), one.reference) for one in beside],
        "replaces": [(str(one.id), one.what) for one in commitments if one.status not in SETTLED],
    }


def _parties(case: Case) -> dict[str, list[Option]]:
    """Who could leave, has left or is asked; only the coordinator is told of them by their ids."""
    return {
        "leaver_id": [(str(one.party_id), one.label) for one in case.parties if one.party_id],
        "former_id": [(str(one.party_id), one.label) for one in case.left if one.party_id],
        "slip_of": [(str(one.party_id), one.label) for one in case.parties if one.party_id],
        "offered_to": [(str(one.party_id), one.label) for one in case.parties if one.party_id],
        "invited_id": [(str(one.party_id), one.label) for one in case.invited if one.party_id],
    }


def _coded(labels: categories.Labels) -> dict[str, tuple[Choice, ...]]:
    """The fields whose codes the complaints service names."""
    choices = labels.choices
    return {
        "authority": choices.authorities,
        "next_address": choices.authorities,
        "reason": choices.decline_reasons,
        "result": choices.referral_results,
        "service": choices.services,
        "subcategory": tuple(sub for one in choices.categories for sub in one.subcategories),
    }


async def _invitable(page: Page) -> list[Option]:
    """Whoever this person may know of, and what they are; others give the number of their own page."""
    mediators, liaisons = await asyncio.gather(
        members.listed(page, role="mediator"), members.listed(page, role="court_liaison")
    )
    known = [(id, f"{name} · {page.word('role', 'mediator')}") for id, name in mediators]
    known += [(id, f"{name} · {page.word('role', 'court_liaison')}") for id, name in liaisons]
    if "coordinator" not in page.session.roles:
        return known
    return known + [one for one in await members.listed(page, limit="100") if one[0] not in dict(known)]


async def _mediators(page: Page, file: CaseFile) -> list[Option]:
    """Those without conflict of interest, best suited first, by name and the languages they speak."""
    assert file.mediation is not None  # noqa: S101 - only a mediation offers the step
    free = await _items(page, "mediation", "/v1/mediators", mediation_id=str(file.mediation.id))
    names = dict(await members.listed(page, role="mediator"))
    return [
        (one["id"], " · ".join((names[one["id"]], *_spoken(page, one.get("languages", ())))))
        for one in free
        if not one["conflicts"] and one["id"] in names
    ]


async def _barred(page: Page, file: CaseFile) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Nobody but the committee is told of them by the service."""
    assert file.mediation is not None  # noqa: S101 - only a mediation offers the step
    listed = await _items(page, "mediation", "/v1/mediators", mediation_id=str(file.mediation.id))
    names = dict(await members.listed(page, role="mediator"))
    return tuple(
        (names[one["id"]], tuple(one["conflicts"]))
        for one in listed
        if one["conflicts"] and one["id"] in names
    )


def _spoken(page: Page, languages: Iterable[str]) -> list[str]:
    return [page.say(f"opt_languages_{code}") for code in languages]


def _fellow(page: Page, one: Fellow) -> str:
    said = [one.label, page.say("you") if one.is_you else "", one.words or ""]
    return " · ".join(filter(None, said))


def _alike(page: Page, labels: categories.Labels, one: Alike) -> Option:
    """How alike, why, and what else it speaks of: so that a hazard is seen before it is joined away."""
    said = [one.reference, f"{one.score}%", *(page.word("alike", reason) for reason in one.reasons)]
    said += [page.say("speaks_also_of", what=labels.sub(matter.subcategory)) for matter in one.other_matters]
    return one.reference, " · ".join(said)


def _slot(page: Page, slot: Slot) -> Option:
    when = say_span(slot.starts_at, slot.ends_at, page.language, page.today)
    return str(slot.slot_id), f"{when} · {slot.room}"


async def _cases_beside(page: Page, case: Case) -> list[Option]:
    lines = await _items(page, "complaints", "/v1/cases", place_id=str(case.place_id))
    beside = (CaseLine.model_validate(one) for one in lines)
    return [(str(one.id), one.reference) for one in beside if one.id != case.id and one.stage != "closed"]
