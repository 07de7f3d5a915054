"""What can be chosen in the fields of the steps that a case's page offers."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any

from services.portal import categories, members, options
from services.portal.answers import Alike, Case, CaseLine, Choice, Fellow, Guest, Mediation, Slot
from services.portal.casefile.file import CaseFile
from services.portal.casefile.items import items
from services.portal.casefile.offers import SETTLED
from services.portal.dates import say_span
from services.portal.members import Option
from services.portal.page import Page

Candidate = tuple[str, dict[str, Any]]
"""A mediator's name, and what the service says of them for this mediation."""


async def mediators_for(page: Page, file: CaseFile) -> list[Candidate]:
    """Best suited first; none where nobody is to be named.

    Of those with a conflict of interest the service tells the committee alone.
    """
    if file.mediation is None or "mediator_id" not in _asked(file):
        return []
    listed = await items(page, "mediation", "/v1/mediators", mediation_id=str(file.mediation.id))
    names = dict(await members.listed(page, role="mediator"))
    return [(names[one["id"]], one) for one in listed if one["id"] in names]


async def choices(page: Page, file: CaseFile, candidates: Sequence[Candidate]) -> dict[str, list[Option]]:
    """What can be chosen in the fields of the steps offered; nothing is asked for that nobody sees."""
    asked = _asked(file)
    found: dict[str, list[Option]] = {}
    for name, coded in _coded(file.labels).items():
        if name in asked:
            found[name] = [(choice.code, choice.label) for choice in coded]
    found["members"] = [(str(one.id), _fellow(page, one)) for one in file.fellows]
    found["references"] = [_alike(page, file.labels, one) for one in file.similar.items]
    if "slot_id" in asked and file.mediation is not None:
        found["slot_id"] = [_slot(page, slot) for slot in file.mediation.slots]
    if "mediator_id" in asked:
        found["mediator_id"] = [
            _mediator(page, name, one) for name, one in candidates if not one["conflicts"]
        ]
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
    found |= _parties(file.case) | _without_account(file.mediation)
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


def _asked(file: CaseFile) -> set[str]:
    return {one.name for offer in file.offers for one in offer.step.inputs if one.kind == "option"}


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


def _without_account(mediation: Mediation | None) -> dict[str, list[Option]]:
    """Whose word may be entered for them, and, of what is said or signed once, whose is missing."""
    if mediation is None:
        return {}
    without = [one for one in mediation.parties if one.no_account and one.member_id]
    words = mediation.amendment or mediation.agreement
    signed = {one.label for one in words.signatures} if words else set()
    return {
        "party": [(str(one.member_id), one.label) for one in without],
        "consent_on_paper_party": [(str(one.member_id), one.label) for one in without if not one.consented],
        "sign_on_paper_party": [
            (str(one.member_id), one.label) for one in without if one.label not in signed
        ],
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
    named = labels.choices
    return {
        "authority": named.authorities,
        "next_address": named.authorities,
        "reason": named.decline_reasons,
        "result": named.referral_results,
        "service": named.services,
        "subcategory": tuple(sub for one in named.categories for sub in one.subcategories),
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


def _mediator(page: Page, name: str, one: dict[str, Any]) -> Option:
    """By name and the languages they speak."""
    return one["id"], " · ".join((name, *_spoken(page, one.get("languages", ()))))


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
    return str(slot.slot_id), f"{when} · {slot.where}"


async def _cases_beside(page: Page, case: Case) -> list[Option]:
    lines = await items(page, "complaints", "/v1/cases", place_id=str(case.place_id))
    beside = (CaseLine.model_validate(one) for one in lines)
    return [(str(one.id), one.reference) for one in beside if one.id != case.id and one.stage != "closed"]
